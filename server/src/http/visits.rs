//! Who asks: by session cookie for pages, by token for the HTTP API.

use std::sync::{Arc, Mutex};

use app::frame::{Frame, Me, Theme};
use app::lang::Lang;
use app::problem::Problem;
use app::serve::Visit;
use app::serve::visit::problem;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use chrono::Datelike;
use domain::{Named, Role};
use store::people::{self, Person};
use store::sessions;

use super::House;
use super::api::problem::ProblemJson;
use crate::clock::Clock;
use crate::demo;

pub const SESSION: &str = "session";
pub const LANG: &str = "lang";
pub const THEME: &str = "theme";
pub const TEXT: &str = "text";

/// Puts the visit into the request.
pub async fn by_session(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    match open(&house, &jar).await {
        Ok(visit) => {
            request.extensions_mut().insert(visit);
            next.run(request).await
        }
        Err(problem) => ProblemJson::of(problem, request.headers()).into_response(),
    }
}

async fn open(house: &House, jar: &CookieJar) -> Result<Visit, Problem> {
    let person = match jar.get(SESSION) {
        Some(cookie) => sessions::resume(&house.store, cookie.value(), Clock::wall())
            .await
            .map_err(problem)?,
        None => None,
    };
    visit(house, jar, person).await
}

/// The visit of somebody, or of nobody yet.
pub async fn visit(
    house: &House,
    jar: &CookieJar,
    person: Option<Person>,
) -> Result<Visit, Problem> {
    let now = house.clock.now();
    let value = |name| jar.get(name).map(|cookie| cookie.value().to_owned());
    let me = match &person {
        Some(person) => Some(me(house, person).await?),
        None => None,
    };
    let frame = Frame {
        lang: value(LANG)
            .and_then(|code| Lang::parse(&code))
            .unwrap_or_default(),
        theme: value(THEME)
            .and_then(|code| Theme::parse(&code))
            .unwrap_or_default(),
        large_text: value(TEXT).as_deref() == Some("large"),
        demo_password: (house.demo && person.is_none()).then(|| demo::PASSWORD.to_owned()),
        me,
        year: domain::time::local(now).year(),
        rehearsal: house.rehearsal,
        kept: None,
    };
    Ok(Visit {
        store: house.store.clone(),
        now,
        person,
        frame,
        outcome: Arc::new(Mutex::new(None)),
    })
}

async fn me(house: &House, person: &Person) -> Result<Me, Problem> {
    let place = match &person.actor.role {
        Role::Enterprise { enterprise } => {
            let enterprise = people::enterprise(&house.store, *enterprise).await;
            let name = enterprise.map_err(problem)?.name;
            Some(Named {
                zh: name.clone(),
                en: name,
            })
        }
        role => role.body().and_then(|code| {
            let book = house.store.book();
            book.directory
                .body(code.as_str())
                .map(|body| body.short.clone())
        }),
    };
    Ok(Me {
        name: person.actor.name.clone(),
        role: person.actor.role.name(),
        place,
    })
}
