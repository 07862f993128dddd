//! Attachments: announced, sent in pieces, gone on with after a broken connection, read
//! by whoever sees what they hang on. The same for pages and for the HTTP API.

use std::time::Duration;

use app::frame::Kept;
use app::problem::Problem;
use app::serve::visit::problem;
use app::serve::{Visit, unsent};
use axum::Json;
use axum::body::Body as AxumBody;
use axum::extract::{Extension, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{AttachmentId, Fault, Field, FieldFault, FileKind, FileName};
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use store::attachments::{self, Upload};
use store::{Desk, Error};
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;
use tower::ServiceExt;
use tower_http::services::ServeFile;
use utoipa::ToSchema;

use super::House;
use super::api::problem::ProblemJson;
use super::api::read::Body;
use super::forms;
use super::pages::{Pages, local_page};
use crate::clock::Clock;
use crate::files::{Files, content};

/// A piece is there by then; who sends more slowly is cut off, and can go on.
const PIECE: Duration = Duration::from_secs(30);
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");

/// A file to be sent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct FileWish {
    name: String,
    /// In bytes.
    size: u64,
    /// Of pages: the form that it is for.
    #[schema(ignore)]
    page: String,
    #[schema(ignore)]
    form: String,
}

/// A file that was announced.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileJson {
    id: i64,
    name: String,
    size: u64,
    /// Bytes that are there; the next piece begins here.
    offset: u64,
}

impl FileJson {
    fn of(upload: &Upload, files: &Files) -> Self {
        Self {
            id: upload.id,
            name: upload.name.as_str().to_owned(),
            size: upload.size,
            offset: offset(upload, files),
        }
    }
}

fn offset(upload: &Upload, files: &Files) -> u64 {
    match upload.kind {
        Some(_) => upload.size,
        None => files.received(upload.id),
    }
}

/// The desk of whoever is signed in, for handlers that the HTTP API has too.
pub async fn with_desk(mut request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let person = visit.and_then(|visit| Some((visit.person.clone()?, visit)));
    let Some((person, visit)) = person else {
        return ProblemJson::of(Problem::NotSignedIn, request.headers()).into_response();
    };
    let desk = Desk::new(visit.store, person.actor, visit.now).traced(visit.trace);
    request.extensions_mut().insert(desk);
    next.run(request).await
}

/// Announce a file; the answer says where to go on. It hangs on a step that names its
/// id in `attachments`.
#[utoipa::path(
    post, path = "/attachments", request_body = FileWish,
    responses(
        (status = 201, body = FileJson), (status = 413, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn announce(
    State(house): State<House>,
    Extension(desk): Extension<Desk>,
    headers: HeaderMap,
    Body(wish): Body<FileWish>,
) -> Response {
    match begin(&house, &desk, wish).await {
        Ok(upload) => {
            let address = format!("/attachments/{}", upload.id);
            let file = FileJson::of(&upload, &house.files);
            (
                StatusCode::CREATED,
                [(header::LOCATION, address)],
                Json(file),
            )
                .into_response()
        }
        Err(problem) => ProblemJson::of(problem, &headers).into_response(),
    }
}

async fn begin(house: &House, desk: &Desk, wish: FileWish) -> Result<Upload, Problem> {
    let name = FileName::parse(&wish.name)?;
    let max = house.store.policy().attachment;
    if wish.size == 0 {
        return Err(refusal(Fault::EmptyFile));
    }
    if wish.size > u64::from(max) * 1024 * 1024 {
        return Err(refusal(Fault::TooBig { max }));
    }
    let place = (wish.page, wish.form);
    attachments::begin(desk, place, name, wish.size, Clock::wall())
        .await
        .map_err(problem)
}

fn refusal(fault: Fault) -> Problem {
    let field = Field::Attachments;
    FieldFault { field, fault }.into()
}

/// Where to go on, after a broken connection: `Upload-Offset` of `Upload-Length` bytes.
#[utoipa::path(
    head, path = "/attachments/{id}", params(("id" = i64, Path)),
    responses((status = 200), (status = 404))
)]
pub async fn where_to_go_on(
    State(house): State<House>,
    Extension(desk): Extension<Desk>,
    Path(id): Path<AttachmentId>,
    headers: HeaderMap,
) -> Response {
    match attachments::upload(&desk, id).await {
        Ok(upload) => state(&upload, &house.files, StatusCode::OK),
        Err(error) => ProblemJson::of(problem(error), &headers).into_response(),
    }
}

