//! Signing in: a password, then what the account still lacks. Each step gives the
//! session another secret.

mod code;
mod onward;

use app::serve::visit::problem;
use app::serve::{Problem, Visit, attempts, passwords};
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use domain::AuditKind;
use domain::account::{Gate, folded_name};
use onward::{Onward, link};
use store::audit::Entry;
use store::guesses::Against;
use store::people::Account;
use store::sessions::Session;
use store::{audit, guesses, people, sessions};
use words::people::gate_address;

use super::forms::typed;
use super::limits::retry_after;
use super::pages::{Pages, local_page};
use super::request::is_encrypted;
use super::visits::{device_name, secret_cookie, session_cookie, session_name};
use super::{pages, visits};
use crate::clock::Clock;
use crate::http::forms::Form;

pub use code::code;

struct Credentials {
    name: String,
    password: String,
    onward: Onward,
}

impl Credentials {
    /// What is missing is empty, and so refused like a wrong password.
    fn read(body: &[u8]) -> Self {
        let mut fields = typed(body);
        Self {
            onward: Onward::take(&mut fields),
            name: fields.remove("name").unwrap_or_default(),
            password: fields.remove("password").unwrap_or_default(),
        }
    }
}

/// The page for signing in, for who comes from the provider.
pub fn back_to_sign_in(typed: Vec<(String, String)>) -> Form {
    Form {
        act: "/oidc/callback".to_owned(),
        page: "/sign-in".to_owned(),
        typed,
    }
}

pub async fn sign_in(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    mut jar: CookieJar,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let credentials = Credentials::read(&body);
    let encrypted = is_encrypted(&headers);
    let device = jar
        .get(device_name(encrypted))
        .map(|c| c.value().to_owned());
    let agent = headers
        .get("user-agent")
        .and_then(|agent| agent.to_str().ok());
    match admit(
        &pages,
        &visit,
        &credentials,
        device,
        agent.unwrap_or_default(),
    )
    .await
    {
        Ok(admitted) => {
            leave_nothing_open(&pages, &visit, &jar, encrypted).await;
            jar = jar.add(session_cookie(admitted.secret, encrypted));
            if admitted.is_new_here && !admitted.session.standing.has_second_factor {
                jar = remembered(&pages, &visit, &admitted.session, jar, encrypted).await;
            }
            welcome(&pages, &visit, admitted.session, jar, &credentials.onward).await
        }
        Err(problem) => {
            let mut typed = credentials.onward.fields();
            typed.push(("name".to_owned(), credentials.name));
            let form = Form::of("/sign-in", typed);
            let page = pages::refused(&pages, visit, form, problem.clone()).await;
            with_wait(page, &problem)
        }
    }
}

/// Whoever signs in anew ends the session that the browser had.
pub async fn leave_nothing_open(pages: &Pages, visit: &Visit, jar: &CookieJar, encrypted: bool) {
    let (Some(cookie), Some(session)) = (jar.get(session_name(encrypted)), &visit.session) else {
        return;
    };
    let entry = Entry::new(AuditKind::SessionEnded, visit.wall, &visit.trace)
        .named(Some(session.user), &session.account)
        .object(&session.account)
        .detail("renewed");
    if let Err(error) = sessions::end(&pages.state.store, cookie.value(), entry).await {
        tracing::error!(%error, "a session could not be ended");
    }
}

fn with_wait(mut response: Response, problem: &Problem) -> Response {
    if let Problem::TooMany { seconds } = problem {
        retry_after(&mut response, *seconds);
    }
    response
}

/// Somebody whose password was right.
struct Admitted {
    session: Session,
    secret: String,
    /// Whether the browser was not known yet.
    is_new_here: bool,
}

