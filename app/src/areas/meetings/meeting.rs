#[cfg(feature = "ssr")]
pub mod server;

use domain::meeting::{MeetingState, MeetingStepName};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use crate::api::text::Answer;
use crate::areas::meetings::agenda::AgendaItem;
use crate::components::deadline::Moment;
use crate::components::fields::Choice;
use crate::components::files::{OrphanFiles, WaitingFiles};
use crate::components::kept_text::KeptText;
use crate::components::loaded::{Loaded, reload};
use crate::components::rows::Rows;
use crate::components::step_form::{Bodies, Forms};
use crate::components::timeline::Timeline;
use crate::components::unsent::{Orphans, UnsentForms};
use crate::components::watch::Watch;
use crate::frame::{frame, lang, t};
use crate::lang::Text;
use crate::problem::ProblemDetails;
use crate::sheets::form::FormSheet;
use crate::sheets::{ItemSheet, Laid, MeetingRow, Unsent, Waiting};
use crate::words;
use crate::words::express as words_of;

/// A meeting: prepared, held matter by matter in the room, recorded.
#[component]
pub fn MeetingPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let sheet = Resource::new(number, load_meeting);
    view! {
        <Loaded resource=sheet view=|loaded| view! { <Meeting sheet=loaded reload/> }/>
    }
}

/// A meeting with everything its page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperState {
    pub number: Option<String>,
    pub has_draft: bool,
    pub frozen: bool,
    /// Whether the reader can read them.
    pub readable: bool,
    pub writes: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
fn Meeting(sheet: MeetingSheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    provide_context(UnsentForms(sheet.unsent.clone()));
    let row = sheet.row.clone();
    let can = |step| sheet.offers.contains(&step);
    let number = row.number.clone();
    provide_context(WaitingFiles(sheet.waiting.clone()));
    provide_context(Bodies(sheet.bodies.clone()));
    // What was refused and has no form here any more is said on top; one about a matter has
    // its form where that matter stands.
    let of_matters = sheet.agenda.iter().flat_map(|item| &item.forms);
    let of_all = sheet.forms.iter().chain(of_matters).flatten();
    let of_all: Vec<&FormSheet> = of_all.filter(|form| !form.submit.is_empty()).collect();
    let mut forms: Vec<String> = of_all.iter().map(|form| form.act.clone()).collect();
    if let Some(kept) = frame().kept
        && !of_all.iter().any(|form| form.is_of(&kept.act, &kept.typed))
    {
        forms.retain(|form| *form != kept.act);
    }
    let (takes_order, placed) = (sheet.takes_order, sheet.placed.clone());
    let total = sheet.planned_minutes.map(|total| {
        let total = words_of::minutes(lang(), total);
        view! { <span class="quiet">{t(words_of::AGENDA_TOTAL)} " " {total}</span> }
    });
    let has_agenda = total.is_some() || !sheet.agenda.is_empty();
    let arranges = can(MeetingStepName::TakeOff);
    let decides = can(MeetingStepName::Decide);
    let hidden = vec![
        ("number", number.clone()),
        ("version", sheet.version.to_string()),
    ];
    let position_of = |order: &str| {
        let mut items = sheet.agenda.iter();
        items.position(|item| item.order == order).unwrap_or(0)
    };
    let items = sheet
        .agenda
        .iter()
        .cloned()
        .map(|item| {
            let position = position_of(&item.order);
            let hidden = hidden.clone();
            view! { <AgendaItem item position hidden arranges decides reload/> }
        })
        .collect_view();
    view! {
        <Title text=row.title.clone()/>
        <article class="page order meeting">
            <KeptText forms=forms.clone()/>
            <OrphanFiles forms=forms.clone() page=format!("/meetings/{number}")/>
            <Orphans forms page=format!("/meetings/{number}")/>
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
                                <A href=format!("/orders/new?meeting={number}")>
                                    {t(words_of::PLACE_AT)}
                                </A>
                            }
                        })}
                    {can(MeetingStepName::Change)
                        .then(|| {
                            view! {
                                " · "
                                <A href=format!(
                                    "/meetings/{number}/edit",
                                )>{t(words_of::MEETING_EDIT)}</A>
                            }
                        })}
                </p>
                {sheet
                    .watched
                    .map(|watched| {
                        view! { <Watch kind="meeting" number=number.clone() watched/> }
                    })}
            </div>
            <div class="order-columns">
                <div class="order-body">
                    {has_agenda
                        .then(|| {
                            view! {
                                <section class="panel agenda">
                                    <h2>{t(words_of::AGENDA)} " " {total}</h2>
                                    {sheet
                                        .agenda
                                        .is_empty()
                                        .then(|| {
                                            view! { <p class="empty">{t(words_of::AGENDA_NONE)}</p> }
                                        })}
                                    <ol class="agenda-items">{items}</ol>
                                </section>
                            }
                        })}
                    {(!placed.is_empty())
                        .then(|| {
                            view! {
                                <section class="panel placed">
                                    <h2>{t(words_of::PLACED_FROM)}</h2>
                                    <Rows rows=placed/>
                                </section>
                            }
                        })}
                    <section class="panel unprinted">
                        <h2>{t(words::meeting::COURSE)}</h2>
                        <Timeline lines=sheet.history.clone()/>
                    </section>
                </div>
                <div class="order-rail">
                    <Run forms=sheet.forms.clone() offers=sheet.offers.clone() reload/>
                    <Guests
                        number=number.clone()
                        guests=sheet.guests.clone()
                        notes=can(MeetingStepName::Attend)
                        records=matches!(row.state, MeetingState::Open | MeetingState::Ended)
                    />
                    <Paper sheet/>
                </div>
            </div>
        </article>
    }
}

/// The steps of the meeting itself.
#[component]
fn Run(
    forms: Vec<Option<FormSheet>>,
    offers: Vec<MeetingStepName>,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let can = |step| offers.contains(&step);
    let not_yet = can(MeetingStepName::Cancel) && !can(MeetingStepName::Open);
    forms.iter().any(Option::is_some).then(|| {
        view! {
            <section class="panel steps unprinted">
                <h2>{t(words::order::YOU_CAN)}</h2>
                {not_yet.then(|| view! { <p class="not-yet">{t(words_of::OPEN_NOT_YET)}</p> })}
                <Forms forms reload/>
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
                    <A href=format!("/meetings/{}/minutes", sheet.row.number) attr:class="button">
                        {t(words_of::MINUTES_PAPER)}
                    </A>
                </p>
            </section>
        }
    })
}

#[server(prefix = "/ask", endpoint = "firms", output = Answer)]
pub async fn load_firms(typed: String) -> Result<Vec<String>, ProblemDetails> {
    server::firms(&typed).await
}

/// `number` is empty for a new one.
#[server(prefix = "/ask", endpoint = "meeting_form", output = Answer)]
pub async fn load_meeting_form(number: String) -> Result<crate::sheets::PlanSheet, ProblemDetails> {
    server::form(&number).await
}

#[server(prefix = "/ask", endpoint = "meeting", output = Answer)]
pub async fn load_meeting(number: String) -> Result<MeetingSheet, ProblemDetails> {
    server::sheet(&number).await
}

#[server(prefix = "/act", endpoint = "make_feed")]
pub async fn make_feed() -> Result<(), ProblemDetails> {
    server::make_feed().await
}
