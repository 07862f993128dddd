//! Everything that is reached by HTTP, as a table.

mod api;
mod attachments;
mod connections;
mod edge;
mod exports;
mod forms;
mod hall;
mod health;
mod limits;
mod meetings;
pub mod oidc;
mod pages;
mod preferences;
mod request;
mod session;
mod sign_in;
pub mod site;
mod visits;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{any, get, post};
use leptos::prelude::LeptosOptions;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

use crate::beats::Beat;
use crate::clock::Clock;
use crate::files::Files;
use domain::Named;
pub use limits::Limit;
pub use oidc::Provider;

/// What requests are answered from; one for all of them.
#[derive(Clone)]
pub struct AppState(Arc<AppParts>);

impl AppState {
    pub fn new(rooms: AppParts) -> Self {
        Self(Arc::new(rooms))
    }
}

impl Deref for AppState {
    type Target = AppParts;

    fn deref(&self) -> &AppParts {
        &self.0
    }
}

/// What a [`AppState`] has.
pub struct AppParts {
    pub store: Store,
    pub clock: Clock,
    pub data: PathBuf,
    pub files: Files,
    pub rehearsal: bool,
    pub demo: bool,
    /// Whether the address of a caller is the one that the proxy in front names.
    pub behind_proxy: bool,
    pub by_address: Limit,
    pub by_account: Limit,
    /// Whose identities open accounts too, and what its button says.
    pub provider: Option<Arc<Provider>>,
    pub provider_name: Option<Named>,
    pub beats: Beats,
    /// Refusals that are written into the audit while nobody waits for it.
    pub refusals: Arc<Semaphore>,
}

/// When what runs behind the scenes last did its work.
#[derive(Clone)]
pub struct Beats {
    /// A whole sweep.
    pub sweep: Beat,
    /// An answer of the writer.
    pub writer: Beat,
    /// How often the sweep is to come.
    pub sweep_seconds: u64,
}

pub async fn serve(listener: TcpListener, state: AppState, site: &Path) -> std::io::Result<()> {
    let options = site::options(site);
    let behind_proxy = state.behind_proxy;
    let router = router(state, options, site);
    connections::serve(listener, router, behind_proxy, stop()).await;
    Ok(())
}

fn router(state: AppState, options: LeptosOptions, site: &Path) -> Router {
    let mut pages = Router::new();
    for address in pages::addresses() {
        pages = pages.route(&address, get(pages::page));
    }
    let files = Router::new()
        .route("/attachments", post(attachments::announce))
        .route(
            "/attachments/{id}",
            get(attachments::read)
                .head(attachments::where_to_go_on)
                .patch(attachments::piece)
                .delete(attachments::remove),
        )
        .layer(from_fn(attachments::with_desk))
        .route("/attachments/form", post(attachments::form));
    let ctx = pages
        .merge(files)
        .route("/act/{step}", post(forms::act))
        .route("/act/{kind}/{step}", post(forms::act))
        .route("/ask/{question}", post(forms::ask))
        .route("/sign-in", post(sign_in::sign_in))
        .route("/sign-in/code", post(sign_in::code))
        .route("/oidc/start", get(oidc::start))
        .route("/oidc/callback", get(oidc::callback))
        .route("/session/act-as", post(session::act_as))
        .route("/sign-out", post(session::sign_out))
        .route("/audit/export", post(exports::audit))
        .route("/orders/import", post(hall::import))
        .route("/orders/import/form.xlsx", get(hall::form))
        .route("/orders/chosen", get(pages::chosen))
        .route("/orders/export/csv", get(exports::orders_csv))
        .route("/orders/export/xlsx", get(exports::orders_xlsx))
        .route("/meetings/{number}/calendar.ics", get(meetings::event))
        .route("/meetings/{number}/minutes.docx", get(meetings::docx))
        .route("/preferences", post(preferences::set))
        .fallback(any(pages::missing))
        .layer(from_fn_with_state(state.clone(), visits::by_session))
        .layer(from_fn(edge::same_origin))
        .with_state(pages::Pages {
            state: state.clone(),
            options,
        });
    let calendars = Router::new()
        .route("/calendars/{secret}", get(meetings::feed))
        .with_state(state.clone());
    Router::new()
        .merge(health::routes().with_state(state.clone()))
        .merge(calendars)
        .nest("/api/v1", api::routes(state.clone()))
        .nest_service("/pkg", site::packages(site))
        .merge(site::files(site))
        .merge(ctx)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(edge::whole_body))
        .layer(from_fn_with_state(state.clone(), limits::by_address))
        .layer(from_fn(edge::short_address))
        .layer(CatchPanicLayer::custom(edge::panicked))
        .layer(from_fn(edge::for_people))
        .layer(map_response(edge::headers))
        .layer(from_fn_with_state(state, request::number))
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
