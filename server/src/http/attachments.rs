//! Attachments: announced, sent in pieces, gone on with after a broken connection, read
//! by whoever sees what they hang on. The same for pages and for the HTTP API.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use app::serve::visit::problem;
use app::serve::{Problem, Visit, unsent};
use axum::Json;
use axum::body::{Body as AxumBody, Bytes};
use axum::extract::multipart::{Field as Part, MultipartError};
use axum::extract::{Extension, FromRequest, Multipart, OriginalUri, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::attachment::MOST;
use domain::{AttachmentId, Fault, FieldFault, FileKind, FileName};
use futures::{Stream, StreamExt, TryStreamExt};
use http_body_util::Limited;
use serde::{Deserialize, Serialize};
use store::attachments::{Announced, Upload};
use store::{Context, Error, attachments};
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;
use tower::ServiceExt;
use tower_http::services::ServeFile;
use utoipa::ToSchema;

use super::api::problem::ProblemJson;
use super::api::read::Body;
use super::pages::{Pages, local_page};
use super::{AppState, forms};
use crate::clock::Clock;
use crate::files::{Files, Held, content};
use crate::http::forms::Form;

/// A piece is there by then; who sends more slowly is cut off, and can go on.
const PIECE: Duration = Duration::from_secs(30);
const LONGEST_MARK: usize = 100;
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
    /// By which the same file is known when it is chosen again; without one, a file is
    /// gone on with by its id only.
    mark: String,
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

/// The context of whoever is signed in, for handlers that the HTTP API has too.
pub async fn with_desk(mut request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let person = visit.and_then(|visit| Some((visit.person.clone()?, visit)));
    let Some((person, visit)) = person else {
        return ProblemJson::of(Problem::NotSignedIn, request.headers()).into_response();
    };
    let ctx = Context::new(visit.store, person.actor, visit.now).traced(visit.trace);
    request.extensions_mut().insert(ctx);
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
    State(state): State<AppState>,
    Extension(ctx): Extension<Context>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Body(wish): Body<FileWish>,
) -> Response {
    match begin(&state, &ctx, wish).await {
        Ok(upload) => {
            let address = format!("{}/{}", uri.path(), upload.id);
            let file = FileJson::of(&upload, &state.files);
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

async fn begin(state: &AppState, ctx: &Context, wish: FileWish) -> Result<Upload, Problem> {
    let name = FileName::parse(&wish.name)?;
    let max = state.store.policy().attachment;
    if wish.size == 0 {
        return Err(refusal(Fault::EmptyFile));
    }
    if wish.size > u64::from(max) * 1024 * 1024 {
        return Err(refusal(Fault::TooBig { max }));
    }
    let (page, form) = match (wish.page.as_str(), wish.form.as_str()) {
        ("", "") => (String::new(), String::new()),
        (page, form) => unsent::place(page, form).ok_or(Problem::Malformed)?,
    };
    if wish.mark.len() > LONGEST_MARK {
        return Err(Problem::Malformed);
    }
    if !state.files.has_room(wish.size) {
        return Err(refusal(Fault::NoRoom));
    }
    let file = Announced {
        page,
        form,
        name,
        size: wish.size,
        mark: wish.mark,
    };
    attachments::begin(ctx, file, Clock::wall())
        .await
        .map_err(problem)
}

fn refusal(fault: Fault) -> Problem {
    let field = domain::Field::Attachments;
    FieldFault { field, fault }.into()
}

/// Where to go on, after a broken connection: `Upload-Offset` of `Upload-Length` bytes.
#[utoipa::path(
    head, path = "/attachments/{id}", params(("id" = i64, Path)),
    responses((status = 200), (status = 404))
)]
pub async fn where_to_go_on(
    State(state): State<AppState>,
    Extension(ctx): Extension<Context>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match announced(&ctx, &id).await {
        Ok(upload) => progress(&upload, &state.files, StatusCode::OK),
        Err(problem) => ProblemJson::of(problem, &headers).into_response(),
    }
}

/// A number that is none is a file that there is not.
fn number(id: &str) -> Result<AttachmentId, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

async fn announced(ctx: &Context, id: &str) -> Result<Upload, Problem> {
    attachments::upload(ctx, number(id)?).await.map_err(problem)
}

fn progress(upload: &Upload, files: &Files, status: StatusCode) -> Response {
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
    patch, path = "/attachments/{id}",
    params(("id" = i64, Path), ("Upload-Offset" = u64, Header)),
    request_body(content = String, content_type = "application/offset+octet-stream"),
    responses(
        (status = 204, headers(("Upload-Offset" = u64), ("Upload-Length" = u64))),
        (status = 404, body = ProblemJson), (status = 408), (status = 409),
        (status = 413, body = ProblemJson), (status = 422, body = ProblemJson),
    )
)]
pub async fn piece(
    State(state): State<AppState>,
    Extension(ctx): Extension<Context>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: AxumBody,
) -> Response {
    // Held before it is read: of two that send the same piece, one finds it done.
    let held = id.parse().ok().and_then(|id| state.files.hold(id));
    let upload = match announced(&ctx, &id).await {
        Ok(upload) => upload,
        Err(problem) => return ProblemJson::of(problem, &headers).into_response(),
    };
    let id = upload.id;
    let begins = headers.get(&OFFSET).and_then(|value| value.to_str().ok());
    let begins: Option<u64> = begins.and_then(|value| value.parse().ok());
    let Some(held) = held.filter(|_| begins == Some(offset(&upload, &state.files))) else {
        return progress(&upload, &state.files, StatusCode::CONFLICT);
    };
    let left = upload.size - offset(&upload, &state.files);
    match write(&state.files, id, left, body.into_data_stream()).await {
        Ok(Written::Whole) => {}
        // What came is kept; the rest is sent from there on.
        Ok(Written::BrokenOff) => {
            return progress(&upload, &state.files, StatusCode::REQUEST_TIMEOUT);
        }
        Err(problem) => return ProblemJson::of(problem, &headers).into_response(),
    }
    match settle(&state, &ctx, upload, held).await {
        Ok(upload) => progress(&upload, &state.files, StatusCode::NO_CONTENT),
        Err(problem) => ProblemJson::of(problem, &headers).into_response(),
    }
}

/// Whether a body came to its end.
#[derive(PartialEq, Eq)]
enum Written {
    Whole,
    BrokenOff,
}

/// Writes what comes to the end of the file; what was written stays where the connection
/// breaks.
async fn write<B, E>(
    files: &Files,
    id: AttachmentId,
    mut left: u64,
    pieces: impl Stream<Item = Result<B, E>>,
) -> Result<Written, Problem>
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
    let written = loop {
        let bytes = match timeout(PIECE, pieces.next()).await {
            Ok(Some(Ok(bytes))) => bytes,
            Ok(None) => break Written::Whole,
            Ok(Some(Err(_))) | Err(_) => break Written::BrokenOff,
        };
        let bytes = bytes.as_ref();
        let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= left);
        if !fits {
            return Err(Problem::TooLarge);
        }
        file.write_all(bytes).await.map_err(failed)?;
        left -= bytes.len() as u64;
    };
    file.flush().await.map_err(failed)?;
    Ok(written)
}

