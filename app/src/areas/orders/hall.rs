#[cfg(feature = "ssr")]
pub mod server;

use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};
use words::knowledge as know;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::table::Table;
use crate::frame::{frame, lang, t};
use crate::problem::ProblemDetails;

/// Where a list of the hall is sent to be checked. A plain form: a file is read by the
/// server.
#[component]
pub fn HallPage() -> impl IntoView {
    let query = use_query_map();
    let entered = move || {
        let entered = query.read_untracked().get("entered");
        entered.and_then(|n| n.parse::<u64>().ok())
    };
    let may = Resource::new(|| (), |()| load_may_enter());
    view! {
        <Title text=t(know::HALL)/>
        <section class="page narrow">
            <h1>{t(know::HALL)}</h1>
            {entered()
                .map(|orders| {
                    view! {
                        <p class="notice" role="status">
                            {know::entered(lang(), orders)} " "
                            <A href="/orders?stage=submitted">{t(words::order::LIST)}</A>
                        </p>
                    }
                })}
            <Loaded resource=may view=|()| view! { <Upload/> }/>
        </section>
    }
}

#[component]
fn Upload() -> impl IntoView {
    let kept = frame().kept.filter(|kept| kept.act == "/orders/import");
    let refused = kept.map(|kept| {
        let said = kept.problem.said(lang());
        let faults = kept
            .problem
            .faults
            .iter()
            .map(|fault| view! { <li>{fault.sentence.clone()}</li> })
            .collect_view();
        view! {
            <div class="summary" role="alert">
                <p>{said}</p>
                <ul>{faults}</ul>
            </div>
        }
    });
    view! {
        <p class="lead">{t(know::HALL_LEAD)}</p>
        <p>
            <a href="/orders/import/form.xlsx" rel="external" download="">
                {t(know::HALL_FORM)}
            </a>
        </p>
        {refused}
        <form
            method="post"
            action="/orders/import"
            enctype="multipart/form-data"
            class="form"
        >
            <div class="field">
                <label for="hall-sheet">{t(know::HALL_FILE)}</label>
                <input
                    type="file"
                    id="hall-sheet"
                    name=Field::Sheet.code()
                    accept=".xlsx,.csv,.txt"
                    required
                />
            </div>
            <Submit label=t(know::HALL_CHECK) consequence=t(know::HALL_HAPPENED)/>
        </form>
    }
}

/// A list row by row, before it is entered.
#[component]
pub fn HallPreviewPage() -> impl IntoView {
    let params = use_params_map();
    let draft = move || params.read().get("draft").unwrap_or_default();
    let preview = Resource::new(draft, load_hall_preview);
    view! {
        <Title text=t(know::HALL)/>
        <section class="page">
            <h1>{t(know::HALL)}</h1>
            <Loaded resource=preview view=|preview| view! { <Preview preview/> }/>
        </section>
    }
}

/// A list of the hall before it is entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallPreview {
    pub draft: String,
    pub rows: Vec<HallLine>,
    pub wrong: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallLine {
    /// As the spreadsheet numbers it.
    pub row: usize,
    pub enterprise: String,
    pub title: String,
    /// As they would be kept; as they were typed where they are wrong.
    pub phone: String,
    pub category: String,
    pub township: String,
    pub urgency: String,
    pub happened: String,
    /// What is wrong with it, a sentence each.
    pub wrong: Vec<String>,
    /// An order under way that says the same.
    pub like: Option<String>,
}

#[component]
fn Preview(preview: HallPreview) -> impl IntoView {
    let action = Act::of::<EnterOrders>();
    let said = know::hall_rows(lang(), preview.rows.len(), preview.wrong);
    let rows = preview
        .rows
        .into_iter()
        .map(|line| view! { <Line line/> })
        .collect_view();
    view! {
        <p class="list-total">{said}</p>
        {if preview.wrong == 0 {
            view! {
                <StepForm action hidden=vec![("draft", preview.draft)]>
                    <Submit label=t(know::HALL_ENTER) consequence=t(know::HALL_HAPPENED)/>
                </StepForm>
            }
                .into_any()
        } else {
            view! {
                <p>
                    <A href="/orders/import" attr:class="button primary">
                        {t(know::HALL_AGAIN)}
                    </A>
                </p>
            }
                .into_any()
        }}
        <Table heads=vec![
            know::HALL_ROW, words::order::ENTERPRISE, words::order::TITLE,
            words::order::CATEGORY, words::order::TOWNSHIP, words::order::URGENCY,
            words::order::CONTACT_PHONE, words::order::RECEIVED_AT, know::HALL_STATE
        ]>{rows}</Table>
    }
}

#[component]
fn Line(line: HallLine) -> impl IntoView {
    let right = line.wrong.is_empty();
    let wrong = line
        .wrong
        .into_iter()
        .map(|said| view! { <p class="fault">{said}</p> })
        .collect_view();
    view! {
        <tr>
            <td data-label=t(know::HALL_ROW)>{line.row}</td>
            <td data-label=t(words::order::ENTERPRISE)>{line.enterprise}</td>
            <td data-label=t(words::order::TITLE)>{line.title}</td>
            <td data-label=t(words::order::CATEGORY)>{line.category}</td>
            <td data-label=t(words::order::TOWNSHIP)>{line.township}</td>
            <td data-label=t(words::order::URGENCY)>{line.urgency}</td>
            <td data-label=t(words::order::CONTACT_PHONE)>{line.phone}</td>
            <td data-label=t(words::order::RECEIVED_AT)>{line.happened}</td>
            <td data-label=t(know::HALL_STATE)>
                {wrong} {right.then_some(t(know::HALL_RIGHT))}
                {line
                    .like
                    .map(|number| {
                        let address = format!("/orders/{number}");
                        view! {
                            <p class="quiet">
                                <a href=address>{know::hall_like(lang(), &number)}</a>
                            </p>
                        }
                    })}
            </td>
        </tr>
    }
}

#[server(prefix = "/ask", endpoint = "may_enter", output = Answer)]
pub async fn load_may_enter() -> Result<(), ProblemDetails> {
    server::may_enter().await
}

#[server(prefix = "/ask", endpoint = "hall_preview", output = Answer)]
pub async fn load_hall_preview(draft: String) -> Result<HallPreview, ProblemDetails> {
    server::preview(&draft).await
}

/// The list that was checked is entered, all of it.
#[server(prefix = "/act", endpoint = "enter_orders")]
pub async fn enter_orders(#[server(default)] draft: String) -> Result<(), ProblemDetails> {
    server::enter(&draft).await
}
