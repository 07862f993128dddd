pub mod server;

use domain::meeting::{MeetingState, MeetingStepName};
use leptos::prelude::*;
use words::express as words_of;
use words::lang::Text;

use crate::areas::meetings::agenda::{AgendaItem, Arrange};
use crate::components::deadline::Moment;
use crate::components::fields::Choice;
use crate::components::rows::Rows;
use crate::frame::{lang, t};
use crate::page::laid::timeline::Timeline;
use crate::page::laid::watch::Watch;
use crate::page::{Group, Page, PagePart};
use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::sheets::form::FormSheet;
use crate::sheets::{ItemSheet, ItemState, Laid, MeetingRow, Unsent, Waiting};

/// A meeting: prepared, held matter by matter in the room, recorded.
pub async fn page(number: &str) -> Result<Page, Problem> {
    let sheet = server::sheet(number).await?;
    let title = sheet.row.title.clone();
    let head = PagePart::laid(view! { <Head sheet=sheet.clone()/> })?;
    let mut body = agenda(&sheet)?;
    body.push(PagePart::laid(view! {
        <Placed placed=sheet.placed.clone()/>
        <section class="panel unprinted">
            <h2>{t(words::meeting::COURSE)}</h2>
            <Timeline lines=sheet.history.clone()/>
        </section>
    })?);
    let can = |step| sheet.offers.contains(&step);
    let not_yet = can(MeetingStepName::Cancel) && !can(MeetingStepName::Open);
    let not_yet = not_yet.then(|| view! { <p class="not-yet">{t(words_of::OPEN_NOT_YET)}</p> });
    let mut rail = PagePart::steps(sheet.forms.clone(), not_yet)?;
    let records = matches!(sheet.row.state, MeetingState::Open | MeetingState::Ended);
    rail.push(PagePart::laid(view! {
        <Guests
            number=sheet.row.number.clone()
            guests=sheet.guests.clone()
            notes=can(MeetingStepName::Attend)
            records
        />
        <Paper sheet=sheet.clone()/>
    })?);
    let columns = vec![
        PagePart::group("order-body", body),
        PagePart::group("order-rail", rail),
    ];
    Ok(Page {
        title,
        class: "page order meeting".to_owned(),
        parts: vec![head, PagePart::group("order-columns", columns)],
        bodies: sheet.bodies,
        unsent: sheet.unsent,
        waiting: sheet.waiting,
        begins_anew: true,
        ..Page::default()
    })
}

/// The matters, each with what can be decided about it now.
fn agenda(sheet: &MeetingSheet) -> Result<Vec<PagePart>, Problem> {
    if sheet.planned_minutes.is_none() && sheet.agenda.is_empty() {
        return Ok(Vec::new());
    }
    let total = sheet.planned_minutes.map(|total| {
        let total = words_of::minutes(lang(), total);
        view! { <span class="quiet">{t(words_of::AGENDA_TOTAL)} " " {total}</span> }
    });
    let none = sheet.agenda.is_empty();
    let heading = PagePart::laid(view! {
        <h2>{t(words_of::AGENDA)} " " {total}</h2>
        {none.then(|| view! { <p class="empty">{t(words_of::AGENDA_NONE)}</p> })}
    })?;
    let can = |step| sheet.offers.contains(&step);
    let mut items = Vec::with_capacity(sheet.agenda.len());
    for (position, item) in sheet.agenda.iter().enumerate() {
        let decides = can(MeetingStepName::Decide);
        let mut parts = vec![PagePart::laid(
            view! { <AgendaItem item=item.clone() decides/> },
        )?];
        parts.push(PagePart::Forms(item.forms.clone()));
        if can(MeetingStepName::TakeOff) && item.state != ItemState::Decided {
            let (number, version) = (sheet.row.number.clone(), sheet.version);
            parts.push(PagePart::laid(view! {
                <Arrange order=item.order.clone() number version first=position == 0/>
            })?);
        }
        let class = match item.present {
            true => "agenda-item present",
            false => "agenda-item",
        };
        items.push(PagePart::Group(Group {
            class: class.to_owned(),
            id: item.order.clone(),
            parts,
        }));
    }
    let items = PagePart::group("agenda-items", items);
    Ok(vec![PagePart::group("panel agenda", vec![heading, items])])
}

