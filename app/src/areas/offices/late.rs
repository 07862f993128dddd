use domain::order::Light;
use domain::{Action, BodyCode, Named};
use leptos::prelude::*;
use store::tasks::Which;
use store::{orders, tasks};

use crate::areas::tasks::list::TaskList;
use crate::areas::tasks::task::server::given_sheet;
use crate::frame::{lang, name, t};
use crate::page::Page;
use crate::page::laid::deadline::DeadlineWords;
use crate::page::laid::light::LightMark;
use crate::page::laid::timeline::Timeline;
use crate::page::laid::turn::turn_of;
use crate::serve::rows::{lines, row, short};
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, layout, visit};
use crate::sheets::{Laid, Row, TaskSheet};

const SHOWN: u16 = 100;

/// What passed its deadline: who is late, by how much, and the way it took.
pub async fn page() -> Result<Page, Problem> {
    let sheet = late().await?;
    Page::laid(t(words::frame::LATE), view! { <Late sheet/> })
}

/// What was carried up, for those above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateSheet {
    /// `None` is the centre, before dispatch.
    pub by_body: Vec<(Option<Named>, LateCount)>,
    pub items: Vec<LateItem>,
    /// The tasks past their deadline, the longest first; and how many there are in all.
    pub tasks: Vec<TaskSheet>,
    pub late_tasks: u64,
    /// Whether there are more than are shown.
    pub cut: bool,
}

/// How many are late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateCount {
    pub orders: u64,
    pub tasks: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateItem {
    pub row: Row,
    pub way: Laid,
}

pub async fn late() -> Result<LateSheet, Problem> {
    let ctx = context_for(Action::SeeLate)?;
    let frame = visit()?.frame;
    let (items, cut) = orders::late(&ctx, SHOWN).await.map_err(problem)?;
    let by_body = orders::counts_by_lead(&ctx, Light::Red)
        .await
        .map_err(problem)?;
    let (given, late_tasks) = tasks::tasks(&ctx, Which::Late, 0, SHOWN)
        .await
        .map_err(problem)?;
    let by_owner = tasks::late_by_owner(&ctx).await.map_err(problem)?;
    Ok(LateSheet {
        by_body: together(by_body, by_owner)
            .map(|(body, n)| (body.map(|body| short(&ctx.book.directory, &body)), n))
            .collect(),
        tasks: given
            .into_iter()
            .map(|given| given_sheet(&ctx, frame.lang, given))
            .collect(),
        late_tasks,
        items: items
            .iter()
            .map(|item| {
                let overview = &item.listed.overview;
                let way = lines(&ctx, frame.lang, frame.year, overview, &item.events);
                Ok(LateItem {
                    row: row(&ctx, &item.listed),
                    way: layout::history(&way)?,
                })
            })
            .collect::<Result<_, Problem>>()?,
        cut,
    })
}

/// A line for each body that is late with orders or with tasks, the most orders first.
fn together(
    orders: Vec<(Option<BodyCode>, u64)>,
    tasks: Vec<(BodyCode, u64)>,
) -> impl Iterator<Item = (Option<BodyCode>, LateCount)> {
    let mut lines: Vec<(Option<BodyCode>, LateCount)> = orders
        .into_iter()
        .map(|(body, orders)| (body, LateCount { orders, tasks: 0 }))
        .collect();
    for (body, tasks) in tasks {
        match lines
            .iter_mut()
            .find(|(one, _)| one.as_ref() == Some(&body))
        {
            Some((_, count)) => count.tasks = tasks,
            None => lines.push((Some(body), LateCount { orders: 0, tasks })),
        }
    }
    lines.into_iter()
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
                                                <a href="/tasks?which=late">
                                                    {t(words::home::SEE_ALL)}
                                                </a>
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
                <a href=format!("/orders/{}", row.number) data-row="">
                    {row.title.clone()}
                </a>
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
