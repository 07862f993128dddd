use domain::meeting::MeetingState;
use domain::order::event::What;
use domain::order::{Brief, Event, ExpressState, Number, Order, StepName, events};
use domain::task::{Source, TaskState};
use domain::{Action, Instant, Named};
use leptos::prelude::*;
use store::meetings::Listed;
use store::orders::{Found, Precedent};
use store::{Context, meetings, orders};
use words::express as words_of;
use words::lang::{Lang, Text};

use crate::areas::meetings::meeting::server::{decided_since, meeting_row};
use crate::areas::tasks::task::server::task_sheet;
use crate::components::deadline::Moment;
use crate::components::fields::Choice;
use crate::frame::{name, t};
use crate::page::Page;
use crate::page::laid::deadline::DeadlineWords;
use crate::page::laid::light::LightMark;
use crate::page::laid::matter::BriefFacts;
use crate::page::laid::task::TaskItem;
use crate::serve::rows::{row, short};
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, files, visit};
use crate::sheets::{BriefSheet, MeetingRow, PrecedentSheet, Row, TaskSheet};

/// Shown of each state at once; the number says how many there are.
const SHOWN: u16 = 50;
pub const PRECEDENTS: usize = 4;

/// What stands on the mayor's express, one matter at a time.
pub async fn page() -> Result<Page, Problem> {
    let sheet = express().await?;
    Page::laid(
        t(words_of::EXPRESS),
        view! {
            <section class="page">
                <h1>{t(words_of::EXPRESS)}</h1>
                <p class="lead">{t(words_of::EXPRESS_LEAD)}</p>
                <Queues sheet/>
            </section>
        },
    )
}

/// What stands on the mayor's express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressSheet {
    pub candidates: Queue,
    pub matters: Queue,
    pub decided: Queue,
    pub concluded: Queue,
    pub sent_back: Queue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub items: Vec<MatterSheet>,
    pub total: u64,
}

/// A candidate or a matter, with all that one decides by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterSheet {
    pub row: Row,
    pub state: ExpressState,
    pub since: Instant,
    /// Who put it forward, in words.
    pub by: String,
    pub brief: Option<BriefSheet>,
    /// Whoever holds it up, and since when they have had it.
    pub stuck_with: Option<Named>,
    pub stuck_since: Instant,
    /// Orders that are decided with it.
    pub joined: Vec<String>,
    pub tasks: Vec<TaskSheet>,
    /// The meetings whose agenda it stands on, and what became of it there, in words;
    /// empty where that is still to come.
    /// What meetings decided about it without a task.
    pub conclusions: Vec<String>,
    pub meetings: Vec<(MeetingRow, String)>,
}

pub async fn express() -> Result<ExpressSheet, Problem> {
    let ctx = context_for(Action::SeeExpress)?;
    Ok(ExpressSheet {
        candidates: queue(&ctx, ExpressState::Candidate).await?,
        matters: queue(&ctx, ExpressState::Matter).await?,
        decided: queue(&ctx, ExpressState::Decided).await?,
        concluded: queue(&ctx, ExpressState::Concluded).await?,
        sent_back: queue(&ctx, ExpressState::SentBack).await?,
    })
}

async fn queue(ctx: &Context, state: ExpressState) -> Result<Queue, Problem> {
    let (found, total) = orders::on_express(ctx, &[state], SHOWN)
        .await
        .map_err(problem)?;
    let mut items = Vec::with_capacity(found.len());
    for one in &found {
        items.extend(matter(ctx, one).await?);
    }
    Ok(Queue { items, total })
}

