use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::api::asks;
use crate::components::deadline::DeadlineWords;
use crate::components::light::LightMark;
use crate::components::loaded::Loaded;
use crate::components::rows::turn_of;
use crate::components::task::TaskList;
use crate::components::timeline::Timeline;
use crate::frame::{lang, name, t};
use crate::sheets::{LateItem, LateSheet};
use crate::words;

/// What passed its deadline: who is late, by how much, and the way it took.
#[component]
pub fn LatePage() -> impl IntoView {
    let late = Resource::new(|| (), |()| asks::late());
    view! {
        <Title text=t(words::frame::LATE)/>
        <Loaded resource=late view=|sheet| view! { <Late sheet/> }/>
    }
}

#[component]
fn Late(sheet: LateSheet) -> impl IntoView {
    let nothing = sheet.items.is_empty() && sheet.tasks.is_empty();
    let late_tasks = sheet.late_tasks;
    let more_tasks = late_tasks > sheet.tasks.len() as u64;
    let bodies = sheet
        .by_body
        .into_iter()
        .map(|(body, late)| {
            let body = body
                .as_ref()
                .map_or_else(|| t(words::home::CENTRE_BODY).to_owned(), name);
            view! {
                <tr>
                    <th scope="row">{body}</th>
                    <td>{late.orders}</td>
                    <td>{late.tasks}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="page">
            <h1>{t(words::frame::LATE)}</h1>
            <p class="lead">{t(words::home::LATE_HINT)}</p>
            {sheet.cut.then(|| view! { <p class="notice">{t(words::home::LATE_CUT)}</p> })}
            <div class="late">
                <div>
                    {if nothing {
                        view! { <p class="empty">{t(words::home::LATE_NONE)}</p> }.into_any()
                    } else {
                        sheet
                            .items
                            .into_iter()
                            .map(|item| view! { <Item item/> })
                            .collect_view()
                            .into_any()
                    }}
                    {(late_tasks > 0)
                        .then(|| {
                            view! {
                                <h2>{t(words::home::TASKS_LATE)} " " {late_tasks}</h2>
                                <TaskList tasks=sheet.tasks/>
                                {more_tasks
                                    .then(|| {
                                        view! {
                                            <p>
                                                <A href="/tasks?which=late">
                                                    {t(words::home::SEE_ALL)}
                                                </A>
                                            </p>
                                        }
                                    })}
                            }
                        })}
                </div>
                <aside class="panel">
                    <h2>{t(words::home::LATE_BY_BODY)}</h2>
                    <table class="plain">
                        <thead>
                            <tr>
                                <th scope="col">{t(words::home::LATE_BODY)}</th>
                                <th scope="col">{t(words::home::LATE_COUNT)}</th>
                                <th scope="col">{t(words::home::LATE_TASK_COUNT)}</th>
                            </tr>
                        </thead>
                        <tbody>{bodies}</tbody>
                    </table>
                </aside>
            </div>
        </section>
    }
}

#[component]
fn Item(item: LateItem) -> impl IntoView {
    let LateItem { row, way } = item;
    let body = row
        .lead
        .as_ref()
        .map_or_else(|| t(words::home::CENTRE_BODY).to_owned(), name);
    let turn = turn_of(&row, lang()).to_owned();
    view! {
        <article class="panel late-item">
            <h2>
                <LightMark light=row.light/>
                " "
                <A href=format!("/orders/{}", row.number) attr:data-row="">
                    {row.title.clone()}
                </A>
            </h2>
            <dl class="facts">
                <dt>{t(words::home::LATE_BODY)}</dt>
                <dd>{body}</dd>
                <dt>{t(words::order::DEADLINE)}</dt>
                <dd>
                    <DeadlineWords deadline=row.deadline/>
                </dd>
                {row
                    .escalation
                    .map(|level| {
                        view! {
                            <dt>{t(words::home::LATE_LEVEL)}</dt>
                            <dd>{t(words::order::level(level))}</dd>
                        }
                    })}
                <dt>{t(words::order::ENTERPRISE)}</dt>
                <dd>{row.enterprise.clone()}</dd>
                <dt>{t(words::order::TURN)}</dt>
                <dd>{turn}</dd>
                <dt>{t(words::order::NUMBER)}</dt>
                <dd>{row.number.clone()}</dd>
            </dl>
            <details>
                <summary>{t(words::home::LATE_WAY)}</summary>
                <Timeline lines=way/>
            </details>
        </article>
    }
}
