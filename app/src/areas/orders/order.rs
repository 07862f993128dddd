pub mod server;

use domain::Field;
use domain::order::{StageName, StepName};
use leptos::prelude::*;
use words::knowledge as know;

use crate::areas::orders::related::{Alike, Related};
use crate::components::deadline::{Moment, Provisional};
use crate::frame::{lang, name, t, year};
use crate::page::laid::Address;
use crate::page::laid::card::CardLine;
use crate::page::laid::commitment::CommitmentLine;
use crate::page::laid::deadline::{DeadlineWords, IfNobodyActs};
use crate::page::laid::files::FileLinks;
use crate::page::laid::light::LightMark;
use crate::page::laid::task::{Precedents, TaskItem};
use crate::page::laid::timeline::Timeline;
use crate::page::laid::turn::turn_of;
use crate::page::laid::watch::Watch;
use crate::page::{Page, PagePart};
use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::sheets::form::{FormSheet, Part};
use crate::sheets::{
    CardSheet, CommitmentSheet, Line, Offer, PartSheet, PauseSheet, Sheet, TaskSheet,
};

/// One order: how it stands, what one can do, what happened.
pub async fn page(number: &str, address: &Address) -> Result<Page, Problem> {
    let sheet = server::sheet(number).await?;
    let done = StepName::parse(&address.get("done"));
    let placed = address.has("placed") && sheet.row.stage == StageName::Submitted;
    let head = PagePart::laid(view! {
        {done.map(|step| view! { <Done step/> })}
        {placed
            .then(|| {
                view! { <Placed number=sheet.row.number.clone() next=sheet.next.clone()/> }
            })}
        <Head sheet=sheet.clone()/>
    })?;
    let body = PagePart::laid(view! { <Body sheet=sheet.clone()/> })?;
    let mut rail = PagePart::steps(forms(&sheet.offers, address), ())?;
    rail.push(PagePart::laid(view! {
        <Related related=sheet.related.clone()/>
        <CoHandlers parts=sheet.co_handlers.clone()/>
        <CommitmentList commitments=sheet.commitments.clone()/>
        <IfNobodyActs ahead=sheet.ahead.clone()/>
        <CardList cards=sheet.cards.clone()/>
        <Facts sheet=sheet.clone()/>
    })?);
    let columns = vec![
        PagePart::group("order-body", vec![body]),
        PagePart::group("order-rail", rail),
    ];
    Ok(Page {
        title: sheet.row.number,
        class: "page order".to_owned(),
        parts: vec![head, PagePart::group("order-columns", columns)],
        bodies: sheet.bodies,
        unsent: sheet.unsent,
        waiting: sheet.waiting,
        ..Page::default()
    })
}

/// What the reader can do: the first open, the others folded away. Each step has a place of its
/// own: what stood in the form of one is not taken over into that of the next when the order is
/// read anew.
fn forms(offers: &[Offer], address: &Address) -> Vec<Option<FormSheet>> {
    let steps = StepName::ALL.into_iter();
    let forms = steps.map(|step| {
        let position = offers.iter().position(|offer| offer.step == step)?;
        let offer = &offers[position];
        let form = match (&offer.not_yet, &offer.form) {
            (Some(reason), _) => FormSheet {
                parts: vec![Part::NotYet {
                    label: offer.label.clone(),
                    reason: reason.clone(),
                }],
                ..FormSheet::default()
            },
            (None, Some(form)) => form.clone(),
            (None, None) => return None,
        };
        // What the address fills in is to be seen.
        let mut asked = form.parts.iter().filter_map(Part::asked);
        let opens = asked.any(|name| address.has(name));
        let title = match position {
            0 => String::new(),
            _ => offer.label.clone(),
        };
        Some(FormSheet {
            primary: position == 0,
            title,
            opens,
            ..form
        })
    });
    forms.collect()
}