/// `None` where it is not on the express.
pub async fn matter(ctx: &Context, found: &Found) -> Result<Option<MatterSheet>, Problem> {
    let frame = visit()?.frame;
    let order = &found.order;
    let (Some((state, since)), Some(track)) = (found.listed.overview.express, order.track.as_ref())
    else {
        return Ok(None);
    };
    let by = match track {
        domain::order::Track::Candidate { by, .. } => *by,
        _ => referred(&found.events),
    };
    let meetings = meetings::of_matter(ctx, order.number)
        .await
        .map_err(problem)?;
    Ok(Some(MatterSheet {
        row: row(ctx, &found.listed),
        state,
        since,
        by: words::express::referred_by(frame.lang, by),
        brief: brief_of(order, &found.events).map(|brief| brief_sheet(&brief)),
        stuck_with: orders::stuck_with(order, ctx).map(|body| short(&ctx.book.directory, &body)),
        stuck_since: Order::lead_since(&found.events).unwrap_or(order.placed_at),
        joined: order
            .joined_matters()
            .iter()
            .map(ToString::to_string)
            .collect(),
        tasks: task_sheets(ctx, frame.lang, found),
        conclusions: conclusions(frame.lang, order),
        meetings: meetings
            .iter()
            .map(|(one, put_on)| {
                let outcome = outcome_at(found, one, *put_on);
                let outcome = outcome.map(|text| text.of(frame.lang).to_owned());
                (meeting_row(one), outcome.unwrap_or_default())
            })
            .collect(),
    }))
}

/// What became of a matter at a meeting; `None` where that is still to come.
fn outcome_at(found: &Found, meeting: &Listed, put_on: Instant) -> Option<Text> {
    let decided = found.order.tasks.iter().any(|task| match task.source {
        Source::Decision { meeting: by } => by == meeting.number,
        Source::Instruction | Source::Supervision => false,
    });
    let mut conclusions = found.order.conclusions.iter();
    let decided = decided || conclusions.any(|one| one.meeting == meeting.number);
    let deferred = found.events.iter().any(|event| {
        matches!(&event.what, What::MatterDeferred(events::MatterDeferred { meeting: at, .. })
            if *at == meeting.number)
    });
    if decided {
        return Some(words::express::OUTCOME_DECIDED);
    }
    if deferred {
        return Some(words::express::DEFERRED);
    }
    let elsewhere = decided_since(&found.order, put_on, meeting.number);
    use MeetingState::{Cancelled, Ended, Invited, Open, Planned};
    match (meeting.state, elsewhere) {
        (Cancelled, _) => Some(words::express::meeting_state(meeting.state)),
        (Planned | Invited | Open | Ended, Some(_)) => Some(words::express::OUTCOME_ELSEWHERE),
        (Planned | Invited | Open, None) => None,
        (Ended, None) => Some(words::express::OUTCOME_OPEN),
    }
}

fn referred(events: &[Event]) -> Option<domain::RoleName> {
    let is_it = |event: &&Event| matches!(event.what, What::Referred(_));
    events.iter().rfind(is_it).map(|event| event.by.role)
}

/// As it is put now, or was put at last.
pub fn brief_of(order: &Order, events: &[Event]) -> Option<Brief> {
    let now = order.track.as_ref().and_then(|track| track.brief());
    let last = || {
        events.iter().rev().find_map(|event| match &event.what {
            What::Referred(events::Referred { brief })
            | What::MatterAccepted(events::MatterAccepted { brief }) => Some(brief.clone()),
            _ => None,
        })
    };
    now.cloned().or_else(last)
}

pub fn brief_sheet(brief: &Brief) -> BriefSheet {
    BriefSheet {
        difficulty: brief.difficulty.as_str().to_owned(),
        tried: brief.tried.as_ref().map(|text| text.as_str().to_owned()),
        obstacle: brief.obstacle.as_ref().map(|text| text.as_str().to_owned()),
        stakes: brief.stakes.as_ref().map(|text| text.as_str().to_owned()),
    }
}

/// What meetings decided about an order without a task, with which of them did.
pub fn conclusions(lang: Lang, order: &Order) -> Vec<String> {
    let conclusions = order.conclusions.iter();
    conclusions
        .map(|one| {
            let held = words::meeting::conclusion(lang, &one.conclusion);
            format!(
                "{} {} · {held}",
                words::express::FROM_MEETING.of(lang),
                one.meeting
            )
        })
        .collect()
}

