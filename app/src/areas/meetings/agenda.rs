use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::matter::BriefFacts;
use crate::components::step_form::Forms;
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
            <Forms forms=item.forms.clone() reload/>
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
    let button = |act: &'static str, label: Text| {
        let hidden = hidden
            .iter()
            .cloned()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view();
        view! {
            <form method="post" action=act>
                <input type="hidden" name="page" value=page.clone()/>
                {hidden}
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
