use app::frame::Kept;
use app::problem::Problem;
use app::serve::Visit;
use app::serve::visit::problem;
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use store::people::{self, Person};
use store::sessions;

use super::forms::typed;
use super::pages::{self, Pages, local_page};
use super::visits::{self, SESSION};
use crate::clock::Clock;
use crate::passwords;

struct Credentials {
    name: String,
    password: String,
    next: String,
    /// A form whose sender's session had ended, to be filled in again.
    carried: String,
}

impl Credentials {
    /// What is missing is empty, and so refused like a wrong password.
    fn read(body: &[u8]) -> Self {
        let mut fields = typed(body);
        let mut take = |name: &str| fields.remove(name).unwrap_or_default();
        Self {
            name: take("name"),
            password: take("password"),
            next: take("next"),
            carried: take("carried"),
        }
    }
}

pub async fn sign_in(
    State(pages): State<Pages>,
    Extension(visit): Extension<Visit>,
    jar: CookieJar,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let credentials = Credentials::read(&body);
    match admit(&pages, &credentials).await {
        Ok((person, secret)) => {
            let jar = jar.add(cookie(secret, is_encrypted(&headers)));
            welcome(&pages, person, jar, credentials).await
        }
        Err(problem) => {
            let kept = refused(credentials, problem);
            pages::refused(&pages, visit, kept).await
        }
    }
}

pub async fn sign_out(State(pages): State<Pages>, jar: CookieJar) -> Response {
    if let Some(session) = jar.get(SESSION)
        && let Err(error) = sessions::end(&pages.house.store, session.value()).await
    {
        tracing::error!(%error, "a session could not be ended");
    }
    let gone = Cookie::build((SESSION, "")).path("/");
    (jar.remove(gone), Redirect::to("/sign-in")).into_response()
}

async fn admit(pages: &Pages, credentials: &Credentials) -> Result<(Person, String), Problem> {
    let store = &pages.house.store;
    let name = credentials.name.trim();
    let account = people::credentials(store, name).await.map_err(problem)?;
    let (user, hash) = account.unzip();
    let right = passwords::verify(credentials.password.clone(), hash)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a password could not be checked");
            Problem::Failed
        })?;
    let (Some(user), true) = (user, right) else {
        return Err(Problem::WrongPassword);
    };
    let secret = sessions::begin(store, user, Clock::wall())
        .await
        .map_err(problem)?;
    let person = people::by_name(store, name).await.map_err(problem)?;
    let person = person.ok_or(Problem::WrongPassword)?;
    Ok((person, secret.reveal().to_owned()))
}

/// On to where they were going, or to the form that they had been filling in.
async fn welcome(
    pages: &Pages,
    person: Person,
    jar: CookieJar,
    credentials: Credentials,
) -> Response {
    let Ok(mut kept) = serde_json::from_str::<Kept>(&credentials.carried) else {
        return (jar, Redirect::to(&local_page(&credentials.next))).into_response();
    };
    kept.page = local_page(&kept.page);
    kept.problem = Problem::SignedInAgain;
    match visits::visit(&pages.house, &jar, Some(person)).await {
        Ok(visit) => {
            let page = pages::refused(pages, visit, kept).await;
            (jar, page).into_response()
        }
        Err(_) => (jar, Redirect::to("/")).into_response(),
    }
}

fn refused(credentials: Credentials, problem: Problem) -> Kept {
    let typed = [
        ("name", credentials.name),
        ("next", credentials.next),
        ("carried", credentials.carried),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    Kept {
        act: "/sign-in".to_owned(),
        page: "/sign-in".to_owned(),
        typed,
        problem,
    }
}

fn cookie(secret: String, secure: bool) -> Cookie<'static> {
    Cookie::build((SESSION, secret))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .build()
}

/// Outside this machine the cookie only travels encrypted.
fn is_encrypted(headers: &HeaderMap) -> bool {
    let host = headers.get("host").and_then(|host| host.to_str().ok());
    let host = host.unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    !matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}
