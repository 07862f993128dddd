//! Keeps what is typed into a form, as it is typed: a lost connection, an ended
//! session or a closed window loses nothing.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, FormData, HtmlFormElement};
use web_sys::UrlSearchParams;

use crate::api::unsent::{forget_unsent, keep_unsent};
use crate::components::deadline::Moment;
use crate::frame::t;
use crate::sheets::Unsent;
use crate::words;

/// After so long without a key, what was typed is sent to be kept.
const REST: Duration = Duration::from_millis(800);

/// What the page's forms held when it was opened; a page that provides it has its
/// forms kept.
#[derive(Clone)]
pub struct UnsentForms(pub Vec<Unsent>);

/// How keeping went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Nothing,
    Saved,
    Failed,
}

/// Keeps one form.
#[derive(Clone, Copy)]
pub struct Keeper {
    place: StoredValue<(String, &'static str)>,
    timer: StoredValue<Option<TimeoutHandle>>,
    state: RwSignal<Kept>,
}

impl Keeper {
    pub fn new(page: String, form: &'static str) -> Self {
        Self {
            place: StoredValue::new((page, form)),
            timer: StoredValue::new(None),
            state: RwSignal::new(Kept::Nothing),
        }
    }

    /// Once the keys have been still for a moment.
    pub fn soon(self, event: &Event) {
        let Some(form) = form_of(event) else { return };
        self.stop();
        let later = set_timeout_with_handle(move || self.keep(&form), REST);
        self.timer.set_value(later.ok());
    }

    /// Who leaves a field may be leaving the page.
    pub fn now(self, event: &Event) {
        self.stop();
        if let Some(form) = form_of(event) {
            self.keep(&form);
        }
    }

    /// The form itself is on its way.
    pub fn stop(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        self.timer.set_value(None);
    }

    fn keep(self, form: &HtmlFormElement) {
        let Some(typed) = typed(form) else { return };
        let (page, form) = self.place.get_value();
        spawn_local(async move {
            let kept = keep_unsent(page, form.to_owned(), typed).await;
            self.state.try_set(match kept {
                Ok(()) => Kept::Saved,
                Err(_) => Kept::Failed,
            });
        });
    }
}

fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let field = event.target()?.dyn_into::<Element>().ok()?;
    field.closest("form").ok()??.dyn_into().ok()
}

/// As the form would be sent.
fn typed(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(fields.to_string().into())
}

/// Whether what stands in the form is kept.
#[component]
pub fn KeptNote(keeper: Keeper) -> impl IntoView {
    view! {
        <p class="hint unprinted" aria-live="polite">
            {move || match keeper.state.get() {
                Kept::Nothing => "",
                Kept::Saved => t(words::frame::UNSENT_KEPT),
                Kept::Failed => t(words::frame::UNSENT_NOT_KEPT),
            }}
        </p>
    }
}

/// That the form holds what was typed before, and a way to begin anew.
#[component]
pub fn Restored(at: domain::Instant, page: String, form: &'static str) -> impl IntoView {
    let place = page.clone();
    let begin_anew = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let page = place.clone();
        spawn_local(async move {
            if forget_unsent(page.clone(), form.to_owned()).await.is_ok() {
                let _ = window().location().set_href(&page);
            }
        });
    };
    view! {
        <div class="notice unsent">
            {t(words::frame::UNSENT_RESTORED)} " " <Moment at/> " "
            <button
                type="submit"
                class="link"
                formaction="/act/forget_unsent"
                formnovalidate
                name="form"
                value=form
                on:click=begin_anew
            >
                {t(words::frame::UNSENT_FORGET)}
            </button>
        </div>
    }
}

/// What was typed into a form that the page does not have any more.
#[component]
pub fn Orphans(forms: Vec<String>, page: String) -> impl IntoView {
    let UnsentForms(unsent) = use_context()?;
    let orphans = unsent.into_iter().filter(|one| !forms.contains(&one.form));
    let panels = orphans
        .map(|one| {
            let texts = one
                .typed
                .into_iter()
                .filter(|(_, text)| text.chars().count() > 10);
            view! {
                <div class="summary">
                    <p>{t(words::frame::UNSENT_ORPHAN)}</p>
                    {texts.map(|(_, text)| view! { <p class="said">{text}</p> }).collect_view()}
                    <form method="post" action="/act/forget_unsent">
                        <input type="hidden" name="page" value=page.clone()/>
                        <input type="hidden" name="form" value=one.form/>
                        <button type="submit" class="button">
                            {t(words::frame::UNSENT_FORGET)}
                        </button>
                    </form>
                </div>
            }
        })
        .collect_view();
    Some(panels)
}
