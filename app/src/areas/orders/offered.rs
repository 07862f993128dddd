//! What is offered to somebody who is typing an order: published answers, and their own
//! orders that say the same.

use std::time::Duration;

use domain::Field;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};
use words::knowledge as know;

use crate::areas::knowledge::guidance::load_offered;
use crate::frame::{lang, t};
use crate::sheets::{AlikeSheet, GuidanceSheet, Offered};

/// After so long without a key it is looked for.
const REST: Duration = Duration::from_millis(600);
/// Letters of a title that say something.
const ENOUGH: usize = 4;

/// The fields within, and beneath them what they bring up.
#[component]
pub fn WhileTyping(children: Children) -> impl IntoView {
    let offered = RwSignal::new(Offered::default());
    let title = StoredValue::new(String::new());
    let content = StoredValue::new(String::new());
    let look = move || {
        // The page may be another one by the time the keys have been still.
        let Some((title, content)) = title.try_get_value().zip(content.try_get_value()) else {
            return;
        };
        if title.trim().chars().count() < ENOUGH {
            offered.try_set(Offered::default());
            return;
        }
        spawn_local(async move {
            // Without an answer nothing is offered; nobody is kept from typing.
            if let Ok(found) = load_offered(title, content).await {
                offered.try_set(found);
            }
        });
    };
    let mut soon = debounce(REST, move |()| look());
    let typed = move |event: Event| {
        let Some((name, text)) = field_of(&event) else {
            return;
        };
        match name.as_str() {
            name if name == Field::Title.code() => title.set_value(text),
            name if name == Field::Content.code() => content.set_value(text),
            _ => return,
        }
        soon(());
    };
    view! {
        <div class="while-typing" on:input=typed>
            {children()}
        </div>
        <div aria-live="polite">
            {move || {
                let Offered { guidance, own } = offered.get();
                let some = !guidance.is_empty() || !own.is_empty();
                some.then(|| view! { <Found guidance own/> })
            }}
        </div>
    }
}

#[component]
fn Found(guidance: Vec<GuidanceSheet>, own: Vec<crate::sheets::AlikeSheet>) -> impl IntoView {
    let answers = guidance
        .iter()
        .cloned()
        .map(|one| {
            view! {
                <details class="answer">
                    <summary>{one.title}</summary>
                    <p class="said">{one.text}</p>
                </details>
            }
        })
        .collect_view();
    let orders = own
        .iter()
        .cloned()
        .map(|one| view! { <li><AlikeOrder one/></li> })
        .collect_view();
    view! {
        <section class="notice offered">
            {(!guidance.is_empty())
                .then(|| {
                    view! {
                        <h2>{t(know::PERHAPS_ANSWERED)}</h2>
                        {answers}
                    }
                })}
            {(!own.is_empty())
                .then(|| {
                    view! {
                        <h2>{t(know::PERHAPS_PLACED)}</h2>
                        <ul class="plain-list">{orders}</ul>
                    }
                })}
        </section>
    }
}

/// The field that was typed into, and what stands there.
fn field_of(event: &Event) -> Option<(String, String)> {
    let target = event.target()?;
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => Some((input.name(), input.value())),
        Err(target) => {
            let area = target.dyn_into::<HtmlTextAreaElement>().ok()?;
            Some((area.name(), area.value()))
        }
    }
}

#[component]
pub fn AlikeOrder(one: AlikeSheet) -> impl IntoView {
    let address = format!("/orders/{}", one.number);
    view! {
        <a href=address target="_blank">
            {one.title}
        </a>
        <p class="quiet">
            {one.number} " · " {one.enterprise} " · " {t(words::order::stage(one.stage))} " · "
            {know::percent(lang(), one.percent)}
            {one.same_enterprise.then(|| format!(" · {}", t(know::SAME_ENTERPRISE)))}
        </p>
    }
}