fn state(upload: &Upload, files: &Files, status: StatusCode) -> Response {
    let headers = [
        (OFFSET, offset(upload, files).to_string()),
        (LENGTH, upload.size.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (status, headers).into_response()
}

/// Send a piece: it begins at `Upload-Offset`. With the last one the file is looked into,
/// and refused where it is not what its name says.
#[utoipa::path(
    patch, path = "/attachments/{id}", params(("id" = i64, Path)),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
        (status = 204), (status = 404, body = ProblemJson), (status = 409, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn piece(
    State(house): State<House>,
    Extension(desk): Extension<Desk>,
    Path(id): Path<AttachmentId>,
    headers: HeaderMap,
    body: AxumBody,
) -> Response {
    let upload = match attachments::upload(&desk, id).await {
        Ok(upload) => upload,
        Err(error) => return ProblemJson::of(problem(error), &headers).into_response(),
    };
    let begins = headers.get(&OFFSET).and_then(|value| value.to_str().ok());
    let begins: Option<u64> = begins.and_then(|value| value.parse().ok());
    let held = house.files.hold(id);
    if held.is_none() || begins != Some(offset(&upload, &house.files)) {
        return state(&upload, &house.files, StatusCode::CONFLICT);
    }
    let left = upload.size - offset(&upload, &house.files);
    let pieces = body.into_data_stream();
    let written = write(&house.files, id, left, pieces).await;
    if let Err(problem) = written {
        return ProblemJson::of(problem, &headers).into_response();
    }
    match settle(&house, &desk, upload).await {
        Ok(upload) => state(&upload, &house.files, StatusCode::NO_CONTENT),
        Err(problem) => ProblemJson::of(problem, &headers).into_response(),
    }
}

/// Writes what comes to the end of the file; what was written stays where the connection
/// breaks.
async fn write<B, E>(
    files: &Files,
    id: AttachmentId,
    mut left: u64,
    pieces: impl Stream<Item = Result<B, E>>,
) -> Result<(), Problem>
where
    B: AsRef<[u8]>,
{
    let failed = |error: std::io::Error| {
        tracing::error!(%error, "an attachment cannot be written");
        Problem::Failed
    };
    let mut file = tokio::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(files.coming(id))
        .await
        .map_err(failed)?;
    let mut pieces = std::pin::pin!(pieces);
    while let Ok(Some(Ok(bytes))) = timeout(PIECE, pieces.next()).await {
        let bytes = bytes.as_ref();
        let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= left);
        if !fits {
            return Err(Problem::TooLarge);
        }
        file.write_all(bytes).await.map_err(failed)?;
        left -= bytes.len() as u64;
    }
    file.flush().await.map_err(failed)
}

/// A file that is whole is looked into and put under its digest, or thrown away.
async fn settle(house: &House, desk: &Desk, mut upload: Upload) -> Result<Upload, Problem> {
    let id = upload.id;
    if upload.kind.is_some() || house.files.received(id) < upload.size {
        return Ok(upload);
    }
    let (files, name) = (house.files.clone(), upload.name.clone());
    let looked = tokio::task::spawn_blocking(move || {
        let kind = content::look_into(&files.coming(id), &name)?;
        Ok::<_, FieldFault>((kind, files.finish(id)))
    });
    match looked.await {
        Ok(Ok((kind, Ok(digest)))) => {
            attachments::complete(desk, id, kind, digest, Clock::wall())
                .await
                .map_err(problem)?;
            upload.kind = Some(kind);
            Ok(upload)
        }
        Ok(Err(fault)) => {
            house.files.drop_coming(id);
            attachments::forget(desk, id).await.map_err(problem)?;
            Err(fault.into())
        }
        Ok(Ok((_, Err(error)))) => {
            tracing::error!(%error, "an attachment cannot be put where it belongs");
            Err(Problem::Failed)
        }
        Err(error) => {
            tracing::error!(%error, "an attachment cannot be looked into");
            Err(Problem::Failed)
        }
    }
}

/// How a file is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// `1`: shown in the browser, where it can be.
    preview: String,
}

/// Read a file: by whoever sees what it hangs on.
#[utoipa::path(
    get, path = "/attachments/{id}", params(("id" = i64, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = ProblemJson))
)]
pub async fn read(
    State(house): State<House>,
    Extension(desk): Extension<Desk>,
    Path(id): Path<AttachmentId>,
    Query(wanted): Query<Wanted>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let found = attachments::find(&desk, id).await.map_err(problem);
    let found = found.and_then(|file| {
        let path = house.files.whole(&file.digest).ok_or(Problem::Failed)?;
        Ok((file, path))
    });
    let (file, path) = match found {
        Ok(found) => found,
        Err(problem) => return ProblemJson::of(problem, &headers).into_response(),
    };
    let media_type = file.kind.media_type().parse();
    let Ok(media_type) = media_type else {
        return ProblemJson::of(Problem::Failed, &headers).into_response();
    };
    let served = ServeFile::new_with_mime(path, &media_type)
        .oneshot(request)
        .await;
    let mut response = match served {
        Ok(served) => served.map(AxumBody::new),
        Err(never) => match never {},
    };
    if response.status() == StatusCode::NOT_FOUND {
        tracing::error!(id, "an attachment is not where it belongs");
        return ProblemJson::of(Problem::Failed, &headers).into_response();
    }
    let inline = wanted.preview == "1" && file.kind.has_preview();
    for (name, value) in [
        (
            header::CONTENT_DISPOSITION,
            disposition(inline, file.name.as_str()),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (
            header::CONTENT_SECURITY_POLICY,
            policy(file.kind).to_owned(),
        ),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The browser's own reader of PDF is a page with a style and an object.
fn policy(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Pdf => {
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; \
             frame-ancestors 'none'"
        }
        _ => "default-src 'none'; frame-ancestors 'none'; sandbox",
    }
}

/// RFC 6266: the name in UTF-8, percent-encoded.
pub fn disposition(inline: bool, name: &str) -> String {
    let how = if inline { "inline" } else { "attachment" };
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("{how}; filename*=UTF-8''{encoded}")
}

/// Take back a file that hangs on nothing yet.
#[utoipa::path(
    delete, path = "/attachments/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = ProblemJson))
)]
pub async fn remove(
    State(house): State<House>,
    Extension(desk): Extension<Desk>,
    Path(id): Path<AttachmentId>,
    headers: HeaderMap,
) -> Response {
    match take_back(&house, &desk, id).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => ProblemJson::of(problem, &headers).into_response(),
    }
}

