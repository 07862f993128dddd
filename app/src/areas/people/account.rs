#[cfg(feature = "ssr")]
pub mod second_factor;
#[cfg(feature = "ssr")]
pub mod server;

use domain::{Field, Named, RoleName};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use words::people;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::fields::TextField;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::new_password::NewPassword;
use crate::components::sessions::SessionTable;
use crate::frame::{lang, name, t};
use crate::problem::ProblemDetails;
use crate::sheets::SessionRow;

/// One's own password, second factor, sessions, and what one is.
#[component]
pub fn AccountPage() -> impl IntoView {
    let query = use_query_map();
    let end = Act::of::<EndSession>();
    let done = move || query.read().get("done").unwrap_or_default();
    let account = Resource::new(move || (end.version().get(), done()), |_| load_account());
    view! {
        <Title text=t(people::ACCOUNT_PAGE)/>
        <section class="page narrow">
            <h1>{t(people::ACCOUNT_PAGE)}</h1>
            {move || {
                let text = match done().as_str() {
                    "password" => people::DONE_PASSWORD,
                    "factor" => people::DONE_FACTOR,
                    "factor_removed" => people::DONE_FACTOR_REMOVED,
                    "joined" => people::DONE_JOINED,
                    _ => return None,
                };
                Some(view! { <p class="notice" role="status">{t(text)}</p> })
            }}
            <Loaded resource=account view=move |mine| view! { <Account mine end/> }/>
        </section>
    }
}

/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyAccount {
    pub account: String,
    pub display: String,
    pub memberships: Vec<MyMembership>,
    pub sessions: Vec<SessionRow>,
    pub has_factor: bool,
    /// Whether the role cannot do without.
    pub needs_factor: bool,
    pub recovery_left: u64,
    pub password_length: u16,
    pub password_length_mixed: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyMembership {
    pub id: i64,
    pub role: RoleName,
    pub place: Option<Named>,
    pub current: bool,
}

/// What one scans, or types, to set a second factor up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorOffer {
    pub svg: String,
    pub typed: String,
    pub recovery: Vec<String>,
}

#[component]
fn Account(mine: MyAccount, end: Act) -> impl IntoView {
    let needed = mine.needs_factor;
    let has = mine.has_factor;
    let left = mine.recovery_left;
    view! {
        <p class="lead">
            <span class="who">{mine.display}</span> " · " {mine.account}
        </p>
        <Memberships memberships=mine.memberships/>
        <section class="panel">
            <h2>{t(people::CHANGE_PASSWORD)}</h2>
            <PasswordForm long=mine.password_length mixed=mine.password_length_mixed/>
        </section>
        <section class="panel" id="factor">
            <h2>{t(people::FACTOR)}</h2>
            <p>{t(people::FACTOR_LEAD)}</p>
            <p>
                <strong>
                    {t(if has { people::FACTOR_ON } else { people::FACTOR_OFF })}
                </strong>
                {has.then(|| view! { " · " {people::recovery_left(lang(), left)} })}
            </p>
            {needed.then(|| view! { <p class="hint">{t(people::FACTOR_NEEDED)}</p> })}
            {if !has {
                Some(
                    view! {
                        <details class="step">
                            <summary>{t(people::SET_UP)}</summary>
                            <FactorSetUp asks_password=true/>
                        </details>
                    }
                        .into_any(),
                )
            } else {
                Some(view! { <TakeOff needed/> }.into_any())
            }}
        </section>
        <Sessions rows=mine.sessions end/>
    }
}

/// The present password and a new one, typed twice.
#[component]
pub fn PasswordForm(long: u16, mixed: u16) -> impl IntoView {
    let action = Act::of::<ChangePassword>();
    view! {
        <StepForm action>
            <TextField
                field=Field::Password
                label=t(people::PRESENT_PASSWORD)
                kind="password"
                autocomplete="current-password"
            />
            <NewPassword label=t(people::NEW_PASSWORD) long mixed/>
            <Submit
                label=t(people::CHANGE_PASSWORD)
                consequence=t(people::CHANGE_PASSWORD_HINT)
            />
        </StepForm>
    }
}

/// What is scanned, what is written down, and the first code.
#[component]
pub fn FactorSetUp(#[prop(optional)] asks_password: bool) -> impl IntoView {
    let offer = Resource::new(|| (), |()| load_factor());
    let view = move |offer: Option<FactorOffer>| match offer {
        Some(offer) => view! { <Offer offer asks_password/> }.into_any(),
        None => view! { <p class="hint">{t(people::NO_OFFER)}</p> }.into_any(),
    };
    view! { <Loaded resource=offer view/> }
}

