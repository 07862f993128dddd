//! The mayor's express.

use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::order::{BriefDraft, Step};
use serde::{Deserialize, Serialize};
use store::Desk;
use utoipa::ToSchema;

use super::super::order_json::OrderJson;
use super::super::problem::ProblemJson;
use super::super::read::{Body, Common};
use super::{Answer, step};

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct EscalationJson {
    /// The difficulty in one sentence, at most 200 characters.
    reason: String,
    tried: String,
    /// The clause or body in the way.
    obstacle: String,
    /// Money or jobs.
    stakes: String,
    #[serde(flatten)]
    common: Common,
}

/// Refer the order to the mayor's express.
#[utoipa::path(
    post, path = "/orders/{number}/escalation", request_body = EscalationJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn escalation(
    Extension(desk): Extension<Desk>,
    Path(number): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<EscalationJson>,
) -> Answer {
    step(&desk, &number, &headers, &wish.common, || {
        let draft = BriefDraft {
            difficulty: wish.reason.clone(),
            tried: wish.tried.clone(),
            obstacle: wish.obstacle.clone(),
            stakes: wish.stakes.clone(),
        };
        draft.parse().map(Step::Refer)
    })
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct TaskReportJson {
    /// The event that gave the task.
    task: u32,
    text: String,
    #[serde(flatten)]
    common: Common,
}

/// Call a task done.
#[utoipa::path(
    post, path = "/orders/{number}/task_report", request_body = TaskReportJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn task_report(
    Extension(desk): Extension<Desk>,
    Path(number): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<TaskReportJson>,
) -> Answer {
    step(&desk, &number, &headers, &wish.common, || {
        Step::report_task(&wish.task.to_string(), &wish.text)
    })
    .await
}