/// A file that is whole is looked into and put under its digest, or thrown away. In a
/// task of its own: a caller that goes away cancels nothing.
async fn settle(
    state: &AppState,
    ctx: &Context,
    upload: Upload,
    held: Held,
) -> Result<Upload, Problem> {
    if upload.kind.is_some() || state.files.received(upload.id) < upload.size {
        return Ok(upload);
    }
    let (files, ctx) = (state.files.clone(), ctx.clone());
    let settled = tokio::spawn(async move {
        let _held = held;
        take_up(&files, &ctx, upload).await
    });
    match settled.await {
        Ok(result) => result,
        Err(error) => {
            tracing::error!(%error, "an attachment cannot be looked into");
            Err(Problem::Failed)
        }
    }
}

async fn take_up(files: &Files, ctx: &Context, mut upload: Upload) -> Result<Upload, Problem> {
    let id = upload.id;
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "an attachment cannot be put where it belongs");
        Problem::Failed
    };
    let _looks = files
        .looks
        .acquire()
        .await
        .map_err(|error| failed(&error))?;
    let (at, name) = (files.coming(id), upload.name.clone());
    let looked = tokio::task::spawn_blocking(move || content::look_into(&at, &name));
    let kind = match looked.await.map_err(|error| failed(&error))? {
        Ok(kind) => kind,
        Err(fault) => {
            files.drop_coming(id);
            attachments::forget(ctx, id).await.map_err(problem)?;
            return Err(fault.into());
        }
    };
    upload.name = kind.named(upload.name)?;
    let _shelf = files.shelf.lock().await;
    let shelves = files.clone();
    let finished = tokio::task::spawn_blocking(move || shelves.finish(id));
    let digest = finished.await.map_err(|error| failed(&error))?;
    let digest = digest.map_err(|error| failed(&error))?;
    attachments::complete(ctx, id, (upload.name.clone(), kind), digest, Clock::wall())
        .await
        .map_err(problem)?;
    upload.kind = Some(kind);
    Ok(upload)
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
    State(state): State<AppState>,
    Extension(ctx): Extension<Context>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let found = match number(&id) {
        Ok(id) => attachments::find(&ctx, id).await.map_err(problem),
        Err(problem) => Err(problem),
    };
    let found = match found {
        Ok(file) => sound(&state.files, &file.digest)
            .await
            .map(|path| (file, path)),
        Err(problem) => Err(problem),
    };
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
        return ProblemJson::of(Problem::FileLost, &headers).into_response();
    }
    let inline = wanted.preview == "1" && file.kind.has_preview();
    for (name, value) in [
        (
            header::CONTENT_DISPOSITION,
            disposition(inline, file.name.as_str()),
        ),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
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

/// Where a file lies, once it was looked at that it is what was put there.
async fn sound(files: &Files, digest: &str) -> Result<PathBuf, Problem> {
    let (files, expected) = (files.clone(), digest.to_owned());
    let looked = tokio::task::spawn_blocking(move || {
        let sound = files.is_sound(&expected);
        files.whole(&expected).filter(|_| sound)
    });
    let path = looked.await.map_err(|error| {
        tracing::error!(%error, "an attachment cannot be looked at");
        Problem::Failed
    })?;
    path.ok_or_else(|| {
        tracing::error!(digest, "an attachment is missing or damaged");
        Problem::FileLost
    })
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
    State(state): State<AppState>,
    Extension(ctx): Extension<Context>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let taken = match number(&id) {
        Ok(id) => take_back(&state, &ctx, id).await,
        Err(problem) => Err(problem),
    };
    match taken {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => ProblemJson::of(problem, &headers).into_response(),
    }
}

async fn take_back(state: &AppState, ctx: &Context, id: AttachmentId) -> Result<(), Problem> {
    attachments::forget(ctx, id).await.map_err(problem)?;
    state.files.drop_coming(id);
    Ok(())
}

/// What a plain form has beside its files.
const TYPED: usize = 256 * 1024;
/// By then a plain form with files is there, whole.
const FORM: Duration = Duration::from_secs(15 * 60);

/// A plain form with files: they are kept, and what was typed beside them, and its page
/// comes back with both. `remove` names a file that is to be taken back.
pub async fn form(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Response {
    let (kept, read) = read_whole(&pages.state, &visit, request, String::new()).await;
    match read {
        Ok(()) => {
            let stays = local_page(&kept.address());
            unsent::keep_typed(&visit, &kept.page, &kept.act, kept.typed).await;
            Redirect::to(&stays).into_response()
        }
        Err(problem) => forms::refuse(&pages, visit, kept, problem).await,
    }
}

/// Reads a plain form that carries files: they wait for the form `act` of its page, and
/// what was typed beside them is answered, with the numbers of the files under `files`.
pub async fn read_whole(
    state: &AppState,
    visit: &Visit,
    request: Request,
    act: String,
) -> (Form, Result<(), Problem>) {
    let files = usize::from(state.store.policy().attachment) * 1024 * 1024 * MOST;
    // Whoever is not signed in loses no text, and sends nothing else.
    let (most, until) = match visit.person {
        Some(_) => (files + TYPED, FORM),
        None => (TYPED, PIECE),
    };
    let allowance = Allowance::new(TYPED + AHEAD);
    let counted = allowance.clone();
    let request = request.map(|body| {
        let pieces = AxumBody::new(Limited::new(body, most)).into_data_stream();
        let pieces = pieces.map(move |piece| counted.take(piece));
        AxumBody::from_stream(pieces)
    });
    let mut kept = Form {
        act,
        page: "/".to_owned(),
        typed: Vec::new(),
    };
    let Ok(form) = Multipart::from_request(request, &()).await else {
        return (kept, Err(Problem::Malformed));
    };
    let read = timeout(until, read_form(state, visit, form, &mut kept, &allowance)).await;
    let result = match read {
        // Whatever broke off was too much beside its files.
        Ok(Err(Problem::Malformed)) if allowance.is_over() => Err(Problem::TooLarge),
        Ok(result) if visit.person.is_some() => result,
        Ok(_) | Err(_) if visit.person.is_none() => Err(Problem::NotSignedIn),
        Ok(result) => result,
        Err(_) => Err(Problem::TooLarge),
    };
    (kept, result)
}

/// What is read ahead of the part that is looked at.
const AHEAD: usize = 512 * 1024;
/// Fields of a form, and letters of a field's name.
const FIELDS: usize = 300;
const NAME: usize = 100;

/// What may come that is no file: names, headers and text have one bound together.
#[derive(Clone)]
struct Allowance(Arc<AtomicI64>);

impl Allowance {
    fn new(bytes: usize) -> Self {
        Self(Arc::new(AtomicI64::new(
            i64::try_from(bytes).unwrap_or(i64::MAX),
        )))
    }

    fn take<E>(&self, piece: Result<Bytes, E>) -> Result<Bytes, std::io::Error>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let piece = piece.map_err(std::io::Error::other)?;
        let length = i64::try_from(piece.len()).unwrap_or(i64::MAX);
        if self.0.fetch_sub(length, Ordering::Relaxed) < length {
            return Err(std::io::Error::other("too much beside the files"));
        }
        Ok(piece)
    }

    /// It was part of a file.
    fn give_back(&self, bytes: usize) {
        let bytes = i64::try_from(bytes).unwrap_or(0);
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed) < 0
    }
}

