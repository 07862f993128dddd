use domain::Field;
use domain::meeting::{MeetingState, MeetingStepName};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use super::agenda::AgendaItem;
use crate::api::asks;
use crate::components::act::Act;
use crate::components::deadline::Moment;
use crate::components::fields::{Choice, Choices, SelectField, TextArea, TextField};
use crate::components::form::{FormState, StepForm, Submit};
use crate::components::kept_text::KeptText;
use crate::components::loaded::{Loaded, reload};
use crate::components::rows::Rows;
use crate::components::unsent::{Orphans, UnsentForms};
use crate::frame::{frame, lang, t};
use crate::lang::Text;
use crate::problem::Problem;
use crate::sheets::{GuestSheet, ItemSheet, ItemState, MeetingSheet, WaitingMatter};
use crate::words;
use crate::words::express as words_of;

/// A meeting: prepared, held matter by matter in the room, recorded.
#[component]
pub fn MeetingPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let sheet = Resource::new(number, asks::meeting);
    view! {
        <Loaded resource=sheet view=|loaded| view! { <Meeting sheet=loaded reload/> }/>
    }
}

#[component]
fn Meeting(sheet: MeetingSheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    provide_context(UnsentForms(sheet.unsent.clone()));
    let row = sheet.row.clone();
    let can = |step| sheet.offers.contains(&step);
    let number = row.number.clone();
    // What was refused and has no form here any more is said on top.
    let mut forms: Vec<String> = sheet
        .offers
        .iter()
        .filter(|step| **step != MeetingStepName::PutOn || !sheet.matters.is_empty())
        .flat_map(|step| acts(*step))
        .map(|act| format!("/act/{act}"))
        .collect();
    // One about a matter has its form where that matter stands.
    if let Some(kept) = frame().kept {
        let other = kept.typed.iter().find(|(name, _)| name == "other");
        let has_form = |item: &ItemSheet| match kept.act.as_str() {
            "/act/decide_matter" => true,
            "/act/defer_matter" => item.state != ItemState::Decided,
            _ => true,
        };
        let about_items = ["/act/decide_matter", "/act/defer_matter"];
        let stands = other.is_some_and(|(_, other)| {
            let mut items = sheet.agenda.iter();
            items.any(|item| item.order == *other && has_form(item))
        });
        if about_items.contains(&kept.act.as_str()) && !stands {
            forms.retain(|form| *form != kept.act);
        }
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
            let bodies = sheet.bodies.clone();
            view! { <AgendaItem item position hidden arranges decides bodies reload/> }
        })
        .collect_view();
    view! {
        <Title text=row.title.clone()/>
        <article class="page order meeting">
            <KeptText forms=forms.clone()/>
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
                </div>
                <div class="order-rail">
                    <Run sheet=sheet.clone() reload/>
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

/// The forms of a step, as they stand on this page.
fn acts(step: MeetingStepName) -> &'static [&'static str] {
    match step {
        MeetingStepName::Invite | MeetingStepName::Open | MeetingStepName::End => &["run_meeting"],
        MeetingStepName::Answer => &["answer_invitation"],
        MeetingStepName::PutOn => &["put_on"],
        MeetingStepName::Decide => &["decide_matter"],
        MeetingStepName::Defer => &["defer_matter"],
        MeetingStepName::Cancel => &["cancel_meeting"],
        MeetingStepName::NameChair => &["name_chair"],
        MeetingStepName::Change
        | MeetingStepName::Remind
        | MeetingStepName::TakeOff
        | MeetingStepName::MoveUp
        | MeetingStepName::Attend
        | MeetingStepName::WriteMinutes
        | MeetingStepName::ApproveMinutes
        | MeetingStepName::AmendMinutes => &[],
    }
}

