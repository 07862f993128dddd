//! The hall's list: the form to fill in, and taking it in to be checked.

use std::time::Duration;

use app::areas::orders::hall::server as hall;
use app::serve::{Problem, Visit};
use axum::body::Body;
use axum::extract::{Extension, FromRequest, Multipart, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Field;
use domain::hall::COLUMNS;
use http_body_util::Limited;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::api::problem::ProblemJson;
use super::attachments::disposition;
use super::exports::MEDIA_TYPE;
use super::forms;
use super::pages::Pages;
use crate::files::sheet;
use crate::http::forms::Form;

const PAGE: &str = "/orders/import";
/// A list of two thousand rows, and room for pictures that somebody pasted.
const BYTES: usize = 10 * 1024 * 1024;
/// By then it is there, whole.
const SENT: Duration = Duration::from_secs(120);

/// One list is read at a time.
static READING: Semaphore = Semaphore::const_new(1);

/// Reads a list, keeps it for its sender, and goes on to its rows.
pub async fn import(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let plain = Form::of(PAGE, Vec::new());
    // Asked before a byte is read: reading a list costs memory.
    let may = match &visit.person {
        None => Err(Problem::NotSignedIn),
        Some(person) => person
            .actor
            .may(domain::Action::EnterOrders)
            .map_err(Problem::Refused),
    };
    if let Err(problem) = may {
        return forms::refuse(&pages, visit, plain, problem).await;
    }
    let headers = request.headers().clone();
    let request = request.map(|body| Body::new(Limited::new(body, BYTES)));
    let Ok(form) = Multipart::from_request(request, &()).await else {
        return ProblemJson::of(Problem::Malformed, &headers).into_response();
    };
    let read = timeout(SENT, read(form)).await;
    let taken = match read.unwrap_or(Err(Problem::TooLarge)) {
        Ok(rows) => hall::keep(&visit, &rows).await,
        Err(problem) => Err(problem),
    };
    match taken {
        Ok(draft) => Redirect::to(&format!("{PAGE}/{draft}")).into_response(),
        Err(problem) => forms::refuse(&pages, visit, plain, problem).await,
    }
}

async fn read(mut form: Multipart) -> Result<hall::Numbered, Problem> {
    while let Some(field) = form.next_field().await.map_err(forms::unread)? {
        if field.name() != Some(Field::Sheet.code()) {
            continue;
        }
        let bytes = field.bytes().await.map_err(forms::unread)?;
        let _turn = READING.acquire().await.map_err(|_| Problem::Failed)?;
        let rows = tokio::task::spawn_blocking(move || {
            let file = tempfile::NamedTempFile::new()?;
            std::fs::write(file.path(), &bytes)?;
            Ok::<_, std::io::Error>(sheet::read(file.path()))
        });
        return match rows.await {
            Ok(Ok(rows)) => Ok(rows?),
            Ok(Err(error)) => {
                tracing::error!(%error, "a list could not be laid down to be read");
                Err(Problem::Failed)
            }
            Err(error) => {
                tracing::error!(%error, "a list could not be read");
                Err(Problem::Failed)
            }
        };
    }
    Err(Problem::Malformed)
}

/// The form: its headings, and what can stand under them.
pub async fn form(Extension(visit): Extension<Visit>, request: Request) -> Response {
    let refused = |problem| ProblemJson::of(problem, request.headers()).into_response();
    let Some(person) = &visit.person else {
        return refused(Problem::NotSignedIn);
    };
    if let Err(refusal) = person.actor.may(domain::Action::EnterOrders) {
        return refused(Problem::Refused(refusal));
    }
    match write(&visit) {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, MEDIA_TYPE.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    disposition(false, "大厅收件表样.xlsx"),
                ),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a form could not be written");
            refused(Problem::Failed)
        }
    }
}

fn write(visit: &Visit) -> Result<Vec<u8>, XlsxError> {
    let book = visit.store.book();
    let directory = &book.directory;
    let bold = Format::new().set_bold();
    let mut workbook = Workbook::new();
    let list = workbook.add_worksheet().set_name("收件")?;
    for (at, column) in (0..).zip(COLUMNS) {
        list.write_string_with_format(0, at, column.heading, &bold)?;
        list.set_column_width(at, 18)?;
        if column.heading == "联系电话" {
            // As a number it would lose the nought of its area.
            list.set_column_format(at, &Format::new().set_num_format("@"))?;
        }
    }
    list.set_freeze_panes(1, 0)?;
    let choices = workbook.add_worksheet().set_name("填写说明")?;
    choices.set_column_width(0, 18)?.set_column_width(1, 60)?;
    let townships = directory
        .bodies
        .iter()
        .filter(|body| body.kind.is_township());
    let townships: Vec<&str> = townships.map(|body| body.short.zh.as_str()).collect();
    let categories = directory.categories.iter();
    let categories: Vec<&str> = categories.map(|one| one.name.zh.as_str()).collect();
    let optional = COLUMNS.iter().filter(|column| !column.needed);
    let optional: Vec<&str> = optional.map(|column| column.heading).collect();
    for (row, (name, text)) in (0..).zip([
        ("企业名称", "已注册企业的全称".to_owned()),
        ("类别", categories.join("、")),
        ("紧急程度", "一般、紧急、特急；不填为一般".to_owned()),
        ("乡镇（街道）", townships.join("、")),
        ("收件时间", "如 2026-11-25 09:30；不填为导入时".to_owned()),
        ("可不填的列", optional.join("、")),
    ]) {
        choices.write_string_with_format(row, 0, name, &bold)?;
        choices.write_string(row, 1, text)?;
    }
    workbook.save_to_buffer()
}