#[component]
fn Head(sheet: Sheet) -> impl IntoView {
    let row = &sheet.row;
    view! {
            <div class="order-head">
                <p class="order-state">
                    <LightMark light=row.light paused=row.stage == StageName::Paused/>
                    <span class="number">{row.number.clone()}</span>
                    <span class="tag stage">{t(words::order::stage(row.stage))}</span>
                    {row
                        .express
                        .map(|state| {
                            view! {
                                <span class="tag express">{t(words::express::state(state))}</span>
                            }
                        })}
                    {row
                        .is_collective
                        .then(|| view! { <span class="tag">{t(know::COLLECTIVE)}</span> })}
                    {row
                        .asks
                        .iter()
                        .map(|ask| {
                            view! { <span class="tag">{t(words::order::ask(*ask))}</span> }
                        })
                        .collect_view()}
                    {row
                        .escalation
                        .map(|level| {
                            view! {
                                <span class="tag">
                                    {t(words::order::CARRIED_TO)} " " {t(words::order::level(level))}
                                </span>
                            }
                        })}
                </p>
                <h1>{row.title.clone()}</h1>
                <p class="turn">
                    {t(words::order::TURN_IS)} <strong>{turn_of(row, lang()).to_owned()}</strong> " · "
                    <DeadlineWords deadline=row.deadline/>
                </p>
                <p class="next">
                    {sheet.next.clone()} " "
                    <a href=format!("/orders/{}/receipt", row.number)>
                        {t(words::order::RECEIPT)}
                    </a>
                    {sheet
                        .can_publish
                        .then(|| {
                            let publish = format!("/guidance/new?number={}", row.number);
                            view! {
                                " · "
                                <a href=publish>{t(know::PUBLISH_THIS)}</a>
                            }
                        })}
                </p>
                {sheet
                    .watched
                    .map(|watched| {
                        view! { <Watch kind="order" number=row.number.clone() watched/> }
                    })}
            </div>
    }
}

/// What is asked for, what was answered, what happened.
#[component]
fn Body(sheet: Sheet) -> impl IntoView {
    view! {
        {sheet.pause.map(|pause| view! { <PausePanel pause/> })}
        {sheet.unapproved.map(|(kind, text)| view! { <UnapprovedReply kind text/> })}
        <OrderTasks tasks=sheet.tasks conclusions=sheet.conclusions/>
        {sheet.reply.map(|reply| view! { <LatestReply reply/> })}
        <section class="panel request">
            <h2>{t(words::order::REQUEST)}</h2>
            <p class="said">{sheet.content}</p>
            <FileLinks files=sheet.files/>
        </section>
        <Alike number=sheet.row.number alike=sheet.alike/>
        <Precedents precedents=sheet.precedents/>
        <section class="panel history">
            <h2>{t(words::order::HISTORY)}</h2>
            <Timeline lines=sheet.history/>
        </section>
    }
}

/// What meetings decided about it and the mayor's office instructed.
#[component]
fn OrderTasks(tasks: Vec<TaskSheet>, conclusions: Vec<String>) -> impl IntoView {
    // An enterprise reads decisions only, and no heading of anything else.
    let title = if tasks.iter().all(|task| task.is_decision) {
        words::express::DECISIONS
    } else {
        words::express::ORDER_TASKS
    };
    let items = tasks
        .iter()
        .cloned()
        .map(|task| view! { <TaskItem task/> })
        .collect_view();
    (!tasks.is_empty() || !conclusions.is_empty()).then(|| {
        let held = conclusions.into_iter();
        let held = held
            .map(|held| view! { <p class="said">{held}</p> })
            .collect_view();
        view! {
            <section class="panel order-tasks">
                <h2>{t(title)}</h2>
                {held}
                {items}
            </section>
        }
    })
}

