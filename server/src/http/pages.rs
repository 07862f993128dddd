//! The pages: complete HTML, rendered by the same code that runs in the browser.

use app::frame::Kept;
use app::serve::{Problem, Visit};
use app::{App, shell};
use axum::body::Body;
use axum::extract::{Extension, FromRef, RawQuery, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::order::{Number, StepName};
use domain::{Action, Actor};
use leptos::nonce::use_nonce;
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use leptos_axum::{ResponseOptions, generate_route_list, render_app_async_with_context};
use words::people::gate_address;

use super::AppState;
use crate::http::forms::Form;

/// What the handlers of pages and forms share.
#[derive(Clone)]
pub struct Pages {
    pub state: AppState,
    pub options: LeptosOptions,
}

impl FromRef<Pages> for AppState {
    fn from_ref(pages: &Pages) -> Self {
        pages.state.clone()
    }
}

/// The addresses of the table of pages, as axum writes them.
pub fn addresses() -> Vec<String> {
    generate_route_list(App)
        .iter()
        .map(|listing| listing.path().to_owned())
        .collect()
}

/// Pages that nobody signs in for.
const OPEN: [&str; 3] = ["/register", "/registration", "/invitation"];

/// A page for whoever is signed in, once no gate stands before them; others sign in first and come back.
pub async fn page(
    State(pages): State<Pages>,
    Extension(mut visit): Extension<Visit>,
    request: Request,
) -> Response {
    let path = request.uri().path();
    if OPEN.contains(&path) {
        return render(&pages, visit, request).await;
    }
    let signs_in = path == "/sign-in" || path.starts_with("/sign-in/");
    match (visit.gate, &visit.person) {
        (Some(gate), _) if path == gate_address(gate) => {
            // What comes after a gate is another page altogether, header and all.
            visit.frame.inert = true;
            render(&pages, visit, request).await
        }
        (Some(gate), _) => Redirect::to(gate_address(gate)).into_response(),
        (None, None) if path == "/sign-in" => render(&pages, visit, request).await,
        (None, None) => Redirect::to(&sign_in_address(request.uri())).into_response(),
        (None, Some(_)) if signs_in => Redirect::to("/").into_response(),
        (None, Some(person)) if is_unmarked(&request) && may_place(&person.actor) => {
            marked(request.uri())
        }
        (None, Some(_)) => render(&pages, visit, request).await,
    }
}

fn may_place(actor: &Actor) -> bool {
    actor.may(Action::Step(StepName::Place)).is_ok()
}

/// A browser that opens the form of an order whose address has no mark yet.
fn is_unmarked(request: &Request) -> bool {
    let has = |name: &str, expected: &str| {
        let value = request.headers().get(name);
        value.is_some_and(|value| value == expected)
    };
    let uri = request.uri();
    uri.path() == "/orders/new"
        && !uri.query().unwrap_or_default().contains("once=")
        && (has("upgrade-insecure-requests", "1") || has("sec-fetch-dest", "document"))
}

/// The same with a mark by which what is sent twice, after Back too, is one order.
fn marked(uri: &Uri) -> Response {
    let Ok(once) = store::secret::once() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let query = uri
        .query()
        .map(|query| format!("{query}&"))
        .unwrap_or_default();
    Redirect::to(&format!("/orders/new?{query}once={once}")).into_response()
}

/// The boxes that were ticked in a list, as the address of a page.
pub async fn chosen(RawQuery(query): RawQuery) -> Redirect {
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let numbers = pairs.into_iter().filter(|(name, _)| name == "n");
    let numbers = numbers.filter_map(|(_, number)| Number::parse(&number));
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    if numbers.is_empty() {
        return Redirect::to("/orders/many/none");
    }
    Redirect::to(&format!("/orders/many/{}", numbers.join("+")))
}

/// There is no such page.
pub async fn missing(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let mut response = render(&pages, visit, request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// The page that a refused form stands on, with what was typed and why not.
pub async fn refused(pages: &Pages, mut visit: Visit, form: Form, problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status());
    let mut request = Request::new(Body::empty());
    let address = local_page(&form.address());
    *request.uri_mut() = address.parse().unwrap_or(Uri::from_static("/"));
    visit.frame.inert = form.act != form.page;
    let Form { act, page, typed } = form;
    visit.frame.kept = Some(Kept {
        act,
        page,
        typed,
        problem: problem.details(&visit.frame),
    });
    let mut response = render(pages, visit, request).await;
    // Where the page itself is not to be seen, its own status says so.
    if response.status() == StatusCode::OK
        && let Ok(status) = status
    {
        *response.status_mut() = status;
    }
    response
}

async fn render(pages: &Pages, visit: Visit, mut request: Request) -> Response {
    *request.method_mut() = Method::GET;
    let options = pages.options.clone();
    let frame = visit.frame.clone();
    let provided = move || {
        provide_context(visit.clone());
        provide_context(frame.clone());
        protect();
    };
    let handler = render_app_async_with_context(provided, move || shell(options.clone()));
    let mut response = handler(request).await;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Only scripts that this page was rendered with may run.
fn protect() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    let policy = format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

fn sign_in_address(from: &Uri) -> String {
    let back = from.path_and_query().map_or("/", |path| path.as_str());
    if back == "/" {
        return "/sign-in".to_owned();
    }
    match serde_html_form::to_string([("next", back)]) {
        Ok(query) => format!("/sign-in?{query}"),
        Err(_) => "/sign-in".to_owned(),
    }
}

/// A page of this site, for going back to; anything else becomes the home page.
pub fn local_page(page: &str) -> String {
    let stays_here = page.starts_with('/')
        && !page.starts_with("//")
        && !page.contains(['\\', '\r', '\n'])
        && page.parse::<Uri>().is_ok_and(|uri| uri.host().is_none());
    if stays_here {
        page.to_owned()
    } else {
        "/".to_owned()
    }
}