/// Wrong passwords are counted against the account and the address, and from a
/// browser that has signed in before only against that: strangers make its owner wait
/// as little as the owner makes them. An account that is not there is treated alike.
async fn admit(
    pages: &Pages,
    visit: &Visit,
    credentials: &Credentials,
    device: Option<String>,
    agent: &str,
) -> Result<Admitted, Problem> {
    let store = &pages.state.store;
    let (now, policy) = (Clock::wall(), &visit.policy);
    let name = &folded_name(&credentials.name);
    let known = match device {
        Some(device) => guesses::known_device(store, name, &device)
            .await
            .map_err(problem)?,
        None => None,
    };
    let is_known = known.is_some();
    let against = match known {
        Some(device) => vec![Against::Device(device)],
        None => vec![
            Against::Account(name.to_owned()),
            Against::Address(visit.trace.network()),
        ],
    };
    attempts::take(visit, &against, name).await?;
    let account = people::account(store, name).await.map_err(problem)?;
    let hash = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let right = passwords::verify(credentials.password.clone(), hash)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a password could not be checked");
            Problem::Failed
        })?;
    let (Some(account), true) = (account, right) else {
        let entry = Entry::new(AuditKind::SignInFailed, now, &visit.trace).named(None, name);
        audit::write(store, entry).await.map_err(problem)?;
        return Err(Problem::WrongPassword);
    };
    guesses::succeeded(store, against).await.map_err(problem)?;
    let given = account.given_at().map_err(problem)?;
    // In the demo nobody is asked to change it either.
    let over = given.is_some_and(|given| !policy.still_holds(given, now));
    if over && !pages.state.demo {
        let entry = Entry::new(AuditKind::SignInFailed, now, &visit.trace)
            .named(Some(account.id), &account.name)
            .detail("first password over");
        audit::write(store, entry).await.map_err(problem)?;
        return Err(Problem::FirstPasswordOver);
    }
    keep_up_to_date(pages, &account, &credentials.password).await;
    let secret = sessions::begin(store, account.id, now, &visit.trace, agent, policy)
        .await
        .map_err(problem)?;
    let secret = secret.reveal().to_owned();
    let session = sessions::resume(store, &secret, now, policy)
        .await
        .map_err(problem)?
        .ok_or(Problem::WrongPassword)?;
    let entry = Entry::new(AuditKind::SignedIn, now, &visit.trace);
    let entry = entry.named(Some(account.id), &account.name);
    let entry = if account.has_factor {
        entry.detail("password only")
    } else {
        entry
    };
    audit::write(store, entry).await.map_err(problem)?;
    Ok(Admitted {
        session,
        secret,
        is_new_here: !is_known,
    })
}

/// Once everything that the account has was shown, the browser is known from then on.
async fn remembered(
    pages: &Pages,
    visit: &Visit,
    session: &Session,
    jar: CookieJar,
    encrypted: bool,
) -> CookieJar {
    match guesses::remember_device(&pages.state.store, session.user, visit.wall).await {
        Ok(device) => {
            let device = device.reveal().to_owned();
            let mut cookie = secret_cookie(device_name(encrypted), device, encrypted);
            cookie.make_permanent();
            jar.add(cookie)
        }
        Err(error) => {
            tracing::error!(%error, "a browser could not be remembered");
            jar
        }
    }
}

/// A hash of weaker parameters is made anew while the password is at hand.
async fn keep_up_to_date(pages: &Pages, account: &Account, password: &str) {
    if !passwords::is_dated(&account.password_hash) {
        return;
    }
    let old = account.password_hash.clone();
    let renewed = match passwords::hash(password.to_owned()).await {
        Ok(new) => store::passwords::rehash(&pages.state.store, account.id, old, new)
            .await
            .map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(error) = renewed {
        tracing::error!(error, "a password's hash stays as it is");
    }
}

/// On to what the account still lacks, to where they were going, or to the form that
/// they had been filling in.
async fn welcome(
    pages: &Pages,
    before: &Visit,
    session: Session,
    jar: CookieJar,
    onward: &Onward,
) -> Response {
    let channel = before.channel.clone();
    let visit = visits::visit(
        &pages.state,
        &jar,
        Some(session),
        before.trace.clone(),
        channel,
    )
    .await;
    let visit = match visit {
        Ok(visit) => visit,
        Err(_) => return (jar, Redirect::to("/")).into_response(),
    };
    match visit.gate {
        Some(Gate::SecondFactor) if onward.is_short() => {
            let query = serde_html_form::to_string([("next", &onward.next)]).unwrap_or_default();
            let page = format!("{}?{query}", gate_address(Gate::SecondFactor));
            return (jar, Redirect::to(&page)).into_response();
        }
        Some(Gate::SecondFactor) => {
            let form = Form {
                act: "/sign-in".to_owned(),
                page: gate_address(Gate::SecondFactor).to_owned(),
                typed: onward.fields(),
            };
            let page = pages::refused(pages, visit, form, Problem::CodeAsked).await;
            return (jar, page).into_response();
        }
        // Who belongs to nothing any more may be about to join again.
        Some(Gate::NoMembership) if local_page(&onward.next).starts_with("/invitation?") => {
            return (jar, Redirect::to(&local_page(&onward.next))).into_response();
        }
        Some(gate) => return (jar, Redirect::to(gate_address(gate))).into_response(),
        None => {}
    }
    link(pages, &visit, &onward.link).await;
    let Ok(mut form) = serde_json::from_str::<Form>(&onward.carried) else {
        return (jar, Redirect::to(&local_page(&onward.next))).into_response();
    };
    form.page = local_page(&form.page);
    let page = pages::refused(pages, visit, form, Problem::SignedInAgain).await;
    (jar, page).into_response()
}
