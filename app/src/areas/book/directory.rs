pub mod preview;
#[cfg(feature = "ssr")]
pub mod server;

use domain::{BodyKind, Field, Named};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use words::directory as words;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::fields::TextArea;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::{lang, t};
use crate::problem::ProblemDetails;

/// Departments, townships and categories, and where administrators change them.
#[component]
pub fn DirectoryPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name: &str| query.read().get(name).unwrap_or_default();
    let sheet = Resource::new(
        move || (asked("of"), asked("row"), asked("draft")),
        |(of, row, draft)| load_directory(of, row, draft),
    );
    let changed = move || {
        let changed = query.read_untracked().get("changed");
        changed.and_then(|count| count.parse().ok())
    };
    view! {
        <Title text=t(words::TITLE)/>
        <section class="page">
            <h1>{t(words::TITLE)}</h1>
            {changed()
                .map(|count: u64| {
                    view! {
                        <p class="notice" role="status">
                            {words::done(lang(), count)}
                        </p>
                    }
                })}
            <p class="lead">{t(words::LEAD)}</p>
            <Loaded resource=sheet view=|sheet| view! { <Sheet sheet/> }/>
        </section>
    }
}

/// Bodies or categories, as the administrator keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectorySheet {
    /// What was typed before a preview, to be changed.
    pub typed: Vec<(String, String)>,
    pub categories: bool,
    pub rows: Vec<DirectoryRow>,
    /// As a list to be edited: all of them, or the one that is to be changed.
    pub list: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryRow {
    pub code: String,
    pub name: Named,
    /// The short name of a body, the examples of a category.
    pub more: Named,
    /// Of a body.
    pub kind: Option<BodyKind>,
    /// When it ended and who took over; empty where that is not kept.
    pub ended: Option<String>,
}

/// What a list would change, a sentence each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryPreview {
    pub categories: bool,
    pub changes: Vec<String>,
}

#[component]
fn Sheet(sheet: DirectorySheet) -> impl IntoView {
    let categories = sheet.categories;
    let tab = |of: &str, here: bool, label| {
        let class = if here { "chip current" } else { "chip" };
        view! {
            <li>
                <A
                    href=format!("/directory?of={of}")
                    attr:class=class
                    attr:aria-current=here.then_some("true")
                >
                    {t(label)}
                </A>
            </li>
        }
    };
    let more = if categories {
        words::EXAMPLES
    } else {
        words::SHORT
    };
    let rows = sheet
        .rows
        .into_iter()
        .map(|row| view! { <OneRow row categories/> })
        .collect_view();
    view! {
        <ul class="chips">
            {tab("bodies", !categories, words::BODIES)}
            {tab("categories", categories, words::CATEGORIES)}
        </ul>
        <Edit categories list=sheet.list typed=sheet.typed/>
        <table class="table stack">
            <thead>
                <tr>
                    <th scope="col">{t(words::CODE)}</th>
                    <th scope="col">{t(words::NAME)}</th>
                    <th scope="col">{t(more)}</th>
                    {(!categories).then(|| view! { <th scope="col">{t(words::KIND)}</th> })}
                    <th scope="col">{t(words::STATE)}</th>
                    <th scope="col">{t(words::CHANGE)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn OneRow(row: DirectoryRow, categories: bool) -> impl IntoView {
    let of = if categories { "categories" } else { "bodies" };
    let more = if categories {
        words::EXAMPLES
    } else {
        words::SHORT
    };
    let is_there = row.ended.is_none();
    let change = format!("/directory?of={of}&row={}", row.code);
    let state = match row.ended {
        None => t(words::IN_SERVICE).to_owned(),
        Some(ended) if ended.is_empty() => t(words::ENDED).to_owned(),
        Some(ended) => ended,
    };
    let name = lang().name(&row.name).to_owned();
    let label = format!("{} {name}", t(words::CHANGE));
    view! {
        <tr>
            <td data-label=t(words::CODE)>{row.code}</td>
            <td data-label=t(words::NAME)>{name}</td>
            <td data-label=t(more)>{lang().name(&row.more).to_owned()}</td>
            {row
                .kind
                .map(|kind| view! { <td data-label=t(words::KIND)>{t(words::kind(kind))}</td> })}
            <td data-label=t(words::STATE)>{state}</td>
            <td data-label=t(words::CHANGE)>
                {is_there
                    .then(|| {
                        view! {
                            <A href=change attr:aria-label=label>
                                {t(words::CHANGE)}
                            </A>
                        }
                    })}
            </td>
        </tr>
    }
}

#[component]
fn Edit(categories: bool, list: String, typed: Vec<(String, String)>) -> impl IntoView {
    let action = Act::of::<DraftDirectory>();
    let (of, hint) = if categories {
        ("categories", words::CATEGORIES_HINT)
    } else {
        ("bodies", words::BODIES_HINT)
    };
    let rows = if list.lines().count() > 4 { 10 } else { 4 };
    view! {
        <section class="panel">
            <h2>{t(words::EDIT)}</h2>
            <p>
                <A href=format!("/directory?of={of}&row=none")>{t(words::ADD)}</A>
                " · "
                <A href=format!("/directory?of={of}")>{t(words::ALL_ROWS)}</A>
            </p>
            <StepForm action typed hidden=vec![("of", of.to_owned())]>
                <TextArea
                    field=Field::List
                    label=t(words::LIST)
                    hint=t(hint)
                    max=100_000
                    rows
                    value=list
                />
                <Submit label=t(words::PREVIEW) consequence=t(words::PREVIEW_HINT)/>
            </StepForm>
        </section>
    }
}

#[server(prefix = "/act", endpoint = "draft_directory")]
pub async fn draft_directory(
    #[server(default)] of: String,
    #[server(default)] list: String,
) -> Result<(), ProblemDetails> {
    server::draft(&of, list).await
}

#[server(prefix = "/act", endpoint = "apply_directory")]
pub async fn apply_directory(#[server(default)] draft: String) -> Result<(), ProblemDetails> {
    server::apply(&draft).await
}

#[server(prefix = "/ask", endpoint = "directory", output = Answer)]
pub async fn load_directory(
    of: String,
    row: String,
    draft: String,
) -> Result<DirectorySheet, ProblemDetails> {
    server::sheet(&of, &row, &draft).await
}

#[server(prefix = "/ask", endpoint = "directory_preview", output = Answer)]
pub async fn load_directory_preview(draft: String) -> Result<DirectoryPreview, ProblemDetails> {
    server::preview(&draft).await
}
