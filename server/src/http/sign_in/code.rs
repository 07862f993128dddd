use app::areas::people::account::second_factor;
use app::serve::visit::problem;
use app::serve::{Problem, Visit};
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use domain::AuditKind;
use domain::account::Gate;
use store::audit::Entry;
use store::guesses;
use store::sessions::{Renewal, Session};
use words::people::gate_address;

use super::onward::Onward;
use super::{remembered, welcome, with_wait};
use crate::http::forms::{Form, typed};
use crate::http::pages;
use crate::http::pages::Pages;
use crate::http::request::is_encrypted;
use crate::http::session::renewed;
use crate::http::visits::{device_name, session_cookie};

/// The second step: a one-time code, or one for recovery.
pub async fn code(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    jar: CookieJar,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut fields = typed(&body);
    let onward = Onward::take(&mut fields);
    let code = fields.remove("code").unwrap_or_default();
    let (Some(session), Some(Gate::SecondFactor)) = (visit.session.clone(), visit.gate) else {
        return Redirect::to("/").into_response();
    };
    let encrypted = is_encrypted(&headers);
    let device = jar
        .get(device_name(encrypted))
        .map(|c| c.value().to_owned());
    let known = match device {
        Some(device) => guesses::known_device(&pages.state.store, &session.account, &device).await,
        None => Ok(None),
    };
    let proved = match known {
        Ok(device) => prove(&pages, &visit, &session, device, &code).await,
        Err(error) => Err(problem(error)),
    };
    match proved {
        Ok((session, secret)) => {
            let jar = jar.add(session_cookie(secret, encrypted));
            let jar = remembered(&pages, &visit, &session, jar, encrypted).await;
            welcome(&pages, &visit, session, jar, &onward).await
        }
        Err(problem) => {
            let page = gate_address(Gate::SecondFactor);
            let form = Form::of(page, onward.fields());
            let page = pages::refused(&pages, visit, form, problem.clone()).await;
            with_wait(page, &problem)
        }
    }
}

async fn prove(
    pages: &Pages,
    visit: &Visit,
    session: &Session,
    device: Option<Vec<u8>>,
    code: &str,
) -> Result<(Session, String), Problem> {
    second_factor::shows(visit, session.user, device, code).await?;
    let entry = Entry::new(AuditKind::SignedIn, visit.wall, &visit.trace)
        .named(Some(session.user), &session.account)
        .detail("second factor");
    renewed(pages, visit, session, Renewal::Proved, entry).await
}
