//! What is done with a session once somebody is in: acting as something else, and
//! signing out.

use app::serve::visit::problem;
use app::serve::{Problem, Visit};
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use domain::AuditKind;
use store::audit::Entry;
use store::sessions;
use store::sessions::{Renewal, Session};

use super::forms::typed;
use super::pages;
use super::pages::Pages;
use super::request::is_encrypted;
use super::visits::{session_cookie, session_name};
use crate::http::forms::Form;

/// Acting in another of one's memberships.
pub async fn act_as(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    jar: CookieJar,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let wish = typed(&body).remove("membership");
    let wish = wish.and_then(|wish| wish.trim().parse().ok());
    let (Some(session), Some(membership)) = (visit.session.clone(), wish) else {
        return Redirect::to("/sign-in").into_response();
    };
    if visit.gate.is_some() {
        return Redirect::to("/").into_response();
    }
    let entry = Entry::new(AuditKind::ActsAs, visit.wall, &visit.trace)
        .named(Some(session.user), &session.account)
        .object(format!("membership {membership}"));
    match renewed(&pages, &visit, &session, Renewal::ActsAs(membership), entry).await {
        Ok((_, secret)) => {
            let jar = jar.add(session_cookie(secret, is_encrypted(&headers)));
            (jar, Redirect::to("/")).into_response()
        }
        Err(problem) => {
            let form = Form {
                act: "/session/act-as".to_owned(),
                page: "/account".to_owned(),
                typed: Vec::new(),
            };
            pages::refused(&pages, visit, form, problem).await
        }
    }
}

pub async fn sign_out(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    jar: CookieJar,
    headers: HeaderMap,
) -> Response {
    let name = session_name(is_encrypted(&headers));
    if let (Some(cookie), Some(session)) = (jar.get(name), &visit.session) {
        let entry = Entry::new(AuditKind::SignedOut, visit.wall, &visit.trace)
            .named(Some(session.user), &session.account);
        if let Err(error) = sessions::end(&pages.state.store, cookie.value(), entry).await {
            tracing::error!(%error, "a session could not be ended");
        }
    }
    let gone = Cookie::build((name, ""))
        .path("/")
        .secure(is_encrypted(&headers));
    (jar.remove(gone), Redirect::to("/sign-in")).into_response()
}

/// The session with another secret, as it is then.
pub async fn renewed(
    pages: &Pages,
    visit: &Visit,
    session: &Session,
    change: Renewal,
    entry: Entry,
) -> Result<(Session, String), Problem> {
    let store = &pages.state.store;
    let secret = sessions::renew(store, session, change, entry)
        .await
        .map_err(problem)?;
    let secret = secret.reveal().to_owned();
    let session = sessions::resume(store, &secret, visit.wall, &visit.policy)
        .await
        .map_err(problem)?
        .ok_or(Problem::NotSignedIn)?;
    Ok((session, secret))
}