/// Why the clock stands still, and until when.
#[component]
fn PausePanel(pause: PauseSheet) -> impl IntoView {
    let things = pause.things.iter().cloned();
    let things = things
        .map(|thing| view! { <li>{thing}</li> })
        .collect_view();
    let things = (!pause.things.is_empty()).then(|| {
        view! {
            <p class="things-head">{t(words::order::THINGS_HEADING)}</p>
            <ol class="things">{things}</ol>
        }
    });
    view! {
        <section class="panel pause">
            <h2>{t(words::order::PAUSE_HEADING)}</h2>
            <p class="said">{pause.reason}</p>
            {things}
            <dl class="facts">
                <dt>{t(words::order::PAUSE_KIND)}</dt>
                <dd>{t(words::order::pause_kind(pause.kind))}</dd>
                <dt>{t(words::order::PAUSE_BASIS)}</dt>
                <dd>{pause.basis}</dd>
                {pause
                    .evidence
                    .map(|paper| {
                        view! {
                            <dt>{t(words::order::field(Field::Evidence))}</dt>
                            <dd>{paper}</dd>
                        }
                    })}
                <dt>{t(words::order::PAUSE_ENDS)}</dt>
                <dd>
                    <Moment at=pause.until/>
                    {pause.provisional.then(|| view! { " " <Provisional/> })}
                </dd>
                {pause
                    .objection
                    .map(|objection| {
                        view! {
                            <dt>{t(words::order::OBJECTION)}</dt>
                            <dd>{objection}</dd>
                        }
                    })}
            </dl>
        </section>
    }
}

/// Who does which part, until when, and whether it is done.
#[component]
fn CoHandlers(parts: Vec<PartSheet>) -> impl IntoView {
    let items = parts
        .iter()
        .cloned()
        .map(|part| {
            let state = match (part.open, part.replied_at) {
                (_, Some(_)) => words::order::CO_REPLIED,
                (true, None) => words::order::CO_OPEN,
                (false, None) => words::order::CO_LEFT_OUT,
            };
            view! {
                <li>
                    <strong>{name(&part.body)}</strong> " · " {t(state)} " "
                    <Moment at=part.replied_at.unwrap_or(part.due)/>
                    {(part.open && part.provisional).then(|| view! { " " <Provisional/> })}
                    {part.task.map(|task| view! { <p class="quiet">{task}</p> })}
                </li>
            }
        })
        .collect_view();
    (!parts.is_empty()).then(|| {
        view! {
            <section class="panel co-handlers">
                <h2>{t(words::order::CO_HANDLERS)}</h2>
                <ul class="plain-list">{items}</ul>
            </section>
        }
    })
}

#[component]
fn CommitmentList(commitments: Vec<CommitmentSheet>) -> impl IntoView {
    let year = year();
    let items = commitments
        .iter()
        .cloned()
        .map(|one| {
            let day = words::time::date(lang(), one.until, year);
            view! {
                <li>
                    {one.open.then(|| view! { <LightMark light=one.light paused=false/> " " })}
                    <strong>{day}</strong>
                    " · "
                    <CommitmentLine one/>
                </li>
            }
        })
        .collect_view();
    (!commitments.is_empty()).then(|| {
        view! {
            <section class="panel commitments">
                <h2>{t(words::order::COMMITMENTS)}</h2>
                <ul class="plain-list">{items}</ul>
            </section>
        }
    })
}

#[component]
fn CardList(cards: Vec<CardSheet>) -> impl IntoView {
    let items = cards
        .iter()
        .cloned()
        .map(|card| view! { <li><CardLine card/></li> })
        .collect_view();
    (!cards.is_empty()).then(|| {
        view! {
            <section class="panel cards">
                <h2>{t(words::order::CARDS)}</h2>
                <ul class="plain-list">{items}</ul>
            </section>
        }
    })
}

/// What its head reads before it goes out.
#[component]
fn UnapprovedReply(kind: String, text: String) -> impl IntoView {
    view! {
        <section class="panel reply unapproved">
            <h2>{t(words::order::UNAPPROVED)}</h2>
            <p class="quiet">{kind}</p>
            <p class="said">{text}</p>
        </section>
    }
}

/// What the department answered last: what one rates.
#[component]
fn LatestReply(reply: Line) -> impl IntoView {
    view! {
        <section class="panel reply">
            <h2>{t(words::order::REPLY_HEADING)}</h2>
            <p class="quiet">{reply.sentence} " · " <Moment at=reply.at/></p>
            {reply.text.map(|text| view! { <p class="said">{text}</p> })}
            <FileLinks files=reply.files/>
        </section>
    }
}