/// A meeting with everything its page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingSheet {
    pub row: MeetingRow,
    pub version: u32,
    pub minutes: u16,
    /// What the whole agenda takes; `None` for who does not know all of it.
    pub planned_minutes: Option<u32>,
    /// Why it was called off.
    pub cancelled: Option<String>,
    pub agenda: Vec<ItemSheet>,
    pub guests: Vec<GuestSheet>,
    pub offers: Vec<MeetingStepName>,
    /// Of the meeting itself, each in its place.
    pub forms: Vec<Option<FormSheet>>,
    pub bodies: Vec<Choice>,
    /// What happened, as far as the reader sees it.
    pub history: Laid,
    /// Whether its reader is told of everything; `None` where they cannot be.
    pub watched: Option<bool>,
    pub paper: PaperState,
    /// Whether the reader can place an order at it.
    pub takes_order: bool,
    /// Orders that enterprises placed at it, as far as the reader may see them.
    pub placed: Laid,
    pub unsent: Vec<Unsent>,
    pub waiting: Waiting,
}

/// How far the minutes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperState {
    pub number: Option<String>,
    pub has_draft: bool,
    pub frozen: bool,
    /// Whether the reader can read them.
    pub readable: bool,
    pub writes: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestSheet {
    /// As forms name it.
    pub code: String,
    pub name: String,
    /// `comes`, `substitute`, `excused`; empty: not answered; `None`: not for the reader.
    pub answer: Option<String>,
    pub attendee: Option<String>,
    pub reason: Option<String>,
    pub present: Option<bool>,
    /// Whether it is the reader's own.
    pub own: bool,
}

#[component]
fn Head(sheet: MeetingSheet) -> impl IntoView {
    let row = sheet.row.clone();
    let can = |step| sheet.offers.contains(&step);
    let number = row.number.clone();
    let takes_order = sheet.takes_order;
    view! {
            <div class="order-head">
                <p class="order-state">
                    <span class="number">{number.clone()}</span>
                    <span class="tag stage">{t(words_of::meeting_state(row.state))}</span>
                    <span class="tag">{t(words_of::kind(row.kind))}</span>
                </p>
                <h1>{row.title.clone()}</h1>
                <p class="turn">
                    <strong>
                        <Moment at=row.starts_at/>
                    </strong>
                    " · "
                    {words_of::minutes(lang(), sheet.minutes.into())}
                    " · "
                    {row.place.clone()}
                    " · "
                    {t(words_of::CHAIR)}
                    " "
                    {row.chair.clone()}
                </p>
                {sheet
                    .cancelled
                    .clone()
                    .map(|reason| {
                        view! { <p class="notice">{t(words_of::CANCELLED_BECAUSE)} {reason}</p> }
                    })}
                <p class="next unprinted">
                    <a href=format!("/meetings/{number}/calendar.ics") rel="external">
                        {t(words_of::ICS)}
                    </a>
                    {takes_order
                        .then(|| {
                            view! {
                                " · "
                                <a href=format!("/orders/new?meeting={number}")>
                                    {t(words_of::PLACE_AT)}
                                </a>
                            }
                        })}
                    {can(MeetingStepName::Change)
                        .then(|| {
                            view! {
                                " · "
                                <a href=format!(
                                    "/meetings/{number}/edit",
                                )>{t(words_of::MEETING_EDIT)}</a>
                            }
                        })}
                </p>
                {sheet
                    .watched
                    .map(|watched| {
                        view! { <Watch kind="meeting" number=number.clone() watched/> }
                    })}
            </div>
    }
}

