//! Who asks: by session cookie for pages, by token for the HTTP API.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use app::frame::{Frame, Me, Theme};
use app::serve::visit::problem;
use app::serve::{Channel, Problem, Visit};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use chrono::Datelike;
use domain::account::Gate;
use domain::{Actor, AuditKind, Named};
use store::audit::Entry;
use store::context::Trace;
use store::sessions::Session;
use store::{audit, people, sessions};
use words::lang::Lang;

use super::AppState;
use super::api::problem::ProblemJson;
use super::limits::too_many;
use super::request::{Address, is_encrypted, origin};
use crate::clock::Clock;
use crate::demo;

pub const LANG: &str = "lang";
pub const THEME: &str = "theme";
pub const TEXT: &str = "text";

/// The cookie of the session. Where it only travels encrypted, its name keeps it from
/// being set by any other site, a sister's included.
pub fn session_name(encrypted: bool) -> &'static str {
    if encrypted {
        "__Host-session"
    } else {
        "session"
    }
}

/// The cookie by which a browser is known from which somebody has signed in before.
pub fn device_name(encrypted: bool) -> &'static str {
    if encrypted { "__Host-device" } else { "device" }
}

pub fn session_cookie(secret: String, encrypted: bool) -> Cookie<'static> {
    secret_cookie(session_name(encrypted), secret, encrypted)
}

/// A cookie that no script reads and no other site sends along.
pub fn secret_cookie(
    name: impl Into<Cow<'static, str>>,
    value: String,
    encrypted: bool,
) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(encrypted)
        .build()
}

/// Puts the visit into the request, and what was refused to somebody into the audit.
pub async fn by_session(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let trace = trace(&request);
    let visit = match open(&state, request.headers(), &jar, trace).await {
        Ok(visit) => visit,
        Err(problem) => return ProblemJson::of(problem, request.headers()).into_response(),
    };
    let address = request.extensions().get::<Address>().copied();
    if let Some(session) = &visit.session
        && !address.is_some_and(Address::is_this_machine)
        && let Err(problem) = state.by_account.check(&session.account)
    {
        return too_many(problem, request.headers());
    }
    let (trace, actor) = (visit.trace.clone(), visit.person.clone().map(|p| p.actor));
    let asked = format!("{} {}", request.method(), request.uri().path());
    request.extensions_mut().insert(visit);
    let response = next.run(request).await;
    refused(&state, response.status(), actor.as_ref(), &trace, asked).await;
    response
}

pub fn trace(request: &Request) -> Trace {
    let trace = request.extensions().get::<Trace>();
    trace.cloned().unwrap_or_default()
}

/// What somebody was not allowed, or was not to know of, leaves a line.
pub async fn refused(
    state: &AppState,
    status: StatusCode,
    actor: Option<&Actor>,
    trace: &Trace,
    asked: String,
) {
    let Some(actor) = actor else { return };
    if !matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) {
        return;
    }
    let entry = Entry::new(AuditKind::Refused, Clock::wall(), trace)
        .by(actor)
        .object(asked)
        .detail(status.as_u16().to_string());
    let store = state.store.clone();
    let write = async move {
        if let Err(error) = audit::write(&store, entry).await {
            tracing::error!(%error, "a refusal could not be written into the audit");
        }
    };
    // Whoever is refused does not wait for the writer, unless many are.
    match state.refusals.clone().try_acquire_owned() {
        Ok(place) => {
            tokio::spawn(async move {
                write.await;
                drop(place);
            });
        }
        Err(_) => write.await,
    }
}

async fn open(
    state: &AppState,
    headers: &HeaderMap,
    jar: &CookieJar,
    trace: Trace,
) -> Result<Visit, Problem> {
    let policy = state.store.policy();
    let session = match jar.get(session_name(is_encrypted(headers))) {
        Some(cookie) => sessions::resume(&state.store, cookie.value(), Clock::wall(), &policy)
            .await
            .map_err(problem)?,
        None => None,
    };
    let encrypted = is_encrypted(headers);
    let cookie = move |secret: &str| session_cookie(secret.to_owned(), encrypted).to_string();
    let channel = Channel {
        origin: origin(headers),
        cookie: Arc::new(cookie),
    };
    visit(state, jar, session, trace, channel).await
}

/// The visit of somebody, or of nobody yet.
pub async fn visit(
    state: &AppState,
    jar: &CookieJar,
    session: Option<Session>,
    trace: Trace,
    channel: Channel,
) -> Result<Visit, Problem> {
    let now = state.clock.now();
    let policy = state.store.policy();
    let value = |name| jar.get(name).map(|cookie| cookie.value().to_owned());
    let gate = session.as_ref().and_then(|session| {
        let gate = session.standing.gate(&policy);
        // In the demo every account works at once; its pages say so.
        gate.filter(|gate| !(state.demo && matches!(gate, Gate::NewPassword | Gate::Enrol)))
    });
    let person = match gate {
        Some(_) => None,
        None => session.as_ref().and_then(|session| session.person.clone()),
    };
    let me = match (&person, &session) {
        (Some(person), Some(session)) => Some(me(state, &person.actor, session).await?),
        _ => None,
    };
    let frame = Frame {
        lang: value(LANG)
            .and_then(|code| Lang::parse(&code))
            .unwrap_or_default(),
        theme: value(THEME)
            .and_then(|code| Theme::parse(&code))
            .unwrap_or_default(),
        large_text: value(TEXT).as_deref() == Some("large"),
        demo_password: (state.demo && session.is_none()).then(|| demo::PASSWORD.to_owned()),
        me,
        gate,
        city: state
            .store
            .book()
            .directory
            .city
            .as_ref()
            .map(|city| city.name.clone()),
        year: domain::time::local(now).year(),
        rehearsal: state.rehearsal,
        request: trace.request.clone(),
        provider: state.provider_name.clone(),
        inert: false,
        kept: None,
    };
    Ok(Visit {
        store: state.store.clone(),
        now,
        wall: Clock::wall(),
        person,
        session,
        gate,
        policy,
        trace,
        channel,
        is_asked: false,
        frame,
        outcome: Arc::new(Mutex::new(None)),
    })
}

async fn me(state: &AppState, actor: &Actor, session: &Session) -> Result<Me, Problem> {
    let place = match actor.role.enterprise() {
        Some(enterprise) => {
            let enterprise = people::enterprise(&state.store, enterprise).await;
            let name = enterprise.map_err(problem)?.name;
            Some(Named {
                zh: name.clone(),
                en: name,
            })
        }
        None => actor.role.body().and_then(|code| {
            let book = state.store.book();
            book.directory
                .body(code.as_str())
                .map(|body| body.short.clone())
        }),
    };
    Ok(Me {
        name: actor.name.clone(),
        role: actor.role.name(),
        place,
        can_choose: session.can_choose,
        manages: actor.role.manages(),
    })
}