/// The tasks of an order, as its reader may see them.
pub fn task_sheets(ctx: &Context, lang: Lang, found: &Found) -> Vec<TaskSheet> {
    let lines = found.listed.overview.tasks.iter();
    let confirms = ctx.actor.may(Action::Step(StepName::ConfirmTask)).is_ok();
    lines
        .map(|task| {
            let mut sheet = task_sheet(ctx, lang, task);
            sheet.number = found.order.number.to_string();
            sheet.page = format!("/orders/{}", found.order.number);
            sheet.title = found.listed.overview.placement.title.as_str().to_owned();
            sheet.enterprise.clone_from(&found.listed.enterprise);
            let own = ctx.actor.role.body() == Some(&task.duty.owner);
            sheet.to_report = own && task.state == TaskState::Open;
            sheet.to_confirm = task.state == TaskState::Reported && confirms;
            let report = found.events.iter().rfind(|event| {
                matches!(&event.what, What::TaskReported(events::TaskReported { task: one, .. }) if *one == task.seq)
            });
            if let (Some(report), Some(_)) = (report, &task.report) {
                sheet.files = report.attachments.iter().map(files::file).collect();
            }
            if ctx.actor.role.enterprise().is_some() {
                // What the offices report to each other is not an enterprise's.
                sheet.report = None;
                sheet.not_done = None;
                sheet.files.clear();
            }
            sheet
        })
        .filter(|task| ctx.actor.role.enterprise().is_none() || task.is_decision)
        .collect()
}

/// What was decided about like matters, for offices.
pub async fn precedents(ctx: &Context, order: &Order) -> Result<Vec<PrecedentSheet>, Problem> {
    let alike = orders::precedents(ctx, order, PRECEDENTS)
        .await
        .map_err(problem)?;
    Ok(alike.iter().map(|one| precedent(ctx, one)).collect())
}

fn precedent(ctx: &Context, one: &Precedent) -> PrecedentSheet {
    let task = &one.task;
    PrecedentSheet {
        order: one
            .order
            .as_ref()
            .map(|(number, title)| (number.to_string(), title.clone())),
        text: task.duty.text.as_str().to_owned(),
        basis: task.basis.as_ref().map(|basis| basis.as_str().to_owned()),
        owner: short(&ctx.book.directory, &task.duty.owner),
        given_at: task.given_at,
        state: task.state,
    }
}

/// Tasks of an order to choose from.
pub fn task_choices(
    ctx: &Context,
    lang: Lang,
    found: &Found,
    offered: impl Fn(&TaskSheet) -> bool,
) -> Vec<Choice> {
    let tasks = task_sheets(ctx, lang, found).into_iter();
    tasks
        .filter(offered)
        .map(|task| Choice::new(task.seq.to_string(), task.text))
        .collect()
}

/// Matters that a meeting can decide: (order, difficulty, whether one has before).
pub async fn awaiting(ctx: &Context) -> Result<Vec<(Number, String, bool)>, Problem> {
    let states = [
        ExpressState::Matter,
        ExpressState::Decided,
        ExpressState::Concluded,
    ];
    let (found, _) = orders::on_express(ctx, &states, 200)
        .await
        .map_err(problem)?;
    let named = found.iter().filter(|one| one.order.is_matter()).map(|one| {
        let brief = one.order.track.as_ref().and_then(|track| track.brief());
        let title = one.listed.overview.placement.title.as_str();
        let difficulty = brief.map_or(title, |brief| brief.difficulty.as_str());
        let decided = one.order.express() != Some(ExpressState::Matter);
        (one.order.number, difficulty.to_owned(), decided)
    });
    Ok(named.collect())
}

