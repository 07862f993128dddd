//! One step each; the answer is the order after it.

use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::order::{Asked, PauseDraft, PauseWish, Rating, Reply, Return, Step};
use domain::{Fault, Field, FieldFault, Refusal};
use serde::{Deserialize, Serialize};
use store::{Desk, orders};
use utoipa::ToSchema;

use super::order_json::OrderJson;
use super::problem::ProblemJson;
use super::read::{Body, Common, number};

type Answer = Result<Json<OrderJson>, ProblemJson>;

async fn step(
    desk: &Desk,
    text: &str,
    headers: &HeaderMap,
    common: &Common,
    parse: impl FnOnce() -> Result<Step, Refusal>,
) -> Answer {
    let taken = async {
        let number = number(text)?;
        // Whether the order may be known of comes before what was sent.
        orders::find(desk, number).await.map_err(problem)?;
        let version = common.version(headers)?;
        let happened = common.happened_at()?;
        let step = parse()?;
        orders::step(desk, number, version, happened, step)
            .await
            .map_err(problem)
    };
    match taken.await {
        Ok(overview) => Ok(Json(OrderJson::of(&overview, desk))),
        Err(problem) => Err(ProblemJson::of(problem, headers)),
    }
}

/// To whom the order goes, or why it is declined.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DispatchJson {
    /// Code of the lead body.
    department: String,
    /// ordinary complex enquiry
    complexity: String,
    /// Not possible in this version yet: anything but an empty list is refused.
    co_handlers: Vec<String>,
    /// The reason, where the order is declined instead.
    decline: Option<String>,
    #[serde(flatten)]
    common: Common,
}

/// Dispatch or decline.
#[utoipa::path(
    post, path = "/orders/{number}/dispatch", request_body = DispatchJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn dispatch(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<DispatchJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        if !wish.co_handlers.is_empty() {
            return Err(FieldFault {
                field: Field::CoHandlers,
                fault: Fault::NotYetPossible,
            }
            .into());
        }
        match &wish.decline {
            Some(reason) => Step::decline(reason),
            None => Step::dispatch(&wish.department, &wish.complexity, &desk.book.directory),
        }
    })
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct NothingJson {
    #[serde(flatten)]
    common: Common,
}

/// The department takes the order.
#[utoipa::path(
    post, path = "/orders/{number}/take", request_body = NothingJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
    )
)]
pub async fn take(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<NothingJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || Ok(Step::Take)).await
}

/// What the department did.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReplyJson {
    /// solved planned explained impossible
    kind: String,
    text: String,
    /// For `planned`: the promised day.
    until: Option<String>,
    /// For `impossible`: the clause that stands against it.
    basis: Option<String>,
    #[serde(flatten)]
    common: Common,
}

/// The department replies.
#[utoipa::path(
    post, path = "/orders/{number}/reply", request_body = ReplyJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn reply(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<ReplyJson>,
) -> Answer {
    let until = wish.until.as_deref().unwrap_or_default();
    let basis = wish.basis.as_deref().unwrap_or_default();
    step(&desk, &text, &headers, &wish.common, || {
        Reply::parse(&wish.kind, &wish.text, until, basis).map(Step::Reply)
    })
    .await
}

/// What the enterprise thinks of the reply.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct RatingJson {
    /// very_satisfied satisfied fairly_satisfied dissatisfied very_dissatisfied
    level: String,
    comment: Option<String>,
    #[serde(flatten)]
    common: Common,
}

/// The enterprise confirms and rates.
#[utoipa::path(
    post, path = "/orders/{number}/rating", request_body = RatingJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn rating(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<RatingJson>,
) -> Answer {
    let comment = wish.comment.as_deref().unwrap_or_default();
    step(&desk, &text, &headers, &wish.common, || {
        Rating::parse(&wish.level, comment).map(Step::Rate)
    })
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct WithdrawalJson {
    reason: String,
    #[serde(flatten)]
    common: Common,
}

/// The enterprise withdraws the order.
#[utoipa::path(
    post, path = "/orders/{number}/withdrawal", request_body = WithdrawalJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn withdrawal(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<WithdrawalJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::withdraw(&wish.reason)
    })
    .await
}

/// Strike the order off: with the enterprise's confirmation, or by the centre when
/// the time to rate has passed.
#[utoipa::path(
    post, path = "/orders/{number}/closure", request_body = NothingJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
    )
)]
pub async fn closure(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<NothingJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || Ok(Step::Close)).await
}

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

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
