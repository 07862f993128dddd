//! What every request passes, whatever it asks for.

use std::any::Any;
use std::time::Duration;

use app::serve::Problem;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;
use tokio::time::timeout;

use super::api::problem::ProblemJson;
use super::request::current;

/// Headers of every answer; the pages add their content security policy.
pub async fn headers(mut response: Response) -> Response {
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
        // Ignored where the page did not come encrypted.
        (
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        ),
    ] {
        let headers = response.headers_mut();
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Whatever is no page of ours runs and shows nothing.
    let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    let headers = response.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(policy);
    response
}

/// No address of ours is nearly as long; rendering a page for one has been seen
/// not to end.
const LONGEST_ADDRESS: usize = 4096;

pub async fn short_address(request: Request, next: Next) -> Response {
    // CONNECT asks for another machine, and has no address of ours.
    if request.uri().path_and_query().is_none() {
        return ProblemJson::of(Problem::Malformed, request.headers()).into_response();
    }
    let length = request
        .uri()
        .path_and_query()
        .map_or(0, |path| path.as_str().len());
    if length <= LONGEST_ADDRESS {
        next.run(request).await
    } else {
        let problem = ProblemJson::of(Problem::Malformed, request.headers());
        problem.with(StatusCode::URI_TOO_LONG).into_response()
    }
}

/// A form of 5,000 characters, percent-encoded, and room to say that it is too long.
const BODY_BYTES: usize = 256 * 1024;
/// By then a body is there, whole; who sends more slowly is cut off.
const BODY: Duration = Duration::from_secs(20);

/// The body is read before anything is done, within its time and size; but attachments,
/// which have bounds of their own.
pub async fn whole_body(request: Request, next: Next) -> Response {
    if streams(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match timeout(BODY, to_bytes(body, BODY_BYTES)).await {
        Ok(Ok(body)) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Ok(Err(_)) => {
            // Whoever reads it says what there is to say, as a page or otherwise.
            let body = Body::new(Limited::new(Body::from("too much"), 0));
            next.run(Request::from_parts(parts, body)).await
        }
        Err(_) => {
            let problem = ProblemJson::of(Problem::Malformed, &parts.headers);
            problem.with(StatusCode::REQUEST_TIMEOUT).into_response()
        }
    }
}

/// Whether its handler reads the body piece by piece.
fn streams(request: &Request) -> bool {
    let path = request.uri().path();
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    let is_piece = *request.method() == Method::PATCH && path.starts_with("/attachments/");
    let is_form = path.starts_with("/act/") && is_multipart(request.headers());
    is_piece || is_form || matches!(path, "/attachments/form" | "/orders/import")
}

/// A plain form that carries files.
pub fn is_multipart(headers: &HeaderMap) -> bool {
    let content = headers.get(header::CONTENT_TYPE);
    let content = content.and_then(|content| content.to_str().ok());
    content.is_some_and(|content| content.starts_with("multipart/form-data"))
}

/// A browser's request that changes something must come from a page of ours.
/// Browsers always say where such a request comes from; programs use tokens.
pub async fn same_origin(request: Request, next: Next) -> Response {
    if is_safe(request.method()) || is_from_here(&request) {
        next.run(request).await
    } else {
        ProblemJson::of(Problem::ForeignOrigin, request.headers()).into_response()
    }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_from_here(request: &Request) -> bool {
    let header = |name| request.headers().get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = header(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    // Browsers too old for either say where a form stood.
    let from = header(header::ORIGIN).or_else(|| header(header::REFERER));
    match (from, header(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from.split('/').next() == Some(host)),
        (Some(_), None) => false,
    }
}

/// A refusal that a browser shows is a page, whatever refused it; programs read JSON.
pub async fn for_people(request: Request, next: Next) -> Response {
    let is_program = request.uri().path().starts_with("/api/");
    let accept = request.headers().get(header::ACCEPT);
    let accept = accept.and_then(|accept| accept.to_str().ok());
    let wants_page = !is_program && accept.is_some_and(|accept| accept.contains("text/html"));
    let response = next.run(request).await;
    let content = response.headers().get(header::CONTENT_TYPE);
    let is_problem = content.is_some_and(|content| content == "application/problem+json");
    if !wants_page || !is_problem {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let said = to_bytes(body, BODY_BYTES).await.unwrap_or_default();
    let said: serde_json::Value = serde_json::from_slice(&said).unwrap_or_default();
    let detail = said["detail"].as_str().unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    parts.headers.insert(header::CONTENT_TYPE, html);
    let page = maud::html! {
        (maud::DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (parts.status.as_u16()) " · 直通 Zhitong" }
            }
            body {
                h1 { "未能办理 Not done" }
                p { (detail) }
                p { "请求编号 Request " (current()) }
                p { a href="/" { "回首页 Home" } }
            }
        }
    };
    Response::from_parts(parts, Body::from(page.into_string()))
}

/// A panic is an answer too, not a broken connection.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(what, "a handler panicked");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        format!(
            "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>系统出错了</title>\
         <h1>系统出错了</h1><p>请稍后再试。Something went wrong; please try again later.</p>\
         <p>请求编号 Request {}</p><p><a href=\"/\">回首页 Home</a></p></html>",
            current()
        ),
    )
        .into_response()
}
