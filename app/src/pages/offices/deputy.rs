use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::api::asks;
use crate::components::deadline::Moment;
use crate::components::loaded::Loaded;
use crate::components::rows::Rows;
use crate::components::table::Table;
use crate::frame::{name, t};
use crate::sheets::{ComingSheet, DeputySheet, StandingSheet};
use crate::words;
use crate::words::express as words_of;

/// What a deputy mayor answers for: the bodies, what waits for a decision, what comes up.
#[component]
pub fn DeputyPage() -> impl IntoView {
    let deputy = Resource::new(|| (), |()| asks::deputy());
    view! {
        <Title text=t(words_of::DEPUTY)/>
        <section class="page">
            <h1>{t(words_of::DEPUTY)}</h1>
            <Loaded resource=deputy view=|sheet| view! { <Deputy sheet/> }/>
        </section>
    }
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
            <A href=format!("/orders/{}", one.order) attr:data-row="">
                {one.title}
            </A>
            " · "
            {name(&one.body)}
            " · "
            <A href=format!("/meetings/{}", one.meeting)>{one.meeting_title}</A>
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
                <A href=orders("&open=yes")>{body.open}</A>
            </td>
            <td data-label=t(words_of::REDS_NOW)>
                <A href=orders("&light=red")>{body.overdue}</A>
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
