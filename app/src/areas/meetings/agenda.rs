use leptos::prelude::*;
use words::express as words_of;
use words::lang::Text;

use crate::frame::{frame, lang, t};
use crate::page::laid::matter::BriefFacts;
use crate::page::laid::task::{Precedents, TaskItem};
use crate::sheets::{ItemSheet, ItemState};

/// One matter: what it is about, what was decided; where it is deliberated now, the
/// decision is written down here.
#[component]
pub fn AgendaItem(item: ItemSheet, decides: bool) -> impl IntoView {
    let state = match item.state {
        ItemState::Open if item.present => words_of::NOW_ITEM,
        ItemState::Open => words_of::OUTCOME_OPEN,
        ItemState::Decided => words_of::OUTCOME_DECIDED,
        ItemState::Deferred => words_of::DEFERRED,
        ItemState::Elsewhere => words_of::OUTCOME_ELSEWHERE,
    };
    let order = format!("/orders/{}", item.order);
    let number = item.order.clone();
    let decided = item.state == ItemState::Decided;
    view! {
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
                    view! { <a href=order>{number}</a> }.into_any()
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
                            {t(words_of::DECIDED_ELSEWHERE)} " " <a href=address>{other}</a>
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
            {item
                .deferred
                .clone()
                .map(|reason| {
                    view! {
                        <p class="said">{t(words_of::DEFER_REASON)} "：" {reason}</p>
                    }
                })}
            {(decides && decided)
                .then(|| view! { <p class="read-back">{t(words_of::READ_BACK)}</p> })}
            {item.tasks.iter().cloned().map(|task| view! { <TaskItem task/> }).collect_view()}
            {item
                .conclusions
                .iter()
                .map(|held| view! { <p class="said">{held.clone()}</p> })
                .collect_view()}
            <Precedents precedents=item.precedents.clone()/>
    }
}

/// One place up, or off: plain forms, which need no script.
#[component]
pub fn Arrange(order: String, number: String, version: u32, first: bool) -> impl IntoView {
    let page = format!("/meetings/{number}");
    let button = |act: &'static str, label: Text| {
        view! {
            <form method="post" action=act>
                <input type="hidden" name="page" value=page.clone()/>
                <input type="hidden" name="number" value=number.clone()/>
                <input type="hidden" name="version" value=version/>
                <input type="hidden" name="other" value=order.clone()/>
                <button type="submit" class="link">
                    {t(label)}
                </button>
            </form>
        }
    };
    view! {
        <div class="arrange unprinted">
            {(!first).then(|| button("/act/meeting/move_up", words_of::MOVE_UP))}
            {button("/act/meeting/take_off", words_of::TAKE_OFF)}
        </div>
    }
}
