use domain::Field;
use leptos::prelude::*;
use leptos_router::components::A;

use super::meeting::when_done;
use crate::components::act::Act;
use crate::components::fields::{self, Checks, Choice, SelectField, TextArea, TextField};
use crate::components::form::{StepForm, Submit};
use crate::components::matter::BriefFacts;
use crate::components::task::{Precedents, TaskItem};
use crate::frame::{frame, lang, t};
use crate::lang::Text;
use crate::sheets::{ItemSheet, ItemState};
use crate::words::express as words_of;

/// One matter: what it is about, what was decided; where it is deliberated now, the
/// decision is written down here.
#[component]
pub fn AgendaItem(
    item: ItemSheet,
    position: usize,
    hidden: Vec<(&'static str, String)>,
    arranges: bool,
    decides: bool,
    bodies: Vec<(String, domain::Named)>,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let state = match item.state {
        ItemState::Open if item.present => words_of::NOW_ITEM,
        ItemState::Open => words_of::OUTCOME_OPEN,
        ItemState::Decided => words_of::OUTCOME_DECIDED,
        ItemState::Deferred => words_of::DEFERRED,
        ItemState::Elsewhere => words_of::OUTCOME_ELSEWHERE,
    };
    let order = format!("/orders/{}", item.order);
    let (number, own) = (item.order.clone(), item.order.clone());
    let class = if item.present {
        "agenda-item present"
    } else {
        "agenda-item"
    };
    let movable = arranges && item.state != ItemState::Decided;
    let decided = item.state == ItemState::Decided;
    let form = decides.then(|| {
        let number = hidden.first().map(|(_, number)| number.clone());
        let number = number.unwrap_or_default();
        view! { <Decide item=item.clone() number bodies reload/> }
    });
    view! {
        <li class=class id=item.order.clone()>
            <p class="agenda-head">
                <strong>{item.difficulty.clone()}</strong>
                " "
                <span class="tag">{t(state)}</span>
                " "
                <span class="quiet">{words_of::minutes(lang(), item.minutes.into())}</span>
            </p>
            <p class="quiet">
                {item.enterprise.clone()} " · "
                {if item.opens {
                    view! { <A href=order>{number}</A> }.into_any()
                } else {
                    view! { <span class="number">{number}</span> }.into_any()
                }}
            </p>
            {item
                .brief
                .clone()
                .map(|brief| {
                    view! {
                        <dl class="facts">
                            <BriefFacts brief/>
                        </dl>
                    }
                })}
            {item
                .elsewhere
                .clone()
                .map(|other| {
                    let address = format!("/meetings/{other}");
                    view! {
                        <p class="notice">
                            {t(words_of::DECIDED_ELSEWHERE)} " " <A href=address>{other}</A>
                        </p>
                    }
                })}
            {item
                .also_on
                .iter()
                .map(|on| {
                    let said = words_of::also_on(lang(), on, frame().year);
                    view! { <p class="quiet">{said}</p> }
                })
                .collect_view()}
            {item.deferred.clone().map(|reason| view! { <p class="said">{reason}</p> })}
            {(decides && decided)
                .then(|| view! { <p class="read-back">{t(words_of::READ_BACK)}</p> })}
            {item.tasks.iter().cloned().map(|task| view! { <TaskItem task/> }).collect_view()}
            {form}
            {movable
                .then(|| view! { <Arrange order=own hidden first=position == 0/> })}
        </li>
    }
}

/// One place up, or off: plain forms, which need no script.
#[component]
fn Arrange(order: String, hidden: Vec<(&'static str, String)>, first: bool) -> impl IntoView {
    let number = hidden.first().map(|(_, number)| number.clone());
    let page = format!("/meetings/{}", number.unwrap_or_default());
    let button = |up: &'static str, label: Text| {
        let hidden = hidden
            .iter()
            .cloned()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view();
        view! {
            <form method="post" action="/act/arrange">
                <input type="hidden" name="page" value=page.clone()/>
                {hidden}
                <input type="hidden" name="other" value=order.clone()/>
                <input type="hidden" name="up" value=up/>
                <button type="submit" class="link">
                    {t(label)}
                </button>
            </form>
        }
    };
    view! {
        <div class="arrange unprinted">
            {(!first).then(|| button("yes", words_of::MOVE_UP))}
            {button("no", words_of::TAKE_OFF)}
        </div>
    }
}

/// 议定: written down and read back in the room.
#[component]
fn Decide(
    item: ItemSheet,
    number: String,
    bodies: Vec<(String, domain::Named)>,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    // One form of a kind on a page: of what is deliberated now, or is opened again.
    let label = if item.state == ItemState::Decided {
        words_of::DECIDE_MORE
    } else {
        words_of::DECIDE
    };
    let hidden = vec![("number", number), ("other", item.order.clone())];
    let here = frame().kept.is_some_and(|kept| {
        let other = kept.typed.iter().find(|(name, _)| name == "other");
        let own = other.is_some_and(|(_, other)| *other == item.order);
        own && matches!(
            kept.act.as_str(),
            "/act/decide_matter" | "/act/defer_matter"
        )
    });
    let mut deciding = hidden.clone();
    deciding.push(("seen", item.seen.to_string()));
    let decision = Act::new("/act/decide_matter");
    let deferral = Act::new("/act/defer_matter");
    when_done(decision.value(), reload);
    when_done(deferral.value(), reload);
    let replaceable: Vec<Choice> = item
        .replaceable
        .iter()
        .map(|(seq, text)| Choice::new(seq.to_string(), text.clone()))
        .collect();
    let can_replace = !replaceable.is_empty();
    let named = fields::bodies(bodies);
    let deferrable = item.state != ItemState::Decided;
    view! {
        <Precedents precedents=item.precedents.clone()/>
        <details class="step decide unprinted" open=item.present || here>
            <summary>{t(label)}</summary>
            <StepForm action=decision hidden=deciding>
                <TextArea
                    field=Field::TaskText
                    label=t(words_of::TASK_TEXT)
                    max=1000
                    rows=3
                />
                <SelectField
                    field=Field::Owner
                    label=t(words_of::OWNER)
                    choices=named.clone()
                />
                <Checks field=Field::CoOwners legend=t(words_of::CO_OWNERS) choices=named/>
                <TextField
                    field=Field::Deadline
                    label=t(words_of::DEADLINE)
                    hint=t(words_of::DEADLINE_HINT)
                />
                <TextField
                    field=Field::Proof
                    label=t(words_of::PROOF)
                    hint=t(words_of::PROOF_HINT)
                />
                <TextField field=Field::Basis label=t(words_of::BASIS)/>
                {can_replace
                    .then(|| {
                        view! {
                            <SelectField
                                field=Field::Replaces
                                label=t(words_of::REPLACES)
                                choices=replaceable
                            />
                        }
                    })}
                <Submit
                    label=t(words_of::DECIDE)
                    consequence=t(words_of::DECIDE_HINT)
                    primary=item.present
                />
            </StepForm>
        </details>
        {deferrable
            .then(|| {
                view! {
                    <details class="step unprinted">
                        <summary>{t(words_of::DEFER)}</summary>
                        <StepForm action=deferral hidden>
                            <TextArea
                                field=Field::Reason
                                label=t(words_of::DEFER_REASON)
                                max=500
                                rows=2
                            />
                            <Submit label=t(words_of::DEFER) primary=false/>
                        </StepForm>
                    </details>
                }
            })}
    }
}
