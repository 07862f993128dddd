use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use store::cases::Kind;
use store::{Desk, watching};
use utoipa::ToSchema;

use super::problem::ProblemJson;
use super::read::Body;

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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
pub async fn watch_order(
    Extension(desk): Extension<Desk>,
    Path(number): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<WatchJson>,
) -> Result<Json<WatchJson>, ProblemJson> {
    watch(&desk, Kind::Order, &number, &headers, wish).await
}

/// Be told of everything that happens to the meeting, or no more.
#[utoipa::path(
    post, path = "/meetings/{number}/watch", request_body = WatchJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = WatchJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 422, body = ProblemJson),
    )
)]
pub async fn watch_meeting(
    Extension(desk): Extension<Desk>,
    Path(number): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<WatchJson>,
) -> Result<Json<WatchJson>, ProblemJson> {
    watch(&desk, Kind::Meeting, &number, &headers, wish).await
}

/// Be told of everything that happens to the task, or no more.
#[utoipa::path(
    post, path = "/tasks/{number}/watch", request_body = WatchJson,
    params(("number" = String, Path)),
    responses(
        (status = 200, body = WatchJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson), (status = 422, body = ProblemJson),
    )
)]
pub async fn watch_task(
    Extension(desk): Extension<Desk>,
    Path(number): Path<String>,
    headers: HeaderMap,
    Body(wish): Body<WatchJson>,
) -> Result<Json<WatchJson>, ProblemJson> {
    watch(&desk, Kind::Task, &number, &headers, wish).await
}

async fn watch(
    desk: &Desk,
    kind: Kind,
    number: &str,
    headers: &HeaderMap,
    wish: WatchJson,
) -> Result<Json<WatchJson>, ProblemJson> {
    match watching::watch(desk, kind, number, wish.watch).await {
        Ok(()) => Ok(Json(wish)),
        Err(error) => Err(ProblemJson::of(problem(error), headers)),
    }
}