/// The steps of the meeting itself.
#[component]
fn Run(sheet: MeetingSheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let can = |step| sheet.offers.contains(&step);
    let hidden = || {
        vec![
            ("number", sheet.row.number.clone()),
            ("version", sheet.version.to_string()),
        ]
    };
    let plain = |code: &'static str, label: Text, hint: Option<Text>, primary: bool| {
        let action = Act::new("/act/run_meeting");
        when_done(action.value(), reload);
        let mut hidden = hidden();
        hidden.push(("step", code.to_owned()));
        let consequence = hint.map_or(String::new(), |hint| t(hint).to_owned());
        view! {
            <StepForm action hidden>
                <Submit label=t(label) consequence primary/>
            </StepForm>
        }
    };
    let invites = can(MeetingStepName::Invite);
    let opens = can(MeetingStepName::Open);
    let offered = [
        MeetingStepName::Invite,
        MeetingStepName::Open,
        MeetingStepName::Answer,
        MeetingStepName::PutOn,
        MeetingStepName::Cancel,
        MeetingStepName::End,
        MeetingStepName::NameChair,
    ];
    let any = offered.into_iter().any(can);
    let answers = can(MeetingStepName::Answer);
    let puts_on = can(MeetingStepName::PutOn);
    let cancels = can(MeetingStepName::Cancel);
    let ends = can(MeetingStepName::End);
    let names_chair = can(MeetingStepName::NameChair) && !sheet.chairs.is_empty();
    any.then(|| {
        view! {
            <section class="panel steps unprinted">
                <h2>{t(words::order::YOU_CAN)}</h2>
                {answers
                    .then(|| {
                        let action = Act::new("/act/answer_invitation");
                        when_done(action.value(), reload);
                        view! {
                            <StepForm action hidden=vec![("number", sheet.row.number.clone())]>
                                <Choices
                                    field=Field::Answer
                                    legend=t(words_of::ANSWER)
                                    choices=vec![
                                        Choice::new("comes", t(words_of::ANSWER_COMES)),
                                        Choice::new("substitute", t(words_of::ANSWER_SUBSTITUTE)),
                                        Choice::new("excused", t(words_of::ANSWER_EXCUSED)),
                                    ]
                                />
                                <TextField field=Field::Attendee label=t(words_of::ATTENDEE)/>
                                <TextArea
                                    field=Field::Reason
                                    label=t(words_of::ANSWER_REASON)
                                    max=500
                                    rows=2
                                />
                                <Submit label=t(words_of::ANSWER)/>
                            </StepForm>
                        }
                    })}
                {invites
                    .then(|| plain("invite", words_of::INVITE, Some(words_of::INVITE_HINT), true))}
                {opens.then(|| plain("open", words_of::OPEN, None, !invites))}
                {(cancels && !opens)
                    .then(|| view! { <p class="not-yet">{t(words_of::OPEN_NOT_YET)}</p> })}
                {ends
                    .then(|| {
                        let action = Act::new("/act/run_meeting");
                        when_done(action.value(), reload);
                        let mut hidden = hidden();
                        hidden.push(("step", "end".to_owned()));
                        let open: Vec<String> = unrecorded(&sheet.guests);
                        view! {
                            <StepForm action hidden>
                                {(!open.is_empty())
                                    .then(|| view! { <EndKnowingly guests=open/> })}
                                <Submit
                                    label=t(words_of::END)
                                    consequence=t(words_of::END_HINT)
                                    primary=false
                                />
                            </StepForm>
                        }
                    })}
                {puts_on
                    .then(|| {
                        let matters: Vec<Choice> = sheet
                            .matters
                            .iter()
                            .map(|matter| {
                                let WaitingMatter { order, difficulty, .. } = matter;
                                let mark = if matter.decided { t(words_of::DECIDED_BEFORE) } else { "" };
                                let on = matter
                                    .on
                                    .as_ref()
                                    .map(|on| words_of::also_on(lang(), on, frame().year))
                                    .unwrap_or_default();
                                let label = format!("{order} {difficulty}{mark}{on}");
                                Choice::new(order.clone(), label)
                            })
                            .collect();
                        let action = Act::new("/act/put_on");
                        when_done(action.value(), reload);
                        let refused = was_refused("/act/put_on");
                        view! {
                            <details class="step" open=refused || sheet.agenda.is_empty()>
                                <summary>{t(words_of::PUT_ON)}</summary>
                                {if matters.is_empty() {
                                    view! { <p class="hint">{t(words_of::NO_MATTERS)}</p> }.into_any()
                                } else {
                                    view! {
                                        <StepForm action hidden=hidden()>
                                            <SelectField
                                                field=Field::Other
                                                label=t(words_of::PUT_ON_WHICH)
                                                choices=matters
                                            />
                                            <TextField
                                                field=Field::Minutes
                                                label=t(words_of::PUT_ON_MINUTES)
                                                value="20"
                                            />
                                            <Submit label=t(words_of::PUT_ON) primary=false/>
                                        </StepForm>
                                    }
                                        .into_any()
                                }}
                            </details>
                        }
                    })}
                {names_chair
                    .then(|| {
                        let chairs: Vec<Choice> = sheet
                            .chairs
                            .iter()
                            .map(|(id, name)| Choice::new(id.clone(), name.clone()))
                            .collect();
                        let action = Act::new("/act/name_chair");
                        when_done(action.value(), reload);
                        view! {
                            <details class="step" open=was_refused("/act/name_chair")>
                                <summary>{t(words_of::NAME_CHAIR)}</summary>
                                <StepForm action hidden=hidden()>
                                    <SelectField
                                        field=Field::Chair
                                        label=t(words_of::CHAIR)
                                        choices=chairs
                                    />
                                    <Submit
                                        label=t(words_of::NAME_CHAIR)
                                        consequence=t(words_of::NAME_CHAIR_HINT)
                                        primary=false
                                    />
                                </StepForm>
                            </details>
                        }
                    })}
                {cancels
                    .then(|| {
                        let action = Act::new("/act/cancel_meeting");
                        when_done(action.value(), reload);
                        view! {
                            <details class="step" open=was_refused("/act/cancel_meeting")>
                                <summary>{t(words_of::CANCEL_MEETING)}</summary>
                                <StepForm action hidden=hidden()>
                                    <TextArea
                                        field=Field::Reason
                                        label=t(words_of::CANCEL_REASON)
                                        max=500
                                        rows=2
                                    />
                                    <Submit label=t(words_of::CANCEL_MEETING) primary=false/>
                                </StepForm>
                            </details>
                        }
                    })}
            </section>
        }
    })
}

