//! HTTP for other systems: `/api/v1`, described by `/api/v1/openapi.json`.

mod bearer;
mod cases;
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
use domain::meeting::Meeting;
use domain::task::TaskCase;
use serde_json::Value;
use store::cases::Kind;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{AppState, attachments};

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
    let watched = Kind::ALL.map(|kind| (watch::address(kind), watch::operation(kind)));
    for (path, methods) in door::operations().into_iter().chain(watched) {
        let known = &mut description["paths"][&path];
        match known.as_object_mut().zip(methods.as_object()) {
            Some((known, methods)) => known.extend(methods.clone()),
            None => *known = methods,
        }
    }
    described::complete(&mut description);
    description
}

pub fn routes(state: AppState) -> Router {
    let (mut router, description) = OpenApiRouter::with_openapi(Description::openapi())
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
        .route("/orders/{number}/{step}", post(door::step))
        .routes(routes!(express::express))
        .routes(routes!(tasks::tasks))
        .routes(routes!(tasks::task))
        .routes(routes!(tasks::events))
        .route("/tasks", post(tasks::give))
        .route("/tasks/{number}/{step}", post(cases::step::<TaskCase>))
        .routes(routes!(express::meetings))
        .routes(routes!(meetings::meeting))
        .routes(routes!(meetings::events))
        .route("/meetings", post(meetings::call))
        .route("/meetings/{number}/{step}", post(cases::step::<Meeting>))
        .routes(routes!(projects::projects))
        .routes(routes!(projects::guidance))
        .routes(routes!(directory::departments))
        .routes(routes!(directory::calendar))
        .split_for_parts();
    for kind in Kind::ALL {
        router = router.route(&watch::address(kind), watch::of(kind));
    }
    let description = description_of(&description);
    router
        .route_layer(from_fn(read::without_stray_parameters))
        .layer(from_fn_with_state(state.clone(), bearer::identify))
        // Names and telephones stay in no cache.
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .with_state(state)
        .route(
            "/openapi.json",
            get(move || async move { Json(description) }),
        )
        .fallback(problem::no_such_address)
        .method_not_allowed_fallback(problem::no_such_method)
}
