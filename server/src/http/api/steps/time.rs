//! The steps that touch the clocks: returns, pauses, extensions, cards.

use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::order::{Asked, PauseDraft, PauseWish, Return, Step};
use serde::{Deserialize, Serialize};
use store::Desk;
use utoipa::ToSchema;

use super::super::order_json::OrderJson;
use super::super::problem::ProblemJson;
use super::super::read::{Body, Common};
use super::{Answer, NothingJson, step, yes_or_no};

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReturnJson {
    reason: String,
    /// The duty clause that it relies on.
    clause: String,
    /// Code of the body whose business it would be.
    propose: Option<String>,
    #[serde(flatten)]
    common: Common,
}

/// The department returns the order, within its time to take it. The centre rules.
#[utoipa::path(
    post, path = "/orders/{number}/return", request_body = ReturnJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn send_back(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<ReturnJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        let propose = wish.propose.as_deref().unwrap_or_default();
        Return::parse(&wish.reason, &wish.clause, propose, &desk.book.directory).map(Step::Return)
    })
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct RulingJson {
    /// Code of the body that is to lead.
    department: String,
    reason: String,
    #[serde(flatten)]
    common: Common,
}

/// The centre rules on a return: names the owner, the same or another. Final.
#[utoipa::path(
    post, path = "/orders/{number}/ruling", request_body = RulingJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn ruling(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<RulingJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::rule(&wish.department, &wish.reason, &desk.book.directory)
    })
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PauseJson {
    /// supplement special
    kind: String,
    reason: String,
    /// The article that allows it.
    basis: String,
    /// Name and number of the paper that proves it.
    evidence: Option<String>,
    /// The day on which the clock runs again, 2026-12-31; without one, the cap of the rules.
    until: Option<String>,
    /// For a supplement: what is to be handed in, all of it at once.
    things: Vec<String>,
    #[serde(flatten)]
    common: Common,
}

/// The department pauses the clock. The enterprise is told and may object.
#[utoipa::path(
    post, path = "/orders/{number}/pause", request_body = PauseJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn pause(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<PauseJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        PauseWish::parse(&PauseDraft {
            kind: wish.kind.clone(),
            reason: wish.reason.clone(),
            basis: wish.basis.clone(),
            evidence: wish.evidence.clone().unwrap_or_default(),
            until: wish.until.clone().unwrap_or_default(),
            things: wish.things.join("\n"),
        })
        .map(Step::Pause)
    })
    .await
}

/// The clock runs again.
#[utoipa::path(
    post, path = "/orders/{number}/resume", request_body = NothingJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn resume(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<NothingJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || Ok(Step::Resume)).await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ObjectionJson {
    /// Needed to object, and to say no.
    reason: String,
    /// The decision of the centre.
    uphold: Option<bool>,
    #[serde(flatten)]
    common: Common,
}

/// The enterprise objects to the pause with a reason; the centre decides with `uphold`.
#[utoipa::path(
    post, path = "/orders/{number}/objection", request_body = ObjectionJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn objection(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<ObjectionJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || match wish.uphold {
        None => Step::object(&wish.reason),
        Some(uphold) => Step::decide_objection(yes_or_no(uphold), &wish.reason),
    })
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ExtensionJson {
    /// Working days, at most the original limit.
    days: Option<u32>,
    /// Needed to ask, and to say no.
    reason: String,
    /// The decision.
    grant: Option<bool>,
    #[serde(flatten)]
    common: Common,
}

/// The department asks for an extension with days and reason; the centre, or for a second one the deputy mayor, decides with `grant`.
#[utoipa::path(
    post, path = "/orders/{number}/extension", request_body = ExtensionJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn extension(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<ExtensionJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || match wish.grant {
        None => {
            let days = wish.days.map(|days| days.to_string()).unwrap_or_default();
            Asked::parse(&days, &wish.reason).map(Step::Extend)
        }
        Some(grant) => Step::decide_extension(yes_or_no(grant), &wish.reason),
    })
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CardJson {
    /// The event that gave the card.
    card: u32,
    reason: String,
    #[serde(flatten)]
    common: Common,
}

/// The body that got a supervision card explains it.
#[utoipa::path(
    post, path = "/orders/{number}/explanation", request_body = CardJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn explanation(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<CardJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::explain(&wish.card.to_string(), &wish.reason)
    })
    .await
}

/// The supervision office lifts a card.
#[utoipa::path(
    post, path = "/orders/{number}/lifting", request_body = CardJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn lifting(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<CardJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::lift(&wish.card.to_string(), &wish.reason)
    })
    .await
}
