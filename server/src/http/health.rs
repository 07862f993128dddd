use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use chrono::Datelike;
use serde::Serialize;

use super::AppState;
use crate::backup;

/// Below this the data directory is nearly full.
const FREE_BYTES: u64 = 200 * 1024 * 1024;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
}

/// The writer is asked once a second.
const WRITER_SECONDS: u64 = 5;

#[derive(Serialize)]
struct Ready {
    database: bool,
    /// The last whole sweep is not older than three of its times and a minute.
    sweep: bool,
    sweep_age_seconds: u64,
    /// The writer has answered within five seconds.
    writer: bool,
    writer_age_seconds: u64,
    /// The file that is served is still the one of its name.
    file: bool,
    /// This year's calendar of days off is published.
    calendar: bool,
    /// From 1 December on, so is next year's; a warning, not a failure.
    next_calendar: bool,
    disk: bool,
    /// Records that could not be read or swept; a warning, all others are worked on.
    troubles: Vec<String>,
    /// When the last backup was made, if ever; a warning.
    last_backup: Option<String>,
}

async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Ready>) {
    let database = match state.store.ping().await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            false
        }
    };
    let now = state.clock.now();
    let year = domain::time::local(now).date().year();
    let book = state.store.book();
    let (sweep_age, writer_age) = (state.beats.sweep.age(), state.beats.writer.age());
    let ready = Ready {
        database,
        sweep: sweep_age <= state.beats.sweep_seconds * 3 + 60,
        sweep_age_seconds: sweep_age,
        writer: writer_age <= WRITER_SECONDS,
        writer_age_seconds: writer_age,
        file: state.store.has_its_file(),
        calendar: book.calendar.is_published(year),
        next_calendar: app::areas::book::calendar::server::missing(&book.calendar, now)
            .is_none_or(|missing| missing == year),
        disk: rustix::fs::statvfs(&state.data)
            .is_ok_and(|disk| disk.f_bavail * disk.f_frsize >= FREE_BYTES),
        troubles: state.store.troubles().names(),
        last_backup: backup::last(&state.data).map(domain::time::rfc3339),
    };
    let needed = [
        ready.database,
        ready.sweep,
        ready.writer,
        ready.file,
        ready.calendar,
        ready.disk,
    ];
    let status = if needed.into_iter().all(|one| one) {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(ready))
}
