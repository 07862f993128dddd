use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::order::{Light, StageName};
use domain::time::local;
use domain::{Action, Role};
use leptos::prelude::*;
use store::orders::Filter;
use store::{Context, orders, tasks};

use crate::components::deadline::Provisional;
use crate::frame::{Frame, frame, t};
use crate::page::Page;
use crate::page::laid::light::LightMark;
use crate::serve::rows::{ahead_line, short};
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, visit};
use crate::sheets::AheadLine;

const SHOWN: u16 = 200;

/// What comes by itself, of all orders and tasks under way.
pub async fn page() -> Result<Page, Problem> {
    let ahead = ahead().await?;
    Page::laid(t(words::ahead::TITLE), view! { <Days ahead/> })
}

/// What happens to the orders and tasks under way if nobody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// By day; each with when, what, and of which case.
    pub days: Vec<(NaiveDate, Vec<AheadItem>)>,
    pub orders: u64,
    pub tasks: usize,
    pub cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AheadItem {
    pub line: AheadLine,
    pub page: String,
    pub title: String,
    pub light: Light,
    pub paused: bool,
}

/// For those who act: their own; for those who look from above: everybody's.
pub async fn ahead() -> Result<Ahead, Problem> {
    let ctx = context_for(Action::SeeAhead)?;
    let frame = visit()?.frame;
    let filter = Filter {
        open: true,
        running: true,
        department: match &ctx.actor.role {
            Role::Handler { body } | Role::Head { body } | Role::Township { body } => {
                Some(body.to_string())
            }
            _ => None,
        },
        ..Filter::default()
    };
    let (under_way, cut) = orders::under_way(&ctx, &filter, SHOWN)
        .await
        .map_err(problem)?;
    // Where not all are listed, all are counted.
    let all = match cut {
        true => Some(orders::count(&ctx, &filter).await.map_err(problem)?),
        false => None,
    };
    let mut days: BTreeMap<NaiveDate, Vec<AheadItem>> = BTreeMap::new();
    let mut orders = 0;
    for (item, order) in &under_way {
        let foreseen = order.ahead(ctx.now, &ctx.book);
        orders += u64::from(!foreseen.is_empty());
        for foreseen in foreseen {
            let day = days.entry(local(foreseen.at).date()).or_default();
            day.push(AheadItem {
                line: ahead_line(&ctx, &frame, &foreseen),
                page: format!("/orders/{}", item.overview.number),
                title: item.overview.placement.title.as_str().to_owned(),
                light: item.overview.light(ctx.now),
                paused: item.overview.stage == StageName::Paused,
            });
        }
    }
    let (open, more) = tasks::under_way(&ctx, SHOWN).await.map_err(problem)?;
    for found in &open {
        let light = found.case.task.line(&ctx.book).light(ctx.now);
        for line in of_task(&ctx, &frame, found) {
            let day = days.entry(local(line.at).date()).or_default();
            day.push(AheadItem {
                line,
                page: format!("/tasks/{}", found.case.number),
                title: found.case.title.as_str().to_owned(),
                light,
                paused: false,
            });
        }
    }
    for items in days.values_mut() {
        items.sort_by_key(|item| item.line.at);
    }
    Ok(Ahead {
        days: days.into_iter().collect(),
        orders: all.unwrap_or(orders),
        tasks: open.len(),
        cut: cut || more,
    })
}

/// What comes of a task by itself, with the name of the body that answers for it.
fn of_task(ctx: &Context, frame: &Frame, found: &tasks::Found) -> Vec<AheadLine> {
    let owner = short(&ctx.book.directory, &found.case.task.duty.owner);
    let foreseen = found.case.ahead(ctx.now, &ctx.book).into_iter();
    let lines = foreseen.map(|one| AheadLine {
        at: one.at,
        provisional: one.provisional,
        what: words::task::foreseen_of(frame.lang, frame.lang.name(&owner), &one),
    });
    lines.collect()
}

#[component]
fn Days(ahead: Ahead) -> impl IntoView {
    let frame = frame();
    let nothing = ahead.days.is_empty();
    let days = ahead
        .days
        .into_iter()
        .map(|(day, items)| {
            let items = items
                .into_iter()
                .map(|item| {
                    let clock = domain::time::local(item.line.at)
                        .format("%H:%M")
                        .to_string();
                    view! {
                        <tr>
                            <td class="cell-time">{clock}</td>
                            <td class="cell-light">
                                <LightMark light=item.light paused=item.paused/>
                            </td>
                            <td class="cell-title">
                                <a href=item.page data-row="">
                                    {item.title}
                                </a>
                            </td>
                            <td>
                                {item.line.what}
                                {item.line.provisional.then(|| view! { " " <Provisional/> })}
                            </td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <h2>{words::time::date(frame.lang, day, frame.year)}</h2>
                <table class="table ahead-day">
                    <tbody>{items}</tbody>
                </table>
            }
        })
        .collect_view();
    view! {
        <section class="page">
            <h1>{t(words::ahead::TITLE)}</h1>
            <p class="lead">{t(words::ahead::LEAD)}</p>
            {nothing.then(|| view! { <p class="empty">{t(words::ahead::NONE)}</p> })}
            {(!nothing)
                .then(|| {
                    view! {
                        <p class="quiet">
                            {words::ahead::under_way(frame.lang, ahead.orders, ahead.tasks)}
                        </p>
                    }
                })}
            {ahead.cut.then(|| view! { <p class="hint">{t(words::ahead::CUT)}</p> })}
            {days}
        </section>
    }
}
