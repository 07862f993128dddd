//! What comes around and after a reply: approval, callback, appeal, promises; and the
//! supplement that an enterprise hands in.

use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::order::{Call, Step};
use serde::{Deserialize, Serialize};
use store::Desk;
use utoipa::ToSchema;

use super::super::order_json::OrderJson;
use super::super::problem::ProblemJson;
use super::super::read::{Body, Common};
use super::{Answer, step, yes_or_no};

/// What the head decides about a reply that awaits approval.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ApprovalJson {
    grant: Option<bool>,
    /// Needed to say no.
    reason: String,
    #[serde(flatten)]
    common: Common,
}

/// The head of the lead approves a reply, which goes out, or sends it back.
#[utoipa::path(
    post, path = "/orders/{number}/approval", request_body = ApprovalJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn approval(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<ApprovalJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::decide_reply(wish.grant.map_or("", yes_or_no), &wish.reason)
    })
    .await
}

/// What the enterprise said.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CallbackJson {
    /// solved not_solved not_reached
    outcome: String,
    /// What it said; needed where it is not solved.
    comment: Option<String>,
    #[serde(flatten)]
    common: Common,
}

/// The centre has called the enterprise back.
#[utoipa::path(
    post, path = "/orders/{number}/callback", request_body = CallbackJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn callback(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<CallbackJson>,
) -> Answer {
    let comment = wish.comment.as_deref().unwrap_or_default();
    step(&desk, &text, &headers, &wish.common, || {
        Call::parse(&wish.outcome, comment).map(Step::CallBack)
    })
    .await
}

/// Why a rating is appealed, or what is decided about it.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AppealJson {
    /// Needed to appeal, and to say no.
    reason: String,
    /// The decision of the centre.
    uphold: Option<bool>,
    #[serde(flatten)]
    common: Common,
}

/// The lead appeals the last bad rating; the centre decides with `uphold`.
#[utoipa::path(
    post, path = "/orders/{number}/appeal", request_body = AppealJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn appeal(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<AppealJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || match wish.uphold {
        None => Step::appeal(&wish.reason),
        Some(uphold) => Step::decide_appeal(yes_or_no(uphold), &wish.reason),
    })
    .await
}

/// Which promise was kept.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CommitmentJson {
    /// The event of the reply that promised it.
    commitment: u32,
    /// What was done.
    reason: String,
    #[serde(flatten)]
    common: Common,
}

/// The lead has kept what its reply promised.
#[utoipa::path(
    post, path = "/orders/{number}/commitment", request_body = CommitmentJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn commitment(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<CommitmentJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::keep_commitment(&wish.commitment.to_string(), &wish.reason)
    })
    .await
}

/// What the enterprise hands in.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SupplementJson {
    text: String,
    #[serde(flatten)]
    common: Common,
}

/// The enterprise hands in what a pause waits for; the clock runs again.
#[utoipa::path(
    post, path = "/orders/{number}/supplement", request_body = SupplementJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn supplement(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<SupplementJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::supplement(&wish.text)
    })
    .await
}