async fn read_form(
    state: &AppState,
    visit: &Visit,
    mut form: Multipart,
    kept: &mut Form,
    allowance: &Allowance,
) -> Result<(), Problem> {
    let ctx = visit.person.as_ref().map(|person| {
        let ctx = Context::new(visit.store.clone(), person.actor.clone(), visit.now);
        ctx.traced(visit.trace.clone())
    });
    let mut refused = Ok(());
    let mut left = TYPED;
    let mut fields = 0;
    // A form that breaks off is not taken for a whole one.
    while let Some(mut field) = form.next_field().await.map_err(forms::unread)? {
        fields += 1;
        let name = field.name().unwrap_or_default().to_owned();
        if fields > FIELDS || name.chars().count() > NAME {
            return Err(Problem::TooLarge);
        }
        match (field.file_name().map(str::to_owned), &ctx) {
            (None, _) => {
                let text = text_of(&mut field, &mut left).await?;
                match (name.as_str(), &ctx) {
                    ("page", _) => kept.page = local_page(&text),
                    ("upload_for", _) => kept.act = text,
                    ("remove", Some(ctx)) => {
                        if let Ok(id) = text.parse() {
                            // Gone already is what was wanted.
                            let _ = take_back(state, ctx, id).await;
                        }
                    }
                    _ => kept.typed.push((name, text)),
                }
            }
            (Some(file), Some(ctx)) if !file.is_empty() => {
                let pieces = (&mut field).inspect_ok(|piece| allowance.give_back(piece.len()));
                match take_in(state, ctx, kept, &file, pieces).await {
                    Ok(id) => {
                        let mut typed = kept.typed.iter_mut();
                        match typed.find(|(name, _)| name == "files") {
                            Some((_, all)) => *all = format!("{all} {id}"),
                            None => kept.typed.push(("files".to_owned(), id.to_string())),
                        }
                    }
                    Err(problem) => refused = refused.and(Err(problem)),
                }
                // One that was refused before its end is read to it, and not kept.
                while let Some(piece) = field.chunk().await.map_err(forms::unread)? {
                    allowance.give_back(piece.len());
                }
            }
            (Some(_), _) => {
                while let Some(piece) = field.chunk().await.map_err(forms::unread)? {
                    allowance.give_back(piece.len());
                }
            }
        }
    }
    refused
}

