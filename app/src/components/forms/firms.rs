//! Registered firms, offered while somebody types their names.

use std::time::Duration;

use domain::Field;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, EventInit, HtmlTextAreaElement};
use words::express as words_of;

use crate::api::text::Answer;
use crate::components::form::FormState;
use crate::frame::t;
use crate::problem::ProblemDetails;

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
    // The line that was looked at, and the names that it may mean.
    let offered = RwSignal::new((Line::default(), Vec::<String>::new()));
    let look = move || {
        let line = id
            .try_get_value()
            .and_then(|id| Line::at_caret(&area(&id)?));
        let line = line.filter(|line| line.text.trim().chars().count() >= ENOUGH);
        offered.try_set((line.clone().unwrap_or_default(), Vec::new()));
        let Some(line) = line else {
            return;
        };
        spawn_local(async move {
            // Without an answer nothing is offered; nobody is kept from typing.
            let found = load_firms(line.text.clone()).await.unwrap_or_default();
            let more = found.into_iter().filter(|name| *name != line.text.trim());
            let more = more.collect();
            // Who has typed on meanwhile waits for another answer.
            offered.try_update(|(looked_at, names)| {
                if *looked_at == line {
                    *names = more;
                }
            });
        });
    };
    let typed = debounce(REST, move |_: Event| look());
    let choose = move |name: &str| {
        let (line, _) = offered.get_untracked();
        offered.set(Default::default());
        id.with_value(|id| line.put(id, name));
    };
    view! {
        <div on:input=typed>{children()}</div>
        <div aria-live="polite">
            {move || {
                let (_, names) = offered.get();
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

/// A line of the field.
#[derive(Clone, Default, PartialEq, Eq)]
struct Line {
    /// Its position among the lines.
    at: usize,
    text: String,
}

impl Line {
    fn at_caret(area: &HtmlTextAreaElement) -> Option<Self> {
        let text = area.value();
        let caret = area.selection_start().ok().flatten().unwrap_or(u32::MAX);
        // The browser counts in halves of UTF-16.
        let before = text.encode_utf16().take(usize::try_from(caret).ok()?);
        let at = before.filter(|unit| *unit == u16::from(b'\n')).count();
        let text = text.split('\n').nth(at)?.to_owned();
        Some(Self { at, text })
    }

    /// Puts a name in its place, as if it had been typed; nothing where it has changed.
    fn put(&self, id: &str, name: &str) -> Option<()> {
        let area = area(id)?;
        let text = area.value();
        let mut lines: Vec<&str> = text.split('\n').collect();
        *lines.get_mut(self.at).filter(|line| **line == self.text)? = name;
        area.set_value(&lines.join("\n"));
        let caret = lines.iter().take(self.at + 1);
        let caret: usize = caret.map(|line| line.encode_utf16().count() + 1).sum();
        let caret = u32::try_from(caret.saturating_sub(1)).ok()?;
        area.set_selection_range(caret, caret).ok()?;
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        let typed = Event::new_with_event_init_dict("input", &bubbles).ok()?;
        area.dispatch_event(&typed).ok()?;
        area.focus().ok()
    }
}

#[server(prefix = "/ask", endpoint = "firms", output = Answer)]
pub async fn load_firms(typed: String) -> Result<Vec<String>, ProblemDetails> {
    crate::areas::meetings::meeting::server::firms(&typed).await
}
