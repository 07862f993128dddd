//! Files to take away.

use app::problem::Problem;
use app::serve::Visit;
use app::sheets::AuditQuery;
use axum::body::Bytes;
use axum::extract::Extension;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::api::problem::ProblemJson;
use super::forms::typed;

/// The audit as CSV: what the page's filter finds, all of it.
pub async fn audit(
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut fields = typed(&body);
    let mut take = |name: &str| fields.remove(name).unwrap_or_default();
    let query = AuditQuery {
        q: take("q"),
        deed: take("deed"),
        from: take("from"),
        until: take("until"),
        before: String::new(),
    };
    match app::serve::audit::export(&visit, &query).await {
        Ok(csv) => file("audit.csv", csv),
        Err(problem) => refused(problem, &headers),
    }
}

fn file(name: &str, csv: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, csv).into_response()
}

fn refused(problem: Problem, headers: &HeaderMap) -> Response {
    ProblemJson::of(problem, headers).into_response()
}
