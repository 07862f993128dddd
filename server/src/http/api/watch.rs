use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use store::{Desk, orders, watching};
use utoipa::ToSchema;

use super::problem::ProblemJson;
use super::read::{Body, number};

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
