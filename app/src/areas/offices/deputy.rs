use domain::{Action, BodyCode, Instant, Named};
use leptos::prelude::*;
use store::deputies::Coming;
use store::orders::{Filter, Sort};
use store::{Context, deputies, orders};
use words::express as words_of;

use crate::areas::meetings::meeting::server::decided_since;
use crate::components::deadline::Moment;
use crate::components::rows::Rows;
use crate::components::table::Table;
use crate::frame::{name, t};
use crate::page::Page;
use crate::serve::Problem;
use crate::serve::rows::{short, table};
use crate::serve::visit::{context_for, problem};
use crate::sheets::Laid;

/// Orders that a list of the page shows.
const SHOWN: u16 = 20;

/// What a deputy mayor answers for: the bodies, what waits for a decision, what comes up.
pub async fn page() -> Result<Page, Problem> {
    let sheet = deputy().await?;
    Page::laid(
        t(words_of::DEPUTY),
        view! {
            <section class="page">
                <h1>{t(words_of::DEPUTY)}</h1>
                <Deputy sheet/>
            </section>
        },
    )
}

/// What a deputy mayor answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeputySheet {
    /// Whether bodies are named; else all are shown.
    pub named: bool,
    pub bodies: Vec<StandingSheet>,
    pub coming: Vec<ComingSheet>,
    /// What the reader has to decide.
    pub decide: Laid,
    /// What waits for the reader otherwise.
    pub waits: Laid,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingSheet {
    pub name: Named,
    pub code: String,
    pub open: u64,
    pub overdue: u64,
    pub cards: u64,
    pub tasks: u64,
    pub late_tasks: u64,
    pub extensions: u64,
}

/// A matter that a meeting is to deliberate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingSheet {
    pub order: String,
    pub title: String,
    pub body: Named,
    pub meeting: String,
    pub meeting_title: String,
    pub starts_at: Instant,
    /// Whether another meeting has decided about it.
    pub decided: bool,
}

/// The bodies that the reader answers for; where none are named, all of them.
pub async fn deputy() -> Result<DeputySheet, Problem> {
    let ctx = context_for(Action::SeeDeputyPage)?;
    let own = match ctx.actor.user {
        Some(user) => deputies::bodies_of(&ctx, user).await.map_err(problem)?,
        None => Vec::new(),
    };
    let directory = &ctx.book.directory;
    let all = directory.bodies.iter();
    let all = all.filter(|body| body.kind.fulfils_orders());
    let named = !own.is_empty();
    let bodies: Vec<BodyCode> = if named {
        own
    } else {
        all.map(|body| body.code.clone()).collect()
    };
    let standings = deputies::standings(&ctx, &bodies).await.map_err(problem)?;
    let coming = deputies::coming(&ctx, &bodies).await.map_err(problem)?;
    let mut upcoming = Vec::with_capacity(coming.len());
    for one in coming {
        upcoming.push(ComingSheet {
            order: one.order.to_string(),
            decided: one.decided && is_decided_elsewhere(&ctx, &one).await?,
            body: short(directory, &one.body),
            title: one.title,
            meeting: one.meeting.to_string(),
            meeting_title: one.meeting_title,
            starts_at: one.starts_at,
        });
    }
    let asks = Filter {
        asks_caller: true,
        ..Filter::default()
    };
    let decide = orders::list(&ctx, &asks, Sort::DueFirst, None, SHOWN)
        .await
        .map_err(problem)?;
    let twice = Filter {
        twice_bad: true,
        ..Filter::default()
    };
    let waits = orders::list(&ctx, &twice, Sort::DueFirst, None, SHOWN)
        .await
        .map_err(problem)?;
    Ok(DeputySheet {
        named,
        bodies: standings
            .into_iter()
            .map(|one| StandingSheet {
                name: short(directory, &one.body),
                code: one.body.to_string(),
                open: one.open,
                overdue: one.overdue,
                cards: one.cards,
                tasks: one.tasks,
                late_tasks: one.late_tasks,
                extensions: one.extensions,
            })
            .collect(),
        coming: upcoming,
        decide: table(&ctx, &decide.items)?,
        waits: table(&ctx, &waits.items)?,
    })
}