/// Guests of whom it is not recorded whether they came.
fn unrecorded(guests: &[GuestSheet]) -> Vec<String> {
    let open = guests
        .iter()
        .filter(|guest| guest.present.is_none() && guest.answer.as_deref() != Some("excused"));
    open.map(|guest| guest.name.clone()).collect()
}

/// Asked before a meeting ends over an open list.
#[component]
fn EndKnowingly(guests: Vec<String>) -> impl IntoView {
    let state = expect_context::<FormState>();
    let fault = move || state.fault(Field::Guest);
    view! {
        <p class="hint">{t(words_of::UNRECORDED_LIST)} "：" {guests.join("、")}</p>
        {move || fault().map(|fault| view! { <p class="fault">{fault}</p> })}
        <label class="check">
            <input type="checkbox" name="knowingly" value="yes"/>
            {t(words_of::END_KNOWINGLY)}
        </label>
    }
}

/// Whether this page is the answer to that form, refused.
fn was_refused(act: &str) -> bool {
    frame().kept.is_some_and(|kept| kept.act == act)
}

pub(super) fn when_done(
    value: ReadSignal<Option<Result<(), Problem>>>,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) {
    Effect::new(move |_| {
        if matches!(value.get(), Some(Ok(()))) {
            reload();
        }
    });
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
                    <form method="post" action="/act/attend">
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
