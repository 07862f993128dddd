//! Sign-in by an identity provider (OpenID Connect): code flow with PKCE, state and
//! nonce. Off unless the settings name a provider.
//!
//! An identity opens the account that it is linked to. One that is not linked yet is
//! linked by signing in with the account's password once, in the same window.

mod provider;

use std::sync::Arc;

use app::serve::visit::problem;
use app::serve::{Problem, Visit};
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use domain::AuditKind;
use serde::Deserialize;
use store::audit::Entry;
use store::{audit, identities, people, sessions};

use super::pages::Pages;
use super::request::is_encrypted;
use super::visits::{secret_cookie, session_cookie};
use super::{pages, sign_in};

pub use provider::{Provider, ProviderError, Settings};

/// Where a state waits for its browser to come back: of each window by itself.
fn state_name(state: &str, encrypted: bool) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mark: String = state.chars().filter(plain).take(16).collect();
    let prefix = if encrypted { "__Host-" } else { "" };
    format!("{prefix}oidc-{mark}")
}

/// Off to the provider.
pub async fn start(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    jar: CookieJar,
    headers: HeaderMap,
) -> Response {
    let Some(provider) = &pages.state.provider else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match provider.start(visit.wall, visit.trace.network()).await {
        Ok(start) => {
            let encrypted = is_encrypted(&headers);
            let name = state_name(&start.state, encrypted);
            let mut cookie = secret_cookie(name, start.state, encrypted);
            // As long as a sign-in that was begun waits.
            let aged = Cookie::parse("state=; Max-Age=600");
            cookie.set_max_age(aged.ok().and_then(|aged| aged.max_age()));
            (jar.add(cookie), Redirect::to(&start.to)).into_response()
        }
        Err(error) => failed(&pages, visit, &error).await,
    }
}

/// What the provider sends back.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    iss: Option<String>,
    error: Option<String>,
}

/// Back from the provider.
pub async fn callback(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    jar: CookieJar,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Response {
    let Some(provider) = pages.state.provider.clone() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let encrypted = is_encrypted(&headers);
    let name = state_name(&back.state, encrypted);
    let cookie = jar.get(&name).map(|cookie| cookie.value().to_owned());
    let jar = jar.remove(Cookie::build((name, "")).path("/").secure(encrypted));
    if back.error.is_some() {
        // Cancelled, most likely; its words are not ours to show.
        return (jar, Redirect::to("/sign-in")).into_response();
    }
    let cookie = cookie.unwrap_or_default();
    let iss = back.iss.as_deref();
    let finished = provider.finish(&cookie, &back.state, iss, back.code, visit.wall);
    let subject = match finished.await {
        Ok(subject) => subject,
        // The page loaded anew after it was done: who is in is in.
        Err(ProviderError::NotBegun) if visit.session.is_some() => {
            return (jar, Redirect::to("/")).into_response();
        }
        Err(error) => return (jar, failed(&pages, visit, &error).await).into_response(),
    };
    match enter(&pages, &visit, &provider, &subject, &headers).await {
        Ok(Entered::Known(secret)) => {
            sign_in::leave_nothing_open(&pages, &visit, &jar, encrypted).await;
            let jar = jar.add(session_cookie(secret, encrypted));
            // The gates of the account stand here too; the home page shows the next.
            (jar, Redirect::to("/")).into_response()
        }
        Ok(Entered::Unknown(link)) => {
            let form = sign_in::back_to_sign_in(vec![("link".to_owned(), link)]);
            let page = pages::refused(&pages, visit, form, Problem::NotLinked).await;
            (jar, page).into_response()
        }
        Err(problem) => {
            let form = sign_in::back_to_sign_in(Vec::new());
            (jar, pages::refused(&pages, visit, form, problem).await).into_response()
        }
    }
}

enum Entered {
    /// The secret of a new session.
    Known(String),
    /// What links the identity once somebody signs in with their password.
    Unknown(String),
}

async fn enter(
    pages: &Pages,
    visit: &Visit,
    provider: &Arc<Provider>,
    subject: &str,
    headers: &HeaderMap,
) -> Result<Entered, Problem> {
    let store = &pages.state.store;
    let issuer = provider.issuer();
    let user = identities::user_of(store, issuer, subject)
        .await
        .map_err(problem)?;
    let account = match user {
        Some(user) => people::account_of(store, user).await.map_err(problem)?,
        None => None,
    };
    let Some(account) = account else {
        let link = provider.remember(subject, visit.wall).map_err(problem)?;
        return Ok(Entered::Unknown(link));
    };
    let agent = headers
        .get("user-agent")
        .and_then(|agent| agent.to_str().ok());
    let agent = agent.unwrap_or_default();
    let secret = sessions::begin(
        store,
        account.id,
        visit.wall,
        &visit.trace,
        agent,
        &visit.policy,
    )
    .await
    .map_err(problem)?;
    let entry = Entry::new(AuditKind::SignedIn, visit.wall, &visit.trace)
        .named(Some(account.id), account.name)
        .detail("identity provider");
    audit::write(store, entry).await.map_err(problem)?;
    Ok(Entered::Known(secret.reveal().to_owned()))
}

async fn failed(pages: &Pages, visit: Visit, error: &ProviderError) -> Response {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    tracing::warn!(%error, cause, "a sign-in by the identity provider failed");
    let form = sign_in::back_to_sign_in(Vec::new());
    pages::refused(pages, visit, form, Problem::ProviderFailed).await
}