/// Whether another meeting has decided about it since it was put on the agenda.
async fn is_decided_elsewhere(ctx: &Context, coming: &Coming) -> Result<bool, Problem> {
    let found = orders::find(ctx, coming.order).await.map_err(problem)?;
    Ok(decided_since(&found.order, coming.put_on, coming.meeting).is_some())
}

#[component]
fn Deputy(sheet: DeputySheet) -> impl IntoView {
    let coming = sheet.coming.clone();
    let nothing_comes = coming.is_empty();
    let coming = coming
        .into_iter()
        .map(|one| view! { <Comes one/> })
        .collect_view();
    let bodies = sheet
        .bodies
        .into_iter()
        .map(|body| view! { <Body body/> })
        .collect_view();
    view! {
        {(!sheet.named).then(|| view! { <p class="notice">{t(words_of::DEPUTY_ALL)}</p> })}
        <h2>{t(words_of::DEPUTY_DECIDE)}</h2>
        {if sheet.decide.is_empty() {
            view! { <p class="empty">{t(words_of::DEPUTY_DECIDE_NONE)}</p> }.into_any()
        } else {
            view! { <Rows rows=sheet.decide/> }.into_any()
        }}
        {(!sheet.waits.is_empty())
            .then(|| {
                view! {
                    <h2>{t(words_of::DEPUTY_WAITS)}</h2>
                    <Rows rows=sheet.waits/>
                }
            })}
        <h2>{t(words_of::DEPUTY_COMING)}</h2>
        {if nothing_comes {
            view! { <p class="empty">{t(words_of::DEPUTY_COMING_NONE)}</p> }.into_any()
        } else {
            view! { <ul class="plain-list meetings">{coming}</ul> }.into_any()
        }}
        <h2>{t(words_of::DEPUTY_BODIES)}</h2>
        <Table heads=vec![
            words::home::LATE_BODY, words::home::OPEN, words_of::REDS_NOW,
            words::order::CARDS, words_of::TASKS, words_of::DEPUTY_EXTENSIONS
        ]>{bodies}</Table>
    }
}

#[component]
fn Comes(one: ComingSheet) -> impl IntoView {
    view! {
        <li class="meeting-line">
            <Moment at=one.starts_at/>
            " "
            <a href=format!("/orders/{}", one.order) data-row="">
                {one.title}
            </a>
            " · "
            {name(&one.body)}
            " · "
            <a href=format!("/meetings/{}", one.meeting)>{one.meeting_title}</a>
            {one
                .decided
                .then(|| {
                    view! {
                        " "
                        <span class="tag">{t(words_of::OUTCOME_ELSEWHERE)}</span>
                    }
                })}
        </li>
    }
}

#[component]
fn Body(body: StandingSheet) -> impl IntoView {
    let orders = |more: &str| format!("/orders?department={}{more}", body.code);
    view! {
        <tr>
            <td class="cell-title">{name(&body.name)}</td>
            <td data-label=t(words::home::OPEN)>
                <a href=orders("&open=yes")>{body.open}</a>
            </td>
            <td data-label=t(words_of::REDS_NOW)>
                <a href=orders("&light=red")>{body.overdue}</a>
            </td>
            <td data-label=t(words::order::CARDS)>{body.cards}</td>
            <td data-label=t(words_of::TASKS)>
                {body.tasks}
                {(body.late_tasks > 0)
                    .then(|| {
                        view! { " · " {t(words_of::TASKS_LATE)} " " {body.late_tasks} }
                    })}
            </td>
            <td data-label=t(words_of::DEPUTY_EXTENSIONS)>{body.extensions}</td>
        </tr>
    }
}
