//! Registered firms, offered while somebody types their names.

use std::time::Duration;

use domain::Field;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, EventInit, HtmlTextAreaElement};

use super::form::FormState;
use crate::api::asks;
use crate::frame::t;
use crate::words::express as words_of;

/// After so long without a key it is looked for.
const REST: Duration = Duration::from_millis(300);
/// Letters that say something.
const ENOUGH: usize = 2;

/// The field within, a firm a line, and beneath it those that the line at the caret may
/// mean; one that is chosen takes the place of the line.
#[component]
pub fn FirmsWhileTyping(children: Children) -> impl IntoView {
    let id = expect_context::<FormState>().field_id(Field::Enterprises.code());
    let id = StoredValue::new(id);
    let offered = RwSignal::new(Vec::<String>::new());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let look = move || {
        let line = id.try_get_value().and_then(|id| line_at_caret(&area(&id)?));
        let Some((_, line)) = line.filter(|(_, line)| line.trim().chars().count() >= ENOUGH) else {
            offered.try_set(Vec::new());
            return;
        };
        spawn_local(async move {
            // Without an answer nothing is offered; nobody is kept from typing.
            if let Ok(found) = asks::firms(line.clone()).await {
                let more = found.into_iter().filter(|name| *name != line.trim());
                offered.try_set(more.collect());
            }
        });
    };
    let typed = move |_: Event| {
        if let Some(before) = timer.get_value() {
            before.clear();
        }
        timer.set_value(set_timeout_with_handle(look, REST).ok());
    };
    on_cleanup(move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    });
    let choose = move |name: &str| {
        offered.set(Vec::new());
        id.with_value(|id| put(id, name));
    };
    view! {
        <div on:input=typed>{children()}</div>
        <div aria-live="polite">
            {move || {
                let names = offered.get();
                (!names.is_empty())
                    .then(|| {
                        view! {
                            <p class="hint">{t(words_of::FIRMS_OFFERED)}</p>
                            <ul class="chips">
                                {names
                                    .into_iter()
                                    .map(|name| {
                                        let label = name.clone();
                                        view! {
                                            <li>
                                                <button
                                                    type="button"
                                                    class="chip"
                                                    on:click=move |_| choose(&name)
                                                >
                                                    {label}
                                                </button>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        }
                    })
            }}
        </div>
    }
}

fn area(id: &str) -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The line in which the caret stands, and its position among the lines.
fn line_at_caret(area: &HtmlTextAreaElement) -> Option<(usize, String)> {
    let text = area.value();
    let caret = area.selection_start().ok().flatten().unwrap_or(u32::MAX);
    // The browser counts in halves of UTF-16.
    let before = text.encode_utf16().take(usize::try_from(caret).ok()?);
    let at = before.filter(|unit| *unit == u16::from(b'\n')).count();
    Some((at, text.split('\n').nth(at)?.to_owned()))
}

/// Puts a name where the caret's line stands, as if it had been typed.
fn put(id: &str, name: &str) -> Option<()> {
    let area = area(id)?;
    let (at, _) = line_at_caret(&area)?;
    let text = area.value();
    let lines = text.split('\n').enumerate();
    let lines: Vec<&str> = lines
        .map(|(line, text)| if line == at { name } else { text })
        .collect();
    area.set_value(&lines.join("\n"));
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    let typed = Event::new_with_event_init_dict("input", &bubbles).ok()?;
    area.dispatch_event(&typed).ok()?;
    area.focus().ok()
}
