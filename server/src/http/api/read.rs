//! Reading requests, with refusals as problems.

use app::serve::Problem;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use domain::order::Number;
use domain::{Fault, Field, FieldFault, Instant};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::problem::ProblemJson;

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ProblemJson;

    async fn from_request(request: Request, state: &S) -> Result<Self, ProblemJson> {
        let headers = request.headers().clone();
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(ProblemJson::of(Problem::TooLarge, &headers))
            }
            Err(rejection @ JsonRejection::JsonDataError(_)) => Err(ProblemJson::unreadable(
                StatusCode::UNPROCESSABLE_ENTITY,
                rejection.body_text(),
            )),
            Err(rejection) => Err(ProblemJson::unreadable(
                StatusCode::BAD_REQUEST,
                rejection.body_text(),
            )),
        }
    }
}

/// The query of an address.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ProblemJson;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemJson> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        match query {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection @ QueryRejection::FailedToDeserializeQueryString(_)) => Err(
                ProblemJson::unreadable(StatusCode::BAD_REQUEST, rejection.body_text()),
            ),
            Err(_) => Err(ProblemJson::of(Problem::Malformed, &parts.headers)),
        }
    }
}

/// Addresses that take parameters in their query; each names those that it knows.
const ASKED: [&str; 4] = [
    "/orders",
    "/orders/{number}/receipt",
    "/projects",
    "/guidance",
];

/// Where none is taken, one is a mistake: it is named, not passed over.
pub async fn without_stray_parameters(
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Result<Response, ProblemJson> {
    let takes_some = ASKED.iter().any(|asked| path.as_str().ends_with(asked));
    let typed = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(request.uri());
    let typed = typed.map_or_else(|_| Vec::new(), |typed| typed.0);
    match typed.first().filter(|_| !takes_some) {
        None => Ok(next.run(request).await),
        Some((name, _)) => Err(ProblemJson::unreadable(
            StatusCode::BAD_REQUEST,
            format!("there is no parameter {name:?} here"),
        )),
    }
}

/// The number of an order in a path; nonsense is an order that there is not.
pub fn number(text: &str) -> Result<Number, Problem> {
    Number::parse(text).ok_or(Problem::NotFound)
}

/// What every step also takes.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Common {
    /// The version that the caller has read; `If-Match` says the same.
    #[serde(default)]
    version: Option<u32>,
    /// When it happened, for a late entry (补录): RFC 3339, at most as many working
    /// days ago as the rules allow, not before the step before it. Not for enterprises.
    #[serde(default)]
    happened_at: Option<String>,
    /// Ids of files that were sent, to hang on what is said.
    #[serde(default)]
    attachments: Vec<i64>,
}

impl Common {
    /// Takes its own out of what was sent.
    pub fn taken_from(sent: &mut Map<String, Value>) -> Result<Self, serde_json::Error> {
        let own = ["version", "happened_at", "attachments"].into_iter();
        let own = own.filter_map(|name| sent.remove_entry(name));
        serde_json::from_value(Value::Object(own.collect()))
    }

    pub fn attachments(&self) -> Vec<i64> {
        self.attachments.clone()
    }

    pub fn happened_at(&self) -> Result<Option<Instant>, Problem> {
        let Some(text) = &self.happened_at else {
            return Ok(None);
        };
        let fault = || FieldFault {
            field: Field::HappenedAt,
            fault: Fault::NotATime,
        };
        Ok(Some(domain::time::parse(text).ok_or_else(fault)?))
    }

    pub fn version(&self) -> Option<u32> {
        self.version
    }
}
