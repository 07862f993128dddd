pub mod decide;
pub mod register;
#[cfg(feature = "ssr")]
pub mod server;
pub mod status;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use words::people;

use crate::api::text::Answer;
use crate::components::deadline::Moment;
use crate::components::loaded::Loaded;
use crate::frame::{lang, t};
use crate::problem::ProblemDetails;
use crate::sheets::{RegistrationSheet, Registrations};

/// Enterprises that wait for the centre's decision.
#[component]
pub fn RegistrationsPage() -> impl IntoView {
    let query = use_query_map();
    let done = move || query.read().get("done").is_some();
    let list = Resource::new(done, |_| load_registrations());
    view! {
        <Title text=t(people::REGISTRATIONS)/>
        <section class="page narrow">
            <h1>{t(people::REGISTRATIONS)}</h1>
            {move || {
                done().then(|| view! { <p class="notice" role="status">{t(people::DONE)}</p> })
            }}
            <Loaded resource=list view=|list| view! { <List list/> }/>
        </section>
    }
}

/// What an applicant types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registering {
    pub enterprise: String,
    pub credit_code: String,
    pub township: String,
    pub display: String,
    pub phone: String,
    pub name: String,
    pub new_password: String,
    pub repeat: String,
}

#[component]
fn List(list: Registrations) -> impl IntoView {
    let none = list.open.is_empty();
    let shown = list.open.len();
    let cut = usize::try_from(list.waiting).is_ok_and(|waiting| waiting > shown);
    let waiting = cut.then(|| people::waiting(lang(), list.waiting, shown));
    let open = list
        .open
        .into_iter()
        .map(|one| {
            let address = format!("/registrations/{}", one.id);
            view! {
                <li>
                    <A href=address attr:data-row="">
                        {one.enterprise}
                    </A>
                    " · "
                    <Moment at=one.at/>
                    <p class="quiet">{one.code} " · " {one.display}</p>
                    {one.known.then(|| view! { <p class="fault">{t(people::KNOWN)}</p> })}
                    {one.doubled.then(|| view! { <p class="fault">{t(people::DOUBLED)}</p> })}
                </li>
            }
        })
        .collect_view();
    let decided = list
        .decided
        .into_iter()
        .map(|one| view! { <Decided one/> })
        .collect_view();
    view! {
        {none.then(|| view! { <p class="empty">{t(people::REGISTRATIONS_EMPTY)}</p> })}
        {waiting.map(|text| view! { <p class="quiet">{text}</p> })}
        <ul class="plain-list">{open}</ul>
        <h2>{t(people::DECIDED)}</h2>
        <ul class="plain-list">{decided}</ul>
    }
}

#[component]
fn Decided(one: RegistrationSheet) -> impl IntoView {
    view! {
        <li>
            {one.enterprise} " · " {t(verdict(one.approved))}
            {one.decided_at.map(|at| view! { " · " <Moment at=at/> })}
            {one.reason.map(|reason| view! { " · " {reason} })}
        </li>
    }
}

/// How it was decided, in a word.
pub fn verdict(approved: Option<bool>) -> words::lang::Text {
    match approved {
        None => people::WAITING,
        Some(true) => people::APPROVED,
        Some(false) => people::DECLINED,
    }
}

#[server(prefix = "/ask", endpoint = "registration_form", output = Answer)]
/// `again` opens a declined application of one's own, to be mended; or it is empty.
pub async fn load_registration_form(
    #[server(default)] again: String,
) -> Result<crate::sheets::RegistrationForm, ProblemDetails> {
    server::form(&again).await
}

#[server(prefix = "/ask", endpoint = "registration", output = Answer)]
pub async fn load_registration(
    key: String,
) -> Result<crate::sheets::RegistrationSheet, ProblemDetails> {
    server::status(&key).await
}

#[server(prefix = "/ask", endpoint = "registrations", output = Answer)]
pub async fn load_registrations() -> Result<crate::sheets::Registrations, ProblemDetails> {
    server::list().await
}

#[server(prefix = "/act", endpoint = "register")]
pub async fn register(#[server(flatten)] typed: Registering) -> Result<(), ProblemDetails> {
    server::register(typed).await
}

#[server(prefix = "/act", endpoint = "decide_registration")]
pub async fn decide_registration(
    #[server(default)] registration: String,
    #[server(default)] approve: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    server::decide(&registration, &approve, &reason).await
}
