//! 协办: added by the centre, asked for by the lead, replied to the lead.

use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::order::{CoHandling, Step};
use serde::{Deserialize, Serialize};
use store::Desk;
use utoipa::ToSchema;

use super::super::order_json::OrderJson;
use super::super::problem::ProblemJson;
use super::super::read::{Body, Common};
use super::{Answer, step, yes_or_no};

/// A body's code, or with its task.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum CoHandlerWish {
    Code(String),
    WithTask { department: String, task: String },
}

impl CoHandlerWish {
    pub fn row(&self) -> (String, String) {
        match self {
            Self::Code(code) => (code.clone(), String::new()),
            Self::WithTask { department, task } => (department.clone(), task.clone()),
        }
    }
}

/// Who is to do a part.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CoHandlerJson {
    /// Code of the body.
    department: String,
    task: String,
    #[serde(flatten)]
    common: Common,
}

/// The centre adds a co-handler.
#[utoipa::path(
    post, path = "/orders/{number}/co_handler", request_body = CoHandlerJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn co_handler(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<CoHandlerJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        let directory = &desk.book.directory;
        CoHandling::parse(&wish.department, &wish.task, directory).map(Step::AddCoHandler)
    })
    .await
}

/// Whom the lead asks for, or what is decided about it.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CoHandlingJson {
    department: String,
    task: String,
    /// For a decision instead.
    grant: Option<bool>,
    reason: Option<String>,
    #[serde(flatten)]
    common: Common,
}

/// The lead asks for a co-handler; the centre decides.
#[utoipa::path(
    post, path = "/orders/{number}/co_handling", request_body = CoHandlingJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn co_handling(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<CoHandlingJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || match wish.grant {
        Some(granted) => {
            let reason = wish.reason.as_deref().unwrap_or_default();
            Step::decide_co_handler(yes_or_no(granted), reason)
        }
        None => {
            let directory = &desk.book.directory;
            CoHandling::parse(&wish.department, &wish.task, directory).map(Step::AskCoHandler)
        }
    })
    .await
}

/// What was done of the part.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CoReplyJson {
    text: String,
    #[serde(flatten)]
    common: Common,
}

/// A co-handler replies to the lead.
#[utoipa::path(
    post, path = "/orders/{number}/co_reply", request_body = CoReplyJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn co_reply(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<CoReplyJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::co_reply(&wish.text)
    })
    .await
}
