//! Forms, sent plainly or by a script: the same server function answers both.

use app::frame::Kept;
use app::problem::Problem;
use app::serve::Visit;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Request, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::provide_context;
use leptos_axum::handle_server_fns_with_context;

use super::pages::{self, Pages, local_page};

/// A question that changes nothing, asked by a script.
pub async fn ask(Extension(visit): Extension<Visit>, request: Request<Body>) -> Response {
    run(visit, request).await
}

/// A step. A script gets the typed answer; a plain form gets a page: the next one,
/// or its own with what was typed and why not.
pub async fn act(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    mut parts: Parts,
    body: Bytes,
) -> Response {
    if !wants_page(&parts.headers) {
        return run(visit, Request::from_parts(parts, Body::from(body))).await;
    }
    let form = Form::read(&parts, &body);
    // Where a server function goes that does not say where.
    match HeaderValue::from_str(&form.page) {
        Ok(page) => parts.headers.insert(header::REFERER, page),
        Err(_) => parts.headers.remove(header::REFERER),
    };
    let response = run(visit.clone(), Request::from_parts(parts, Body::from(body))).await;
    let problem = visit.take_problem();
    match problem {
        Some(problem) => form.refused(&pages, visit, problem).await,
        None if response.status().is_redirection() && !was_unreadable(&response) => {
            let place = response.headers().get(header::LOCATION);
            let place = place.and_then(|place| place.to_str().ok());
            Redirect::to(place.unwrap_or(&form.page)).into_response()
        }
        None => form.refused(&pages, visit, Problem::Malformed).await,
    }
}

/// A plain form as it came in.
struct Form {
    act: String,
    page: String,
    typed: Vec<(String, String)>,
}

impl Form {
    fn read(parts: &Parts, body: &Bytes) -> Self {
        let typed: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
        let page = typed
            .iter()
            .find(|(name, _)| name == "page")
            .map_or("/", |(_, page)| page.as_str());
        Self {
            act: parts.uri.path().to_owned(),
            page: local_page(page),
            typed,
        }
    }

    async fn refused(self, pages: &Pages, visit: Visit, problem: Problem) -> Response {
        let signed_out = problem == Problem::NotSignedIn;
        let kept = Kept {
            act: self.act,
            page: self.page,
            typed: self.typed,
            problem,
        };
        if !signed_out {
            return pages::refused(pages, visit, kept).await;
        }
        // What was typed travels through the sign-in and is there afterwards.
        let carried = serde_json::to_string(&kept).unwrap_or_default();
        let sign_in = Kept {
            act: "/sign-in".to_owned(),
            page: "/sign-in".to_owned(),
            typed: vec![("carried".to_owned(), carried)],
            problem: Problem::NotSignedIn,
        };
        pages::refused(pages, visit, sign_in).await
    }
}

async fn run(visit: Visit, request: Request<Body>) -> Response {
    let frame = visit.frame.clone();
    let context = move || {
        provide_context(visit.clone());
        provide_context(frame.clone());
    };
    handle_server_fns_with_context(context, request)
        .await
        .into_response()
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The arguments could not be read, so that no function of ours was asked.
fn was_unreadable(response: &Response) -> bool {
    response
        .headers()
        .get(header::LOCATION)
        .and_then(|place| place.to_str().ok())
        .is_some_and(|place| place.contains("__err="))
}
