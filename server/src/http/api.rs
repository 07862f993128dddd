//! HTTP for other systems: `/api/v1`, described by `/api/v1/openapi.json`.

mod bearer;
mod condition;
mod described;
mod directory;
mod door;
mod event_json;
mod express;
mod meetings;
mod order_json;
mod orders;
pub mod problem;
mod projects;
pub mod read;
mod receipt;
mod tasks;
mod watch;

use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::Value;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{House, attachments};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Zhitong 直通",
        description = "Orders of enterprises: placed, dispatched, taken, replied to, rated, struck \
                       off. Times are RFC 3339 with +08:00. Refusals are application/problem+json."
    ),
    servers((url = "/api/v1")),
    modifiers(&Bearer),
    security(("bearer" = []))
)]
struct Description;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        openapi
            .components
            .get_or_insert_default()
            .add_security_scheme("bearer", scheme);
    }
}

/// The description, with the addresses of the steps, which are made of what they take.
fn description_of(known: &utoipa::openapi::OpenApi) -> Value {
    let mut description = serde_json::to_value(known).unwrap_or_default();
    for (path, methods) in door::operations() {
        let known = &mut description["paths"][&path];
        match known.as_object_mut().zip(methods.as_object()) {
            Some((known, methods)) => known.extend(methods.clone()),
            None => *known = methods,
        }
    }
    described::complete(&mut description);
    description
}

pub fn routes(house: House) -> Router {
    let (router, description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(orders::place, orders::list))
        .routes(routes!(orders::order))
        .routes(routes!(orders::events))
        .routes(routes!(attachments::announce))
        .routes(routes!(
            attachments::read,
            attachments::where_to_go_on,
            attachments::piece,
            attachments::remove
        ))
        .routes(routes!(receipt::receipt))
        .routes(routes!(watch::watch_order))
        .routes(routes!(watch::watch_meeting))
        .routes(routes!(watch::watch_task))
        .route("/orders/{number}/{step}", post(door::step))
        .routes(routes!(express::express))
        .routes(routes!(tasks::tasks))
        .routes(routes!(tasks::task))
        .routes(routes!(tasks::events))
        .route("/tasks", post(tasks::give))
        .route("/tasks/{number}/{step}", post(tasks::step))
        .routes(routes!(express::meetings))
        .routes(routes!(meetings::meeting))
        .routes(routes!(meetings::events))
        .route("/meetings", post(meetings::call))
        .route("/meetings/{number}/{step}", post(meetings::step))
        .routes(routes!(projects::projects))
        .routes(routes!(projects::guidance))
        .routes(routes!(directory::departments))
        .routes(routes!(directory::calendar))
        .split_for_parts();
    let description = description_of(&description);
    router
        .route_layer(from_fn(read::without_stray_parameters))
        .layer(from_fn_with_state(house.clone(), bearer::identify))
        // Names and telephones stay in no cache.
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .with_state(house)
        .route(
            "/openapi.json",
            get(move || async move { Json(description) }),
        )
        .fallback(problem::no_such_address)
        .method_not_allowed_fallback(problem::no_such_method)
}
