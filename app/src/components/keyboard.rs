use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_navigate;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::frame::t;

/// `/` search, `j` `k` through a list (Enter opens), `g h` home, `?` this list.
#[component]
pub fn Keyboard() -> impl IntoView {
    let (shown, show) = signal(false);
    let (after_g, set_after_g) = signal(false);
    let navigate = use_navigate();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            if is_typing(&event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let went_g = after_g.get_untracked();
            set_after_g.set(event.key() == "g");
            match event.key().as_str() {
                "/" if focus("[data-search]") => event.prevent_default(),
                // A page without a search leads to the list, which has one.
                "/" => {
                    event.prevent_default();
                    navigate("/orders", Default::default());
                }
                "j" => step_rows(1),
                "k" => step_rows(-1),
                "h" if went_g => navigate("/", Default::default()),
                "?" => show.update(|shown| *shown = !*shown),
                "Escape" => show.set(false),
                _ => {}
            }
        });
        on_cleanup(move || listener.remove());
    });
    let keys = [
        ("/", words::frame::KEY_SEARCH),
        ("j", words::frame::KEY_DOWN),
        ("k", words::frame::KEY_UP),
        ("Enter", words::frame::KEY_OPEN),
        ("g h", words::frame::KEY_HOME),
        ("?", words::frame::KEY_HELP),
    ];
    view! {
        <Show when=move || shown.get()>
            <div class="overlay" role="dialog" aria-modal="true" aria-labelledby="keyboard-title">
                <div class="overlay-body">
                    <h2 id="keyboard-title">{t(words::frame::KEYBOARD)}</h2>
                    <dl class="keys">
                        {keys
                            .map(|(key, text)| {
                                view! {
                                    <dt>
                                        <kbd>{key}</kbd>
                                    </dt>
                                    <dd>{t(text)}</dd>
                                }
                            })
                            .collect_view()}
                    </dl>
                    <button type="button" class="button" autofocus on:click=move |_| show.set(false)>
                        {t(words::frame::CLOSE)}
                    </button>
                </div>
            </div>
        </Show>
    }
}

fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        })
}

fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    match found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        Some(element) => element.focus().is_ok(),
        None => false,
    }
}

/// Moves the focus through the rows of the page.
fn step_rows(by: i32) {
    let Ok(rows) = document().query_selector_all("[data-row]") else {
        return;
    };
    let length = i32::try_from(rows.length()).unwrap_or(0);
    let active = document().active_element();
    let current = (0..length).find(|at| {
        let row = u32::try_from(*at).ok().and_then(|at| rows.item(at));
        row.is_some() && row.as_ref() == active.as_ref().map(AsRef::as_ref)
    });
    let next = match current {
        Some(at) => (at + by).clamp(0, length - 1),
        None => 0,
    };
    let row = u32::try_from(next).ok().and_then(|at| rows.item(at));
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}
