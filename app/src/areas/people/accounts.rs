pub mod account;
pub mod many;
#[cfg(feature = "ssr")]
pub mod server;

use domain::{Field, Named, RoleName};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use words::people;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::cell::Cell;
use crate::components::fields;
use crate::components::fields::{Choice, SelectField, TextField};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::table::Table;
use crate::frame::{frame, lang, name, t};
use crate::problem::ProblemDetails;
use crate::sheets::{AccountRow, Accounts};

/// Everybody's accounts, and where new ones of the administration are made.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        let query = query.read();
        let get = |name: &str| query.get(name).unwrap_or_default();
        [get("q"), get("role"), get("state"), get("after")]
    };
    let accounts = Resource::new(asked, |[q, role, state, after]| {
        load_accounts(q, role, state, after)
    });
    let made = move || {
        let made = query.read_untracked().get("made");
        made.and_then(|made| made.parse::<u64>().ok())
    };
    let is = move |at: usize, code: &str| asked()[at] == code;
    let roles = RoleName::ALL
        .into_iter()
        .map(|role| {
            view! {
                <option value=role.code() selected=is(1, role.code())>
                    {t(words::order::role(role))}
                </option>
            }
        })
        .collect_view();
    view! {
        <Title text=t(people::ACCOUNTS)/>
        <section class="page">
            <h1>{t(people::ACCOUNTS)}</h1>
            {made()
                .map(|made| {
                    view! {
                        <p class="notice" role="status">
                            {people::many_made(lang(), made)}
                        </p>
                    }
                })}
            <p class="lead">{t(people::ACCOUNTS_LEAD)}</p>
            <form method="get" action="/accounts" class="search" role="search">
                <label for="q">{t(people::FIND_ACCOUNT)}</label>
                <input id="q" name="q" type="search" value=move || asked()[0].clone()/>
                <label for="role">{t(people::ROLE)}</label>
                <select id="role" name="role">
                    <option value="">{t(people::ALL)}</option>
                    {roles}
                </select>
                <label for="state">{t(people::STATE)}</label>
                <select id="state" name="state">
                    <option value="">{t(people::ALL)}</option>
                    <option value="active" selected=is(2, "active")>
                        {t(people::ACTIVE)}
                    </option>
                    <option value="disabled" selected=is(2, "disabled")>
                        {t(people::DISABLED)}
                    </option>
                </select>
                <button type="submit" class="button">
                    {t(people::FIND)}
                </button>
            </form>
            <Loaded
                resource=accounts
                view=move |found| {
                    let mut query = query.get_untracked();
                    let later = query.remove("after").is_some();
                    view! { <Found found query later/> }
                }
            />
        </section>
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSheet {
    pub account: AccountRow,
    /// Whether it is the reader's own.
    pub mine: bool,
    /// Whether they administer the system: nobody resets such an account by page.
    pub administers: bool,
    /// Whether their second factor is taken off on the server only.
    pub keeps_factor: bool,
    pub memberships: Vec<MembershipSheet>,
    pub bodies: Vec<(String, Named)>,
    /// The bodies that a deputy mayor answers for; `None` for others.
    pub answers_for: Option<Vec<String>>,
    pub initial: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipSheet {
    pub id: i64,
    pub role: RoleName,
    pub manages: bool,
    pub place: Option<Named>,
    /// Orders under way that they answer for.
    pub open: u64,
}

#[component]
fn Found(found: Accounts, query: ParamsMap, later: bool) -> impl IntoView {
    let first = format!("/accounts{}", query.to_query_string());
    let next = found.next.map(|after| {
        let mut query = query;
        query.insert("after", after);
        format!("/accounts{}", query.to_query_string())
    });
    let empty = found.rows.is_empty();
    let rows = found
        .rows
        .into_iter()
        .map(|row| view! { <Row row/> })
        .collect_view();
    view! {
        <Add bodies=found.bodies initial=found.initial/>
        <p>
            <A href="/account-list">{t(people::MANY_ACCOUNTS)}</A>
        </p>
        <Table none=empty.then_some(people::NO_ACCOUNTS) heads=vec![
                    people::NAME, people::PERSON, people::ROLE, people::FACTOR,
                    people::STATE
                ]>{rows}</Table>
        <p class="pager">
            {later.then(|| view! { <A href=first>{t(people::FIRST_PAGE)}</A> })}
            {next.map(|href| view! { <A href=href>{t(people::MORE)}</A> })}
        </p>
    }
}

#[component]
fn Row(row: AccountRow) -> impl IntoView {
    let state = if row.disabled {
        people::DISABLED
    } else {
        people::ACTIVE
    };
    let roles: Vec<String> = row.roles.iter().map(held).collect();
    let roles = if roles.is_empty() {
        t(people::NO_ROLE).to_owned()
    } else {
        roles.join(" · ")
    };
    let factor = if row.has_factor {
        people::FACTOR_ON
    } else {
        people::FACTOR_OFF
    };
    view! {
        <tr>
            <td class="cell-title">
                <A href=format!("/accounts/{}", row.id) attr:data-row="">
                    {row.name}
                </A>
            </td>
            <Cell label=t(people::PERSON) text=row.display/>
            <Cell label=t(people::ROLE) text=roles/>
            <Cell label=t(people::FACTOR) text=t(factor)/>
            <td data-label=t(people::STATE)>{t(state)}</td>
        </tr>
    }
}

/// The centre's officers are called as the centre is: once is enough.
fn held((role, place): &(RoleName, Option<Named>)) -> String {
    let role = t(words::order::role(*role));
    match place.as_ref().map(name) {
        Some(place) if place != role => format!("{role} {place}"),
        Some(_) | None => role.to_owned(),
    }
}

#[component]
fn Add(bodies: Vec<(String, Named)>, initial: String) -> impl IntoView {
    let action = Act::of::<AddAccount>();
    let kept = frame().kept;
    let open = kept.is_some_and(|kept| kept.act == "/act/add_account");
    view! {
        <details class="panel" open=open>
            <summary>{t(people::ADD_ACCOUNT)}</summary>
            <StepForm action>
                <TextField
                    field=Field::UserName
                    label=t(people::NAME)
                    hint=t(people::NAME_HINT)
                    autocomplete="off"
                />
                <TextField field=Field::Display label=t(people::PERSON) autocomplete="off"/>
                <TextField
                    field=Field::Phone
                    label=t(people::PHONE)
                    kind="tel"
                    autocomplete="off"
                />
                <RoleFields bodies/>
                <TextField
                    field=Field::NewPassword
                    label=t(people::FIRST_PASSWORD_FIELD)
                    value=initial
                    autocomplete="off"
                />
                <Submit
                    label=t(people::ADD_ACCOUNT)
                    consequence=t(people::ADD_ACCOUNT_HINT)
                />
            </StepForm>
        </details>
    }
}

/// A role of the administration, and the body that it is held in.
#[component]
pub fn RoleFields(bodies: Vec<(String, Named)>) -> impl IntoView {
    let roles = RoleName::ALL
        .into_iter()
        .filter(|role| !matches!(role, RoleName::Enterprise | RoleName::Clockwork))
        // Those are made on the server.
        .filter(|role| !role.administers())
        .map(|role| Choice::new(role.code(), t(words::order::role(role))))
        .collect();
    view! {
        <SelectField field=Field::Role label=t(people::ROLE) choices=roles/>
        <SelectField field=Field::Body label=t(people::BODY) choices=fields::bodies(bodies)/>
        <p class="hint">{t(people::BODY_HINT)}</p>
    }
}

#[server(prefix = "/ask", endpoint = "accounts", output = Answer)]
pub async fn load_accounts(
    q: String,
    role: String,
    state: String,
    after: String,
) -> Result<crate::sheets::Accounts, ProblemDetails> {
    server::list(&q, &role, &state, &after).await
}

#[server(prefix = "/ask", endpoint = "account_sheet", output = Answer)]
pub async fn load_account_sheet(id: String) -> Result<AccountSheet, ProblemDetails> {
    server::sheet(&id).await
}

#[server(prefix = "/act", endpoint = "add_account")]
pub async fn add_account(
    #[server(default)] name: String,
    #[server(default)] display: String,
    #[server(default)] phone: String,
    #[server(default)] role: String,
    #[server(default)] body: String,
    #[server(default)] new_password: String,
) -> Result<(), ProblemDetails> {
    let wish = server::Wish {
        name,
        display,
        phone,
        role,
        body,
    };
    server::add(wish, &new_password).await
}

#[server(prefix = "/act", endpoint = "add_membership")]
pub async fn add_membership(
    #[server(default)] account: String,
    #[server(default)] role: String,
    #[server(default)] body: String,
) -> Result<(), ProblemDetails> {
    server::add_membership(&account, &role, &body).await
}

#[server(prefix = "/act", endpoint = "change_account")]
pub async fn change_account(
    #[server(default)] account: String,
    #[server(default)] change: String,
) -> Result<(), ProblemDetails> {
    server::change(&account, &change, "").await
}

#[server(prefix = "/act", endpoint = "correct_account")]
pub async fn correct_account(
    #[server(default)] account: String,
    #[server(default)] display: String,
    #[server(default)] phone: String,
) -> Result<(), ProblemDetails> {
    server::correct(&account, &display, &phone).await
}

#[server(prefix = "/act", endpoint = "answer_for")]
pub async fn answer_for(
    #[server(default)] account: String,
    #[server(default)] bodies: Vec<String>,
) -> Result<(), ProblemDetails> {
    server::answer_for(&account, &bodies).await
}

#[server(prefix = "/act", endpoint = "reset_password")]
pub async fn reset_password(
    #[server(default)] account: String,
    #[server(default)] new_password: String,
) -> Result<(), ProblemDetails> {
    server::change(&account, "reset", &new_password).await
}