async fn take_back(house: &House, desk: &Desk, id: AttachmentId) -> Result<(), Problem> {
    attachments::forget(desk, id).await.map_err(problem)?;
    house.files.drop_coming(id);
    Ok(())
}

/// A plain form with files: they are kept, and what was typed beside them, and its page
/// comes back with both. `remove` names a file that is to be taken back.
pub async fn form(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    mut form: Multipart,
) -> Response {
    let house = &pages.house;
    let desk = visit.person.as_ref().map(|person| {
        let desk = Desk::new(visit.store.clone(), person.actor.clone(), visit.now);
        desk.traced(visit.trace.clone())
    });
    let mut kept = Kept {
        act: String::new(),
        page: "/".to_owned(),
        typed: Vec::new(),
        problem: Problem::Malformed,
    };
    let mut refused = desk.is_none().then_some(Problem::NotSignedIn);
    while let Ok(Some(mut field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        match (file, &desk) {
            (None, _) => {
                let Ok(text) = field.text().await else { break };
                match (name.as_str(), &desk) {
                    ("page", _) => kept.page = local_page(&text),
                    ("upload_for", _) => kept.act = text,
                    ("remove", Some(desk)) => {
                        if let Ok(id) = text.parse() {
                            // Gone already is what was wanted.
                            let _ = take_back(house, desk, id).await;
                        }
                    }
                    _ => kept.typed.push((name, text)),
                }
            }
            (Some(file), Some(desk)) if !file.is_empty() => {
                let place = (kept.page.clone(), kept.act.clone());
                let taken = take_in(house, desk, place, &file, &mut field).await;
                refused = refused.or(taken.err());
            }
            (Some(_), _) => {}
        }
    }
    match refused {
        Some(problem) => {
            kept.problem = problem;
            forms::refuse(&pages, visit, kept).await
        }
        None => {
            unsent::keep_typed(&visit, &kept.page, &kept.act, kept.typed).await;
            Redirect::to(&kept.page).into_response()
        }
    }
}

/// A file of a plain form, whose size nobody announced.
async fn take_in(
    house: &House,
    desk: &Desk,
    (page, form): (String, String),
    name: &str,
    pieces: &mut (
             impl Stream<Item = Result<axum::body::Bytes, axum::extract::multipart::MultipartError>>
             + Unpin
         ),
) -> Result<(), Problem> {
    let name = FileName::parse(name)?;
    let max = house.store.policy().attachment;
    let most = u64::from(max) * 1024 * 1024;
    // Announced as the largest, so that none like it is gone on with.
    let place = (page, form);
    let upload = attachments::begin(desk, place, name, most + 1, Clock::wall())
        .await
        .map_err(problem)?;
    let _held = house.files.hold(upload.id).ok_or(Problem::Failed)?;
    house.files.drop_coming(upload.id);
    let written = write(&house.files, upload.id, most, pieces).await;
    let received = house.files.received(upload.id);
    let result = match written {
        Err(Problem::TooLarge) => Err(refusal(Fault::TooBig { max })),
        Err(problem) => Err(problem),
        Ok(()) if received == 0 => Err(refusal(Fault::EmptyFile)),
        Ok(()) => attachments::measure(desk, upload.id, received)
            .await
            .map_err(problem),
    };
    match result {
        Ok(upload) => settle(house, desk, upload).await.map(|_| ()),
        Err(problem) => {
            house.files.drop_coming(upload.id);
            match attachments::forget(desk, upload.id).await {
                Ok(()) | Err(Error::NotFound) => Err(problem),
                Err(error) => Err(app::serve::visit::problem(error)),
            }
        }
    }
}
