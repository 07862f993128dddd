#[cfg(feature = "ssr")]
pub mod server;

use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};
use words::people;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::cell::Cell;
use crate::components::fields::TextArea;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::{lang, t};
use crate::problem::ProblemDetails;

/// Where a list of people is put in, to be looked at.
#[component]
pub fn ManyAccountsPage() -> impl IntoView {
    let query = use_query_map();
    let draft = move || query.read().get("draft").unwrap_or_default();
    let before = Resource::new(draft, load_accounts_preview);
    view! {
        <Title text=t(people::MANY_ACCOUNTS)/>
        <section class="page narrow">
            <h1>{t(people::MANY_ACCOUNTS)}</h1>
            <Loaded
                resource=before
                view=|before| {
                    let action = Act::of::<DraftAccounts>();
                    view! {
                        <StepForm action>
                            <TextArea
                                field=Field::List
                                label=t(words::directory::LIST)
                                hint=t(people::MANY_HINT)
                                max=20_000
                                rows=12
                                value=before.list
                            />
                            <Submit label=t(people::MANY_CHECK)/>
                        </StepForm>
                    }
                }
            />
        </section>
    }
}

/// The list row by row, with the first passwords, before the accounts are made.
#[component]
pub fn AccountsPreviewPage() -> impl IntoView {
    let params = use_params_map();
    let draft = move || params.read().get("draft").unwrap_or_default();
    let preview = Resource::new(draft, load_accounts_preview);
    view! {
        <Title text=t(people::MANY_ACCOUNTS)/>
        <section class="page">
            <h1>{t(people::MANY_ACCOUNTS)}</h1>
            <Loaded resource=preview view=|preview| view! { <Preview preview/> }/>
        </section>
    }
}

/// Accounts of many people before they are made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountsPreview {
    pub draft: String,
    /// As it was put in.
    pub list: String,
    pub rows: Vec<AccountLine>,
    pub wrong: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// Its line in the list.
    pub row: usize,
    pub name: String,
    pub display: String,
    pub phone: String,
    /// In words; what was typed where there is no such role or body.
    pub role: String,
    pub place: String,
    /// The first one; shown until the account is made.
    pub password: String,
    pub wrong: Vec<String>,
}

#[component]
fn Preview(preview: AccountsPreview) -> impl IntoView {
    let action = Act::of::<MakeAccounts>();
    let said = words::knowledge::hall_rows(lang(), preview.rows.len(), preview.wrong);
    let again = format!("/account-list?draft={}", preview.draft);
    let right = preview.wrong == 0;
    let rows = preview
        .rows
        .into_iter()
        .map(|line| view! { <Line line right/> })
        .collect_view();
    view! {
        <p class="list-total">{said}</p>
        <table class="table stack">
            <thead>
                <tr>
                    <th scope="col">{t(words::knowledge::HALL_ROW)}</th>
                    <th scope="col">{t(people::NAME)}</th>
                    <th scope="col">{t(people::PERSON)}</th>
                    <th scope="col">{t(people::PHONE)}</th>
                    <th scope="col">{t(people::ROLE)}</th>
                    <th scope="col">{t(people::BODY)}</th>
                    <th scope="col">
                        {if right {
                            t(people::FIRST_PASSWORD_FIELD)
                        } else {
                            t(words::knowledge::HALL_STATE)
                        }}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {right
            .then(|| {
                view! {
                    <StepForm action hidden=vec![("draft", preview.draft)]>
                        <Submit label=t(people::MANY_MAKE) consequence=t(people::MANY_WILL)/>
                    </StepForm>
                }
            })}
        <p>
            <A href=again>{t(words::directory::AGAIN)}</A>
        </p>
    }
}

#[component]
fn Line(line: AccountLine, right: bool) -> impl IntoView {
    let last = if right {
        view! { <code>{line.password}</code> }.into_any()
    } else {
        let wrong = line.wrong.into_iter();
        let wrong = wrong.map(|said| view! { <p class="fault">{said}</p> });
        wrong.collect_view().into_any()
    };
    view! {
        <tr>
            <Cell label=t(words::knowledge::HALL_ROW) text=line.row.to_string()/>
            <Cell label=t(people::NAME) text=line.name/>
            <Cell label=t(people::PERSON) text=line.display/>
            <Cell label=t(people::PHONE) text=line.phone/>
            <Cell label=t(people::ROLE) text=line.role/>
            <Cell label=t(people::BODY) text=line.place/>
            <td data-label=right.then(|| t(people::FIRST_PASSWORD_FIELD))>{last}</td>
        </tr>
    }
}

#[server(prefix = "/ask", endpoint = "accounts_preview", output = Answer)]
pub async fn load_accounts_preview(draft: String) -> Result<AccountsPreview, ProblemDetails> {
    server::preview(&draft).await
}

#[server(prefix = "/act", endpoint = "draft_accounts")]
pub async fn draft_accounts(#[server(default)] list: String) -> Result<(), ProblemDetails> {
    server::draft(&list).await
}

#[server(prefix = "/act", endpoint = "make_accounts")]
pub async fn make_accounts(#[server(default)] draft: String) -> Result<(), ProblemDetails> {
    server::make(&draft).await
}
