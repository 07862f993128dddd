//! Steps that concern two orders.

use app::problem::Problem;
use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::Field;
use domain::order::merge::known_number;
use domain::order::{MergeWish, Number, Overview, Portion, Reason, Step};
use serde::{Deserialize, Serialize};
use store::{Desk, contact_reads, orders, watching};
use utoipa::ToSchema;

use super::super::order_json::OrderJson;
use super::super::problem::ProblemJson;
use super::super::read::{Body, Common, number};
use super::{Answer, step};

/// Finds the order, does what is asked, answers what it became.
async fn on(
    desk: &Desk,
    text: &str,
    headers: &HeaderMap,
    common: &Common,
    work: impl AsyncFnOnce(Number, Option<u32>) -> Result<Overview, Problem>,
) -> Answer {
    let done = async {
        let number = number(text)?;
        orders::find(desk, number).await.map_err(problem)?;
        let version = common.version(headers)?;
        let overview = work(number, version).await?;
        let shown = std::iter::once(&overview);
        contact_reads::note_shown(desk, shown)
            .await
            .map_err(problem)?;
        Ok(overview)
    };
    match done.await {
        Ok(overview) => Ok(Json(OrderJson::of(&overview, desk))),
        Err(problem) => Err(ProblemJson::of(problem, headers)),
    }
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct MergeJson {
    /// The number of the main order.
    into: String,
    reason: String,
    /// True undoes the merge; `into` is not needed then.
    undo: bool,
    #[serde(flatten)]
    common: Common,
}

/// Join the order to another one, or undo that.
#[utoipa::path(
    post, path = "/orders/{number}/merge", request_body = MergeJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn merge(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<MergeJson>,
) -> Answer {
    on(
        &desk,
        &text,
        &headers,
        &wish.common,
        async |number, version| {
            if wish.undo {
                let reason = Reason::parse(Field::Reason, &wish.reason)?;
                let undone = orders::unmerge(&desk, number, version, reason).await;
                return undone.map_err(problem);
            }
            let into = MergeWish::parse(&wish.into, &wish.reason)?;
            let merged = orders::merge(&desk, number, version, into).await;
            merged.map_err(problem)
        },
    )
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct LinkJson {
    /// The number of the other order.
    other: String,
    /// True removes the link.
    undo: bool,
    #[serde(flatten)]
    common: Common,
}

/// Link the order with another one, or remove the link.
#[utoipa::path(
    post, path = "/orders/{number}/link", request_body = LinkJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn link(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<LinkJson>,
) -> Answer {
    on(&desk, &text, &headers, &wish.common, async |number, _| {
        let other = known_number(&wish.other)?;
        let linked = if wish.undo {
            orders::unlink(&desk, number, other).await
        } else {
            orders::link(&desk, number, other).await
        };
        linked.map_err(problem)
    })
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SplitJson {
    title: String,
    content: String,
    category: String,
    #[serde(flatten)]
    common: Common,
}

/// Make an order of a part of this one; the answer is the new one.
#[utoipa::path(
    post, path = "/orders/{number}/split", request_body = SplitJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn split(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<SplitJson>,
) -> Answer {
    on(
        &desk,
        &text,
        &headers,
        &wish.common,
        async |number, version| {
            let directory = &desk.book.directory;
            let portion = Portion::parse(&wish.title, &wish.content, &wish.category, directory)?;
            let split = orders::split(&desk, number, version, portion).await;
            split.map_err(problem)
        },
    )
    .await
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct UrgeJson {
    reason: String,
    #[serde(flatten)]
    common: Common,
}

/// Urge the lead. Nothing moves; the history keeps it.
#[utoipa::path(
    post, path = "/orders/{number}/urge", request_body = UrgeJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = OrderJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn urge(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<UrgeJson>,
) -> Answer {
    step(&desk, &text, &headers, &wish.common, || {
        Step::urge(&wish.reason)
    })
    .await
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct WatchJson {
    watch: bool,
}

/// Be told of everything that happens to the order, or no more.
#[utoipa::path(
    post, path = "/orders/{number}/watch", request_body = WatchJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = WatchJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 422, body = ProblemJson),
    )
)]
pub async fn watch(
    Extension(desk): Extension<Desk>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<WatchJson>,
) -> Result<Json<WatchJson>, ProblemJson> {
    let done = async {
        let number = number(&text)?;
        orders::find(&desk, number).await.map_err(problem)?;
        watching::watch(&desk, number, wish.watch)
            .await
            .map_err(problem)
    };
    match done.await {
        Ok(()) => Ok(Json(wish)),
        Err(problem) => Err(ProblemJson::of(problem, &headers)),
    }
}
