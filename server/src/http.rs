//! Everything that is reached by HTTP, as a table.

mod api;
mod edge;
mod forms;
mod health;
mod pages;
mod preferences;
mod sign_in;
pub mod site;
mod visits;

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{any, get, post};
use axum::serve::ListenerExt;
use leptos::prelude::LeptosOptions;
use store::Store;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;

use crate::clock::Clock;

/// What requests are answered from.
#[derive(Clone)]
pub struct House {
    pub store: Store,
    pub clock: Clock,
    pub data: PathBuf,
    pub rehearsal: bool,
    pub demo: bool,
}

/// A form of 5,000 characters, percent-encoded, and room to say that it is too long.
const BODY_BYTES: usize = 1024 * 1024;

pub async fn serve(listener: TcpListener, house: House, site: &Path) -> std::io::Result<()> {
    let options = site::options(site);
    // Nagle's algorithm makes each page wait for 40 ms.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "set_nodelay");
        }
    });
    axum::serve(listener, router(house, options, site))
        .with_graceful_shutdown(stop())
        .await
}

fn router(house: House, options: LeptosOptions, site: &Path) -> Router {
    let mut pages = Router::new();
    for address in pages::addresses() {
        pages = pages.route(&address, get(pages::page));
    }
    let desk = pages
        .route("/act/{step}", post(forms::act))
        .route("/ask/{question}", post(forms::ask))
        .route("/sign-in", post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/preferences", post(preferences::set))
        .fallback(any(pages::missing))
        .layer(from_fn_with_state(house.clone(), visits::by_session))
        .layer(from_fn(edge::same_origin))
        .with_state(pages::Pages {
            house: house.clone(),
            options,
        });
    Router::new()
        .merge(health::routes().with_state(house.clone()))
        .nest("/api/v1", api::routes(house))
        .nest_service("/pkg", site::packages(site))
        .merge(site::files(site))
        .merge(desk)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn(edge::short_address))
        .layer(map_response(edge::headers))
        .layer(CatchPanicLayer::custom(edge::panicked))
}

/// Ends with the writes under way finished.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