async fn text_of(field: &mut Part<'_>, left: &mut usize) -> Result<String, Problem> {
    let mut text = Vec::new();
    while let Some(bytes) = field.chunk().await.map_err(forms::unread)? {
        *left = left.checked_sub(bytes.len()).ok_or(Problem::TooLarge)?;
        text.extend_from_slice(&bytes);
    }
    String::from_utf8(text).map_err(|_| Problem::Malformed)
}

/// A file of a plain form, whose size nobody announced.
async fn take_in(
    state: &AppState,
    ctx: &Context,
    form: &Form,
    name: &str,
    pieces: impl Stream<Item = Result<Bytes, MultipartError>>,
) -> Result<AttachmentId, Problem> {
    let max = state.store.policy().attachment;
    let most = u64::from(max) * 1024 * 1024;
    // Announced as the largest; what it is, is known when it is there.
    let wish = FileWish {
        name: name.to_owned(),
        size: most,
        page: form.page.clone(),
        form: form.act.clone(),
        mark: String::new(),
    };
    let upload = begin(state, ctx, wish).await?;
    let held = state.files.hold(upload.id).ok_or(Problem::Failed)?;
    let written = write(&state.files, upload.id, most, pieces).await;
    let received = state.files.received(upload.id);
    let measured = match written {
        Err(Problem::TooLarge) => Err(refusal(Fault::TooBig { max })),
        Err(problem) => Err(problem),
        Ok(Written::BrokenOff) => Err(refusal(Fault::NotUploaded)),
        Ok(Written::Whole) if received == 0 => Err(refusal(Fault::EmptyFile)),
        Ok(Written::Whole) => attachments::measure(ctx, upload.id, received)
            .await
            .map_err(problem),
    };
    match measured {
        Ok(upload) => settle(state, ctx, upload, held).await.map(|one| one.id),
        Err(problem) => {
            state.files.drop_coming(upload.id);
            match attachments::forget(ctx, upload.id).await {
                Ok(()) | Err(Error::NotFound) => Err(problem),
                Err(error) => Err(app::serve::visit::problem(error)),
            }
        }
    }
}
