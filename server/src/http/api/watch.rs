//! Being told of everything that happens to a case, or no more: one address a kind.

use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use axum::routing::{MethodRouter, post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::cases::Kind;
use store::{Context, watching};

use super::AppState;
use super::problem::ProblemJson;
use super::read::Body;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WatchJson {
    watch: bool,
}

pub fn of(kind: Kind) -> MethodRouter<AppState> {
    let watch = async move |Extension(ctx): Extension<Context>,
                            Path(number): Path<String>,
                            headers: HeaderMap,
                            Body(wish): Body<WatchJson>| {
        match watching::watch(&ctx, kind, &number, wish.watch).await {
            Ok(()) => Ok(Json(wish)),
            Err(error) => Err(ProblemJson::of(problem(error), &headers)),
        }
    };
    post(watch)
}

pub fn address(kind: Kind) -> String {
    format!("/{}s/{{number}}/watch", kind.code())
}

/// For the description.
pub fn operation(kind: Kind) -> Value {
    let code = kind.code();
    let content = json!({ "application/json": { "schema": {
        "type": "object",
        "properties": { "watch": { "type": "boolean" } },
        "required": ["watch"],
        "additionalProperties": false
    } } });
    json!({ "post": {
        "operationId": format!("watch_{code}"),
        "summary": format!("Be told of everything that happens to the {code}, or no more."),
        "parameters": [
            { "name": "number", "in": "path", "required": true, "schema": { "type": "string" } }
        ],
        "requestBody": { "required": true, "content": content },
        "responses": { "200": { "description": "As it is now.", "content": content } }
    } })
}
