//! What is said beside the steps.

use app::serve::visit::problem;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::order::{Note, Step};
use serde::{Deserialize, Serialize};
use store::{Desk, people};
use utoipa::ToSchema;

use super::super::order_json::OrderJson;
use super::super::problem::ProblemJson;
use super::super::read::{Body, Common};
use super::{Answer, step};

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct TalkJson {
    text: String,
    #[serde(flatten)]
    common: Common,
}

/// A note inside the caller's body; colleagues named with an @ are told.
#[utoipa::path(
    post, path = "/orders/{number}/note", request_body = TalkJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 422, body = ProblemJson),
    )
)]
pub async fn note(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<TalkJson>,
) -> Answer {
    let colleagues = people::colleagues(&desk).await;
    let colleagues = colleagues.map_err(|error| ProblemJson::of(problem(error), &headers))?;
    step(&desk, &text, &headers, &wish.common, || {
        Note::parse(&wish.text, &colleagues).map(Step::Note)
    })
    .await
}

/// A message between the enterprise and those who work on its order.
#[utoipa::path(
    post, path = "/orders/{number}/message", request_body = TalkJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn message(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<TalkJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::message(&wish.text)
    })
    .await
}