/// The answer to a step that was taken.
#[component]
fn Done(step: StepName) -> impl IntoView {
    view! {
        <p class="notice" role="status">
            {words::order::done(lang(), step, false)}
        </p>
    }
}

/// The answer to having placed an order: its number, and what comes next.
#[component]
fn Placed(number: String, next: String) -> impl IntoView {
    view! {
        <div class="notice" role="status">
            <p>
                <strong>{t(words::order::PLACED_DONE)}</strong>
                "　"
                {t(words::order::PLACED_NUMBER)}
                " "
                <strong>{number}</strong>
            </p>
            <p>{next}</p>
        </div>
    }
}

/// One click, which is written down.
#[component]
fn Unmask(number: String) -> impl IntoView {
    view! {
        <form method="post" action="/act/unmask">
            <input type="hidden" name="page" value=format!("/orders/{number}")/>
            <input type="hidden" name="number" value=number/>
            <button type="submit" class="button">
                {t(words::people::UNMASK)}
            </button>
            <p class="hint">{t(words::people::UNMASK_HINT)}</p>
        </form>
    }
}

#[component]
fn Facts(sheet: Sheet) -> impl IntoView {
    let row = sheet.row;
    let (number, can_unmask) = (row.number.clone(), sheet.can_unmask);
    let contact = format!("{} {}", sheet.contact_name, sheet.contact_phone);
    let handler = sheet.handler;
    let nobody = match row.stage {
        StageName::Merged => words::order::WITH_MAIN,
        _ => words::order::NOT_DISPATCHED,
    };
    let lead = row.lead.as_ref().map_or_else(|| t(nobody).to_owned(), name);
    view! {
        <section class="panel order-facts">
            <h2>{t(words::order::FACTS)}</h2>
            <dl class="facts">
                <dt>{t(words::order::ENTERPRISE)}</dt>
                <dd>{row.enterprise}</dd>
                <dt>{t(words::order::BODY)}</dt>
                <dd>{lead} {handler.map(|name| format!(" · {name}"))}</dd>
                <dt>{t(words::order::CATEGORY)}</dt>
                <dd>{name(&row.category)}</dd>
                <dt>{t(words::order::URGENCY)}</dt>
                <dd>{t(words::order::urgency(row.urgency))}</dd>
                <dt>{t(words::order::PLACE)}</dt>
                <dd>{name(&sheet.township)}</dd>
                {sheet
                    .project
                    .map(|(number, name)| {
                        let address = format!("/projects/{number}");
                        view! {
                            <dt>{t(know::PROJECT)}</dt>
                            <dd>
                                <a href=address>{name}</a>
                            </dd>
                        }
                    })}
                {sheet
                    .meeting
                    .map(|(number, opens)| {
                        let number = if opens {
                            let address = format!("/meetings/{number}");
                            view! { <a href=address>{number}</a> }.into_any()
                        } else {
                            number.into_any()
                        };
                        view! {
                            <dt>{t(words::express::PLACED_AT_MEETING)}</dt>
                            <dd>{number}</dd>
                        }
                    })}
                <dt>{t(words::order::CONTACT)}</dt>
                <dd>
                    {contact}
                    {can_unmask.then(|| view! { <Unmask number=number/> })}
                </dd>
                <dt>
                    {t(
                        if sheet.from_hall {
                            words::order::RECEIVED_AT
                        } else {
                            words::order::PLACED_AT
                        },
                    )}
                </dt>
                <dd>
                    <Moment at=sheet.placed_at/>
                </dd>
                {sheet
                    .rating
                    .map(|level| {
                        view! {
                            <dt>{t(words::order::RATING)}</dt>
                            <dd>
                                {t(words::order::rating(level))}
                                {sheet
                                    .set_aside
                                    .then(|| format!(" · {}", t(words::order::SET_ASIDE)))}
                            </dd>
                        }
                    })}
            </dl>
        </section>
    }
}

#[server(prefix = "/act", endpoint = "unmask")]
pub async fn unmask(#[server(default)] number: String) -> Result<(), ProblemDetails> {
    server::unmask(&number).await
}
