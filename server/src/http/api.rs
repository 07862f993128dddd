//! HTTP for other systems: `/api/v1`, described by `/api/v1/openapi.json`.

mod bearer;
mod directory;
mod event_json;
mod express;
mod order_json;
mod orders;
pub mod problem;
mod projects;
pub mod read;
mod receipt;
mod steps;

use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use axum::{Json, Router};
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
        .routes(routes!(steps::dispatch))
        .routes(routes!(receipt::receipt))
        .routes(routes!(steps::co_handler::co_handler))
        .routes(routes!(steps::co_handler::co_handling))
        .routes(routes!(steps::co_handler::co_reply))
        .routes(routes!(steps::take))
        .routes(routes!(steps::time::send_back))
        .routes(routes!(steps::time::ruling))
        .routes(routes!(steps::time::pause))
        .routes(routes!(steps::time::resume))
        .routes(routes!(steps::time::objection))
        .routes(routes!(steps::time::extension))
        .routes(routes!(steps::time::explanation))
        .routes(routes!(steps::time::lifting))
        .routes(routes!(steps::reply))
        .routes(routes!(steps::after_reply::approval))
        .routes(routes!(steps::after_reply::callback))
        .routes(routes!(steps::after_reply::appeal))
        .routes(routes!(steps::after_reply::commitment))
        .routes(routes!(steps::after_reply::supplement))
        .routes(routes!(steps::talk::note))
        .routes(routes!(steps::talk::message))
        .routes(routes!(steps::rating))
        .routes(routes!(steps::withdrawal))
        .routes(routes!(steps::closure))
        .routes(routes!(steps::joined::merge))
        .routes(routes!(steps::joined::link))
        .routes(routes!(steps::joined::split))
        .routes(routes!(steps::joined::urge))
        .routes(routes!(steps::joined::watch))
        .routes(routes!(steps::express::escalation))
        .routes(routes!(steps::express::task_report))
        .routes(routes!(express::express))
        .routes(routes!(express::tasks))
        .routes(routes!(express::meetings))
        .routes(routes!(projects::projects))
        .routes(routes!(projects::guidance))
        .routes(routes!(directory::departments))
        .routes(routes!(directory::calendar))
        .split_for_parts();
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
