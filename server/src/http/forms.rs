//! Forms, sent plainly or by a script: the same server function answers both.

use std::collections::HashMap;

use app::frame::{QUERY, SECRET};
use app::serve::door::Door;
use app::serve::{Problem, Visit, door, unsent};
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::multipart::MultipartError;
use axum::extract::{Extension, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Fault, Field, FieldFault};
use leptos::prelude::provide_context;
use leptos::server_fn::redirect::REDIRECT_HEADER;
use leptos_axum::handle_server_fns_with_context;
use serde::{Deserialize, Serialize};

use super::api::problem::ProblemJson;
use super::edge::is_multipart;
use super::pages::{Pages, local_page};
use super::{attachments, pages};

/// Why a form with files was not read to its end.
pub fn unread(error: MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::TooLarge
    } else {
        Problem::Malformed
    }
}

/// A question that changes nothing, asked by a script.
pub async fn ask(Extension(mut visit): Extension<Visit>, mut parts: Parts, body: Body) -> Response {
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return ProblemJson::of(Problem::TooLarge, &parts.headers).into_response();
    };
    visit.is_asked = true;
    // A script asked, whatever it says: there is no page to go back to.
    parts.headers.remove(header::ACCEPT);
    parts.headers.remove(header::REFERER);
    let form = Form::read(&parts, &Bytes::new());
    answer_script(visit, parts, body, &form).await
}

/// A step. A script gets the typed answer; a plain form gets a page: the next one,
/// or its own with what was typed and why not.
pub async fn act(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    parts: Parts,
    body: Body,
) -> Response {
    let wants_page = wants_page(&parts.headers);
    if is_multipart(&parts.headers) {
        return act_with_files(&pages, visit, parts, body).await;
    }
    let body = match to_bytes(body, usize::MAX).await {
        Ok(body) => body,
        Err(_) if wants_page => {
            let form = Form::read(&parts, &Bytes::new());
            return refuse(&pages, visit, form, Problem::TooLarge).await;
        }
        Err(_) => return ProblemJson::of(Problem::TooLarge, &parts.headers).into_response(),
    };
    let form = Form::read(&parts, &body);
    if !wants_page {
        return answer_script(visit, parts, body, &form).await;
    }
    carry_out(&pages, visit, parts, body, form).await
}

/// A plain form that carries its files: they are taken in first and wait for the form, so
/// that a refusal of what was typed loses none of them.
async fn act_with_files(pages: &Pages, visit: Visit, mut parts: Parts, body: Body) -> Response {
    let act = door::address(parts.uri.path());
    let whole = Request::from_parts(parts.clone(), body);
    let (mut form, read) = attachments::read_whole(&pages.state, &visit, whole, act.clone()).await;
    form.act = act;
    form.typed.push(("page".to_owned(), form.page.clone()));
    if let Err(problem) = read {
        return refuse(pages, visit, form, problem).await;
    }
    let body = Bytes::from(serde_html_form::to_string(&form.typed).unwrap_or_default());
    let plain = HeaderValue::from_static("application/x-www-form-urlencoded");
    parts.headers.insert(header::CONTENT_TYPE, plain);
    parts.headers.remove(header::CONTENT_LENGTH);
    let form = Form::read(&parts, &body);
    carry_out(pages, visit, parts, body, form).await
}

async fn carry_out(
    pages: &Pages,
    visit: Visit,
    mut parts: Parts,
    body: Bytes,
    form: Form,
) -> Response {
    if form.leaves_a_file_behind() {
        let (field, fault) = (Field::Attachments, Fault::NotUploaded);
        let problem = FieldFault { field, fault }.into();
        return refuse(pages, visit, form, problem).await;
    }
    // Where a server function goes that does not say where.
    match HeaderValue::from_str(&form.page) {
        Ok(page) => parts.headers.insert(header::REFERER, page),
        Err(_) => parts.headers.remove(header::REFERER),
    };
    let request = Request::from_parts(parts, Body::from(body));
    let response = run(visit.clone(), request, &form).await;
    match visit.take_outcome() {
        Some(Ok(())) => {
            unsent::sent(&visit, &form.page, &form.act).await;
            let place = response.headers().get(header::LOCATION);
            let place = place.and_then(|place| place.to_str().ok());
            let mut next = Redirect::to(place.unwrap_or(&form.page)).into_response();
            for cookie in response.headers().get_all(header::SET_COOKIE) {
                next.headers_mut()
                    .append(header::SET_COOKIE, cookie.clone());
            }
            next
        }
        Some(Err(problem)) => refuse(pages, visit, form, problem).await,
        // What came in could not be read, so that no function of ours was asked.
        None => refuse(pages, visit, form, Problem::Malformed).await,
    }
}

