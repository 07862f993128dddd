//! One step each; the answer is the order after it.

pub mod after_reply;
pub mod co_handler;
pub mod express;
pub mod joined;
pub mod talk;
pub mod time;

use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::Refusal;
use domain::order::{Rating, Reply, Step};
use serde::{Deserialize, Serialize};
use store::{Desk, contact_reads, orders};
use utoipa::ToSchema;

use self::co_handler::CoHandlerWish;
use super::order_json::OrderJson;
use super::problem::ProblemJson;
use super::read::{Body, Common, number};

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

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
        let overview =
            orders::step_with(desk, number, version, happened, step, common.attachments())
                .await
                .map_err(problem)?;
        let shown = std::iter::once(&overview);
        contact_reads::note_shown(desk, shown)
            .await
            .map_err(problem)?;
        Ok(overview)
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
    /// Bodies that do a part: their codes, or each with a task.
    co_handlers: Vec<CoHandlerWish>,
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
        match &wish.decline {
            Some(reason) => Step::decline(reason),
            None => {
                let rows = wish.co_handlers.iter().map(CoHandlerWish::row);
                let rows: Vec<_> = rows.collect();
                let directory = &desk.book.directory;
                Step::dispatch(&wish.department, &wish.complexity, &rows, directory)
            }
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
    /// Why the lead does not wait for co-handlers that have not replied.
    without: Option<String>,
    /// What looks like a blank of a template is meant so.
    blanks: bool,
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
        let reply = Reply::parse(&wish.kind, &wish.text, until, basis)?;
        reply.is_filled_in(wish.blanks)?;
        Step::reply(reply, wish.without.as_deref().unwrap_or_default())
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
