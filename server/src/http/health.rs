use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use chrono::Datelike;
use serde::Serialize;

use super::House;

/// Below this the data directory is nearly full.
const FREE_BYTES: u64 = 200 * 1024 * 1024;

pub fn routes() -> Router<House> {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
}

#[derive(Serialize)]
struct Ready {
    database: bool,
    /// This year's calendar of days off is published.
    calendar: bool,
    /// From 1 December on, so is next year's; a warning, not a failure.
    next_calendar: bool,
    disk: bool,
}

async fn ready(State(house): State<House>) -> (StatusCode, Json<Ready>) {
    let database = match house.store.ping().await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            false
        }
    };
    let now = house.clock.now();
    let year = domain::time::local(now).date().year();
    let book = house.store.book();
    let ready = Ready {
        database,
        calendar: book.calendar.is_published(year),
        next_calendar: app::serve::calendar::missing(&book.calendar, now)
            .is_none_or(|missing| missing == year),
        disk: rustix::fs::statvfs(&house.data)
            .is_ok_and(|disk| disk.f_bavail * disk.f_frsize >= FREE_BYTES),
    };
    let status = if ready.database && ready.calendar && ready.disk {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(ready))
}