/// Orders that were placed at it.
#[component]
fn Placed(placed: Laid) -> impl IntoView {
    (!placed.is_empty()).then(|| {
        view! {
            <section class="panel placed">
                <h2>{t(words_of::PLACED_FROM)}</h2>
                <Rows rows=placed/>
            </section>
        }
    })
}

/// Who is invited, what they answered, who is there.
#[component]
fn Guests(
    number: String,
    guests: Vec<GuestSheet>,
    notes: bool,
    /// Whether it is the time to record who came.
    records: bool,
) -> impl IntoView {
    let page = format!("/meetings/{number}");
    let rows = guests
        .iter()
        .cloned()
        .map(|guest| {
            let answer = guest.answer.as_deref().map(|answer| match answer {
                "comes" => words_of::ANSWER_COMES,
                "substitute" => words_of::ANSWER_SUBSTITUTE,
                "excused" => words_of::ANSWER_EXCUSED,
                _ => words_of::ANSWER_NONE,
            });
            let present = guest.present.map(|present| {
                if present {
                    words_of::PRESENT
                } else {
                    words_of::ABSENT
                }
            });
            let code = guest.code.clone();
            let mark = |present: &'static str, label: Text| {
                view! {
                    <form method="post" action="/act/meeting/attend">
                        <input type="hidden" name="page" value=page.clone()/>
                        <input type="hidden" name="number" value=number.clone()/>
                        <input type="hidden" name="guest" value=code.clone()/>
                        <input type="hidden" name="present" value=present/>
                        <button type="submit" class="link">
                            {t(label)}
                        </button>
                    </form>
                }
            };
            let marks = notes.then(|| {
                view! {
                    <span class="marks unprinted">
                        {(guest.present != Some(true))
                            .then(|| mark("yes", words_of::MARK_PRESENT))}
                        {(guest.present != Some(false))
                            .then(|| mark("no", words_of::MARK_ABSENT))}
                        {guest.present.is_some().then(|| mark("", words_of::UNMARK))}
                    </span>
                }
            });
            view! {
                <li>
                    <strong>{guest.name}</strong>
                    " "
                    {guest.attendee}
                    " "
                    {present
                        .or(answer.filter(|_| !records || guest.answer.as_deref() == Some("excused")))
                        // Who does not learn of others' attendance is told nothing of it.
                        .or((records && guest.answer.is_some()).then_some(words_of::UNRECORDED))
                        .map(|state| view! { <span class="tag">{t(state)}</span> })}
                    {guest.reason.map(|reason| view! { <p class="quiet">{reason}</p> })}
                    {marks}
                </li>
            }
        })
        .collect_view();
    (!guests.is_empty()).then(|| {
        view! {
            <section class="panel guests">
                <h2>{t(words_of::INVITED)}</h2>
                <ul class="plain-list">{rows}</ul>
            </section>
        }
    })
}

/// How far the minutes are.
#[component]
fn Paper(sheet: MeetingSheet) -> impl IntoView {
    let paper = sheet.paper;
    paper.readable.then(|| {
        let state = match (&paper.number, paper.has_draft) {
            (Some(number), false) => number.clone(),
            (Some(_), true) => t(words_of::MINUTES_WAIT).to_owned(),
            (None, true) => t(words_of::MINUTES_WAIT).to_owned(),
            (None, false) => t(words_of::MINUTES_NONE).to_owned(),
        };
        view! {
            <section class="panel unprinted">
                <h2>{t(words_of::MINUTES_PAPER)}</h2>
                <p class="hint">{state}</p>
                <p>
                    <a href=format!("/meetings/{}/minutes", sheet.row.number) class="button">
                        {t(words_of::MINUTES_PAPER)}
                    </a>
                </p>
            </section>
        }
    })
}

#[server(prefix = "/act", endpoint = "make_feed")]
pub async fn make_feed() -> Result<(), ProblemDetails> {
    server::make_feed().await
}