#[component]
fn Offer(offer: FactorOffer, asks_password: bool) -> impl IntoView {
    let action = Act::of::<ProveFactor>();
    let codes = offer
        .recovery
        .into_iter()
        .map(|code| view! { <li><code>{code}</code></li> })
        .collect_view();
    view! {
        <p>{t(people::SCAN)}</p>
        <div class="qr" role="img" aria-label=t(people::SCAN) inner_html=offer.svg></div>
        <p>
            {t(people::OR_TYPE)} " " <code class="key">{offer.typed}</code>
        </p>
        <h3>{t(people::RECOVERY)}</h3>
        <p class="hint">{t(people::RECOVERY_HINT)}</p>
        <ul class="codes">{codes}</ul>
        <StepForm action>
            <TextField
                field=Field::Code
                label=t(people::CODE)
                autocomplete="one-time-code"
            />
            {asks_password
                .then(|| {
                    view! {
                        <TextField
                            field=Field::Password
                            label=t(people::PRESENT_PASSWORD)
                            kind="password"
                            autocomplete="current-password"
                        />
                    }
                })}
            <Submit label=t(people::SET_UP)/>
        </StepForm>
    }
}

/// Where the role cannot do without, another one is set up at once.
#[component]
fn TakeOff(needed: bool) -> impl IntoView {
    let action = Act::of::<RemoveFactor>();
    let (label, hint) = if needed {
        (people::REPLACE_FACTOR, people::REPLACE_FACTOR_HINT)
    } else {
        (people::REMOVE_FACTOR, people::REMOVE_FACTOR_HINT)
    };
    view! {
        <details class="step">
            <summary>{t(label)}</summary>
            <StepForm action>
                <TextField
                    field=Field::Password
                    label=t(people::PRESENT_PASSWORD)
                    kind="password"
                    autocomplete="current-password"
                />
                <TextField
                    field=Field::Code
                    label=t(people::CODE_OR_RECOVERY)
                    autocomplete="one-time-code"
                />
                <Submit
                    label=t(label)
                    consequence=t(hint)
                    primary=false
                />
            </StepForm>
        </details>
    }
}

/// A plain form in any case: another role comes with another session secret.
#[component]
fn Memberships(memberships: Vec<MyMembership>) -> impl IntoView {
    let items = memberships
        .into_iter()
        .map(|one| {
            let place = one.place.as_ref().map(name);
            view! {
                <li>
                    {t(words::order::role(one.role))} {place.map(|place| format!(" · {place} "))}
                    {if one.current {
                        view! { <span class="tag">{t(people::ACTING)}</span> }.into_any()
                    } else {
                        view! {
                            <form method="post" action="/session/act-as" class="inline">
                                <input type="hidden" name="membership" value=one.id/>
                                <button type="submit" class="button">
                                    {t(people::ACT_AS)}
                                </button>
                            </form>
                        }
                            .into_any()
                    }}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t(people::MEMBERSHIPS)}</h2>
            <ul class="plain-list">{items}</ul>
        </section>
    }
}

#[component]
fn Sessions(rows: Vec<SessionRow>, end: Act) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>{t(people::SESSIONS)}</h2>
            <SessionTable rows end people=false/>
        </section>
    }
}

#[server(prefix = "/ask", endpoint = "account", output = Answer)]
pub async fn load_account() -> Result<MyAccount, ProblemDetails> {
    server::mine().await
}

#[server(prefix = "/ask", endpoint = "factor", output = Answer)]
pub async fn load_factor() -> Result<Option<FactorOffer>, ProblemDetails> {
    second_factor::offer().await
}

#[server(prefix = "/act", endpoint = "change_password")]
pub async fn change_password(
    #[server(default)] password: String,
    #[server(default)] new_password: String,
    #[server(default)] repeat: String,
) -> Result<(), ProblemDetails> {
    server::change_password(&password, &new_password, &repeat).await
}

#[server(prefix = "/act", endpoint = "prove_factor")]
pub async fn prove_factor(
    #[server(default)] code: String,
    #[server(default)] password: String,
) -> Result<(), ProblemDetails> {
    second_factor::set_up(&code, &password).await
}

#[server(prefix = "/act", endpoint = "remove_factor")]
pub async fn remove_factor(
    #[server(default)] password: String,
    #[server(default)] code: String,
) -> Result<(), ProblemDetails> {
    second_factor::remove(&password, &code).await
}

#[server(prefix = "/act", endpoint = "end_session")]
pub async fn end_session(#[server(default)] session: String) -> Result<(), ProblemDetails> {
    server::end_session(&session).await
}
