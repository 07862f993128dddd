use std::collections::BTreeMap;

use app::serve::Problem;
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Field, Refusal};
use serde::Serialize;
use utoipa::ToSchema;
use words::lang::Lang;

use crate::http::request::current;

/// An error (RFC 9457): what happened, never a stack, a query or a path.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemJson {
    /// Stays the same for the same kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/wrong_stage")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    /// The number of the request, by which the log finds it.
    #[serde(skip_serializing_if = "String::is_empty")]
    instance: String,
    /// Sentences by field, where fields were not right.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    errors: BTreeMap<String, Vec<String>>,
}

impl ProblemJson {
    /// In the language that the request asks for.
    pub fn of(problem: Problem, headers: &HeaderMap) -> Self {
        let lang = language(headers);
        let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for fault in problem.faults() {
            let sentence = words::fault::sentence(lang, fault);
            errors.entry(name(fault.field)).or_default().push(sentence);
        }
        let status = problem.status();
        let title = StatusCode::from_u16(status)
            .ok()
            .and_then(|status| status.canonical_reason());
        Self {
            kind: format!("/problems/{}", kind(&problem)),
            title: title.unwrap_or_default().to_owned(),
            status,
            detail: problem.sentence(lang, 0),
            instance: current(),
            errors,
        }
    }

    /// The same with another status.
    pub fn with(self, status: StatusCode) -> Self {
        Self {
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            ..self
        }
    }

    /// What a JSON body lacks, in the parser's words, which name only the field.
    pub fn unreadable(status: StatusCode, detail: String) -> Self {
        Self {
            kind: "/problems/malformed".to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail,
            instance: current(),
            errors: BTreeMap::new(),
        }
    }
}

/// Boxed where it is handed on: it is large beside what it stands for.
impl From<Box<ProblemJson>> for ProblemJson {
    fn from(boxed: Box<ProblemJson>) -> Self {
        *boxed
    }
}

impl IntoResponse for ProblemJson {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

pub async fn no_such_address(headers: HeaderMap) -> ProblemJson {
    ProblemJson::of(Problem::NotFound, &headers)
}

pub async fn no_such_method() -> ProblemJson {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    ProblemJson::unreadable(status, "This address does not take that method.".to_owned())
}

fn language(headers: &HeaderMap) -> Lang {
    let asked = headers.get(header::ACCEPT_LANGUAGE);
    let asked = asked.and_then(|value| value.to_str().ok()).unwrap_or("zh");
    if asked.trim_start().starts_with("en") {
        Lang::En
    } else {
        Lang::Zh
    }
}

/// Where a field stands in the JSON of an order.
fn name(field: Field) -> String {
    match field {
        Field::ContactName => "contact.name".to_owned(),
        Field::ContactPhone => "contact.phone".to_owned(),
        field => field.code().to_owned(),
    }
}

fn kind(problem: &Problem) -> &'static str {
    match problem {
        Problem::Refused(refusal) => match refusal {
            Refusal::Invalid { .. } => "invalid",
            Refusal::NotYours { .. } => "not_yours",
            Refusal::WrongStage { .. } => "wrong_stage",
            Refusal::Changed { .. } => "changed",
            Refusal::RatingOpen { .. } => "rating_open",
            Refusal::AwaitsRuling => "awaits_ruling",
            Refusal::NothingToDecide { .. } => "nothing_to_decide",
            Refusal::PastDeadline { .. } => "past_deadline",
            Refusal::AskedTooLate { .. } => "asked_too_late",
            Refusal::NoTimeLeft { .. } => "no_time_left",
            Refusal::AlreadyAsked => "already_asked",
            Refusal::NoMore { .. } => "no_more",
            Refusal::HasMerged => "has_merged",
            Refusal::CardOpen => "card_open",
            Refusal::BeforeMain => "before_main",
            Refusal::OutOfSight => "out_of_sight",
            Refusal::KeyUsed { .. } => "key_used",
            Refusal::Several { .. } => "several",
            Refusal::RulesChanged => "rules_changed",
            Refusal::Forbidden { .. } => "forbidden",
            Refusal::TasksOpen { .. } => "tasks_open",
            Refusal::OnTheExpress => "on_the_express",
            Refusal::MeetingState { .. } => "meeting_state",
            Refusal::TaskState { .. } => "task_state",
            Refusal::TaskMoved => "task_moved",
            Refusal::TaskPastDue { .. } => "task_past_due",
            Refusal::NotYet { .. } => "not_yet",
            Refusal::NotTheChair => "not_the_chair",
            Refusal::MinutesFrozen => "minutes_frozen",
            Refusal::MinutesMoved { .. } => "minutes_moved",
            Refusal::NothingApproved => "nothing_approved",
            Refusal::NothingWritten => "nothing_written",
            Refusal::MatterDecided => "matter_decided",
            Refusal::MeetingMoved => "meeting_moved",
            Refusal::WithDeputy => "with_deputy",
        },
        Problem::NotFound => "not_found",
        Problem::NotSignedIn
        | Problem::SignedInAgain
        | Problem::WrongPassword
        | Problem::FirstPasswordOver => "not_signed_in",
        Problem::CodeAsked | Problem::NotLinked => "not_signed_in",
        Problem::ProviderFailed => "provider_failed",
        Problem::TooMany { .. } => "too_many",
        Problem::ForeignOrigin => "foreign_origin",
        Problem::TooLarge => "too_large",
        Problem::Malformed => "malformed",
        Problem::SearchTooLong => "search_too_long",
        Problem::Busy => "busy",
        Problem::TookTooLong => "took_too_long",
        Problem::DiskFull => "disk_full",
        Problem::FileLost => "file_lost",
        Problem::Failed => "failed",
    }
}