async fn answer_script(visit: Visit, parts: Parts, body: Bytes, form: &Form) -> Response {
    let headers = parts.headers.clone();
    let request = Request::from_parts(parts, Body::from(body));
    let response = run(visit.clone(), request, form).await;
    match visit.take_outcome() {
        Some(Ok(())) => {
            unsent::sent(&visit, &form.page, &form.act).await;
            response
        }
        Some(Err(_)) => response,
        None => ProblemJson::of(Problem::Malformed, &headers).into_response(),
    }
}

/// A plain form as it came in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Form {
    /// Where it was sent.
    pub act: String,
    /// The page that it stands on.
    pub page: String,
    pub typed: Vec<(String, String)>,
}

impl Form {
    /// One that is sent to its own page.
    pub fn of(page: &str, typed: Vec<(String, String)>) -> Self {
        Self {
            act: page.to_owned(),
            page: page.to_owned(),
            typed,
        }
    }

    fn read(parts: &Parts, body: &Bytes) -> Self {
        let mut typed: Vec<(String, String)> =
            serde_html_form::from_bytes(body).unwrap_or_default();
        // What is secret goes into no page, and is typed again.
        typed.retain(|(name, _)| !SECRET.contains(&name.as_str()));
        let act = door::address(parts.uri.path());
        let page = typed.iter().find(|(name, _)| name == "page");
        let page = page.map(|(_, page)| page.clone());
        let page = page.or_else(|| unsent::page_of(&act, &typed));
        Self {
            page: local_page(page.as_deref().unwrap_or("/")),
            act,
            typed,
        }
    }

    /// The page with what its address asked for, as the form that stands on it says.
    pub fn address(&self) -> String {
        let query = self.typed.iter().find(|(name, _)| name == QUERY);
        let query = query.map_or("", |(_, query)| query.as_str());
        let asks = query.split('&').filter(|pair| {
            let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
            !name.is_empty() && !DONE.contains(&name)
        });
        let asks = asks.collect::<Vec<_>>().join("&");
        if asks.is_empty() || self.page.contains('?') {
            self.page.clone()
        } else {
            format!("{}?{asks}", self.page)
        }
    }

    /// A file that was chosen and not sent would be lost in silence.
    fn leaves_a_file_behind(&self) -> bool {
        let mut fields = self.typed.iter();
        fields.any(|(name, file)| name == "file" && !file.is_empty())
    }
}

/// What an address says only once: that something was done.
const DONE: [&str; 6] = ["done", "made", "handed", "placed", "changed", "entered"];

/// The page of a plain form again, with what was typed and why not.
pub async fn refuse(pages: &Pages, visit: Visit, form: Form, problem: Problem) -> Response {
    if problem != Problem::NotSignedIn {
        return pages::refused(pages, visit, form, problem).await;
    }
    // What was typed travels through the sign-in and is there afterwards.
    let carried = serde_json::to_string(&form).unwrap_or_default();
    let sign_in = Form::of("/sign-in", vec![("carried".to_owned(), carried)]);
    pages::refused(pages, visit, sign_in, problem).await
}

/// A step on a case goes through its door; everything else is a server
/// function.
async fn run(visit: Visit, request: Request<Body>, form: &Form) -> Response {
    if let Some(outcome) = step(&visit, form).await {
        visit.leave(outcome.as_ref().map(|_| ()).map_err(Clone::clone));
        return answer(outcome, &visit);
    }
    let frame = visit.frame.clone();
    let provided = move || {
        provide_context(visit.clone());
        provide_context(frame.clone());
    };
    handle_server_fns_with_context(provided, request)
        .await
        .into_response()
}

/// How a step went, and the page that comes next; `None` where the form is of none.
async fn step(visit: &Visit, form: &Form) -> Option<Result<String, Problem>> {
    let door = Door::of(&form.act)?;
    let typed = form.typed.iter().cloned().collect();
    Some(door.act(visit, &typed).await)
}

/// As a server function answers a script: the next page in the head, or why not.
fn answer(outcome: Result<String, Problem>, visit: &Visit) -> Response {
    match outcome {
        Ok(next) => {
            let next = [
                (REDIRECT_HEADER, String::new()),
                (header::LOCATION.as_str(), next),
            ];
            (next, Json(())).into_response()
        }
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(problem.details(&visit.frame))).into_response()
        }
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The fields of a plain form; the first counts where one comes twice.
pub fn typed(body: &[u8]) -> HashMap<String, String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_bytes(body).unwrap_or_default();
    let mut fields = HashMap::new();
    for (name, value) in pairs {
        fields.entry(name).or_insert(value);
    }
    fields
}
