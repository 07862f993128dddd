//! Files to take away.

mod spreadsheet;

use app::areas::orders::list::ledger::{Ledger, guarded};
use app::serve::{Problem, Visit};
use app::sheets;
use app::sheets::AuditQuery;
use axum::body::{Body, Bytes};
use axum::extract::Extension;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use tokio_util::io::ReaderStream;

use super::api::problem::ProblemJson;
use super::api::read::Query;
use super::attachments::disposition;
use super::forms::typed;

pub use spreadsheet::MEDIA_TYPE;

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
    match app::areas::offices::audit::export(&visit, &query).await {
        Ok(csv) => file("audit.csv", csv),
        Err(problem) => refused(problem, &headers),
    }
}

/// What the list shows, all of it, as CSV; written as it is read.
pub async fn orders_csv(
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    Query(query): Query<sheets::Query>,
) -> Response {
    let ledger = match Ledger::open(&visit, &query).await {
        Ok(ledger) => ledger,
        Err(problem) => return refused(problem, &headers),
    };
    let name = format!("{}.csv", ledger.file_name());
    let headings = record(ledger.headings().map(str::to_owned));
    // With a mark, so that spreadsheets read the Chinese in it.
    let begin = std::iter::once(Ok(format!("\u{FEFF}{headings}")));
    let rows = futures::stream::unfold(Some(ledger), |ledger| async {
        let mut ledger = ledger?;
        match ledger.next().await {
            Ok(rows) if rows.is_empty() => None,
            Ok(rows) => Some((Ok(rows.into_iter().map(record).collect()), Some(ledger))),
            // Cut off in the middle, so that nobody takes a part for the whole.
            Err(_) => Some((Err(std::io::Error::other("an export broke off")), None)),
        }
    });
    let body = Body::from_stream(futures::stream::iter(begin).chain(rows));
    download(&name, "text/csv; charset=utf-8", body)
}

fn record<const N: usize>(cells: [String; N]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(cells.map(|cell| guarded(&cell)));
    match (written, writer.into_inner()) {
        (Ok(()), Ok(bytes)) => String::from_utf8(bytes).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The same as a spreadsheet, in the form that the offices know.
pub async fn orders_xlsx(
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    Query(query): Query<sheets::Query>,
) -> Response {
    let ledger = match Ledger::open(&visit, &query).await {
        Ok(ledger) => ledger,
        Err(problem) => return refused(problem, &headers),
    };
    let name = format!("{}.xlsx", ledger.file_name());
    match spreadsheet::write(ledger).await {
        Ok(file) => {
            let body = Body::from_stream(ReaderStream::new(file));
            download(&name, spreadsheet::MEDIA_TYPE, body)
        }
        Err(problem) => refused(problem, &headers),
    }
}

fn download(name: &str, media_type: &str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(false, name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body).into_response()
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