#[component]
fn Queues(sheet: ExpressSheet) -> impl IntoView {
    let back = sheet.sent_back.total > 0;
    view! {
        <QueueList
            title=words_of::CANDIDATES
            nothing=words_of::CANDIDATES_NONE
            queue=sheet.candidates
        />
        <QueueList title=words_of::MATTERS nothing=words_of::MATTERS_NONE queue=sheet.matters/>
        <QueueList title=words_of::DECIDED nothing=words_of::DECIDED_NONE queue=sheet.decided/>
        {(sheet.concluded.total > 0)
            .then(|| {
                view! {
                    <QueueList
                        title=words::meeting::CONCLUSIONS
                        nothing=words_of::DECIDED_NONE
                        queue=sheet.concluded.clone()
                    />
                }
            })}
        {back
            .then(|| {
                view! {
                    <QueueList
                        title=words_of::SENT_BACK
                        nothing=words_of::TASKS_NONE
                        queue=sheet.sent_back
                    />
                }
            })}
    }
}

#[component]
fn QueueList(title: Text, nothing: Text, queue: Queue) -> impl IntoView {
    let shown = queue.items.len() as u64;
    let cut = (shown < queue.total).then(|| format!("{shown} / {}", queue.total));
    view! {
        <section class="queue">
            <h2>{t(title)} " " <span class="quiet">{queue.total}</span></h2>
            {cut.map(|cut| view! { <p class="notice">{cut}</p> })}
            {if queue.items.is_empty() {
                view! { <p class="empty">{t(nothing)}</p> }.into_any()
            } else {
                queue
                    .items
                    .into_iter()
                    .map(|item| view! { <Matter item/> })
                    .collect_view()
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Matter(item: MatterSheet) -> impl IntoView {
    let row = item.row;
    let address = format!("/orders/{}", row.number);
    let difficulty = item
        .brief
        .as_ref()
        .map_or_else(|| row.title.clone(), |brief| brief.difficulty.clone());
    let undescribed = item.brief.is_none() && item.state == ExpressState::Candidate;
    let joined = item.joined.join(" ");
    view! {
        <article class="panel matter">
            <h3>
                <LightMark light=row.light paused=row.stage == domain::order::StageName::Paused/>
                " "
                <a href=address.clone() data-row="">
                    {difficulty}
                </a>
            </h3>
            {undescribed.then(|| view! { <p class="hint">{t(words_of::NO_BRIEF)}</p> })}
            <dl class="facts">
                <dt>{t(words_of::STUCK_WITH)}</dt>
                <dd>
                    {item
                        .stuck_with
                        .as_ref()
                        .map_or_else(|| t(words::home::CENTRE_BODY).to_owned(), name)} " · "
                    {t(words_of::SINCE)} " " <Moment at=item.stuck_since/> " · "
                    <DeadlineWords deadline=row.deadline/>
                </dd>
                {item.brief.map(|brief| view! { <BriefFacts brief/> })}
                <dt>{t(words::order::ENTERPRISE)}</dt>
                <dd>
                    {row.enterprise.clone()} " · " {row.title.clone()} " · "
                    <span class="number">{row.number.clone()}</span>
                    {row.project.map(|project| format!(" · {project}"))}
                </dd>
                <dt>{t(words_of::ON_IT_SINCE)}</dt>
                <dd>
                    <Moment at=item.since/>
                    " · "
                    {item.by}
                </dd>
                {(!joined.is_empty())
                    .then(|| {
                        view! {
                            <dt>{t(words_of::JOINED_ORDERS)}</dt>
                            <dd>{joined}</dd>
                        }
                    })}
                {item
                    .meetings
                    .into_iter()
                    .map(|(meeting, became)| {
                        view! {
                            <dt>{t(words_of::ON_AGENDA)}</dt>
                            <dd>
                                <a href=format!(
                                    "/meetings/{}",
                                    meeting.number,
                                )>{meeting.title}</a>
                                " · "
                                <Moment at=meeting.starts_at/>
                                {(!became.is_empty())
                                    .then(|| view! { " " <span class="tag">{became}</span> })}
                            </dd>
                        }
                    })
                    .collect_view()}
            </dl>
            {item.tasks.into_iter().map(|task| view! { <TaskItem task/> }).collect_view()}
            {item
                .conclusions
                .into_iter()
                .map(|held| view! { <p class="said">{held}</p> })
                .collect_view()}
            <p class="unprinted">
                <a href=address class="button">
                    {t(words_of::OPEN_IT)}
                </a>
            </p>
        </article>
    }
}
