//! Keeps what is typed into a form, as it is typed: a lost connection, an ended
//! session or a closed window loses nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use leptos::html::Form;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, FormData, Node};
use web_sys::UrlSearchParams;

use crate::api::unsent::{KeepUnsent, forget_unsent, keep_unsent};
use crate::components::deadline::Moment;
use crate::frame::{is_typed, t};
use crate::problem::ProblemKind;
use crate::sheets::Unsent;

/// After so long without a key, what was typed is sent to be kept.
const REST: Duration = Duration::from_millis(800);

/// What the page's forms held when it was opened; a page that provides it has its
/// forms kept.
#[derive(Clone, Default)]
pub struct UnsentForms(pub Vec<Unsent>);

/// How keeping goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Nothing,
    /// Something was typed since.
    Typing,
    Saved,
    Failed,
    /// The session has ended: it can be kept once somebody has signed in.
    SignedOut,
}

/// Keeps one form.
#[derive(Clone, Copy)]
pub struct Keeper {
    place: StoredValue<(String, String)>,
    timer: StoredValue<Option<TimeoutHandle>>,
    form: NodeRef<Form>,
    /// Whether something was typed that is not kept yet.
    waits: StoredValue<bool>,
    /// The form as it was kept last.
    last: StoredValue<String>,
    /// Whether the form was sent since; it outlives the page, as what is on its way does.
    sent: StoredValue<Arc<AtomicBool>>,
    state: RwSignal<Kept>,
}

impl Keeper {
    pub fn new(page: String, form: String) -> Self {
        let keeper = Self {
            place: StoredValue::new((page, form)),
            timer: StoredValue::new(None),
            form: NodeRef::new(),
            waits: StoredValue::new(false),
            last: StoredValue::new(String::new()),
            sent: StoredValue::new(Arc::default()),
            state: RwSignal::new(Kept::Nothing),
        };
        // On the window: what is put on a form of an action from outside is lost where the
        // form is made in the browser.
        Effect::new(move |_| {
            let typed = ["input", "change"].map(|kind| {
                window_event_listener_untyped(kind, move |event| {
                    // Leaving a field changes nothing that typing has not changed already.
                    let is_news = || kind == "input" || keeper.fields() != keeper.kept();
                    if keeper.is_of(&event) && is_news() {
                        keeper.soon();
                    }
                })
            });
            // What was typed before the program was there counts.
            if keeper
                .form
                .get_untracked()
                .is_some_and(|form| differs(&form))
            {
                keeper.soon();
            }
            let sent = window_event_listener_untyped("submit", move |event| {
                if keeper.is_of(&event) {
                    keeper.stop();
                    keeper.mark_sent(true);
                }
            });
            let leaves = window_event_listener_untyped("pagehide", move |_| keeper.at_last());
            on_cleanup(move || {
                typed.into_iter().for_each(|one| one.remove());
                sent.remove();
                leaves.remove();
                keeper.at_last();
            });
        });
        keeper
    }

    /// Where the form is.
    pub fn form(self) -> NodeRef<Form> {
        self.form
    }

    fn is_of(self, event: &Event) -> bool {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Node>().ok());
        let form = self.form.try_get_untracked().flatten();
        form.zip(target)
            .is_some_and(|(form, target)| form.contains(Some(&target)))
    }

    /// Once the keys have been still for a moment.
    pub fn soon(self) {
        self.stop();
        self.mark_sent(false);
        self.state.try_set(Kept::Typing);
        self.waits.try_set_value(true);
        let later = set_timeout_with_handle(move || self.keep(), REST);
        self.timer.set_value(later.ok());
    }

    /// The form itself is on its way: what it held is not to be kept after it.
    pub fn stop(self) {
        if let Some(timer) = self.timer.try_get_value().flatten() {
            timer.clear();
        }
        self.timer.try_set_value(None);
        self.waits.try_set_value(false);
    }

    fn mark_sent(self, sent: bool) {
        if let Some(flag) = self.sent.try_get_value() {
            flag.store(sent, Ordering::Relaxed);
        }
    }

    fn keep(self) {
        let Some(typed) = self.typed() else { return };
        let (Some((page, form)), Some(sent)) =
            (self.place.try_get_value(), self.sent.try_get_value())
        else {
            return;
        };
        spawn_local(async move {
            let kept = keep_unsent(page.clone(), form.clone(), typed).await;
            // The form overtook what was to be kept of it.
            if sent.load(Ordering::Relaxed) {
                let _ = forget_unsent(page, form).await;
                return;
            }
            let now = match kept {
                Ok(()) => Kept::Saved,
                Err(problem) if problem.kind == ProblemKind::NotSignedIn => Kept::SignedOut,
                Err(_) => Kept::Failed,
            };
            // Who goes on typing is not told that it is saved.
            if self.waits.try_get_value() == Some(false) {
                self.state.try_set(now);
            }
        });
    }

    /// Whoever leaves the page does not wait for an answer.
    fn at_last(self) {
        let Some(typed) = self.typed() else { return };
        let Some((page, form)) = self.place.try_get_value() else {
            return;
        };
        let Ok(body) = UrlSearchParams::new() else {
            return;
        };
        for (name, value) in [
            ("page", page.as_str()),
            ("form", form.as_str()),
            ("typed", &typed),
        ] {
            body.append(name, value);
        }
        let navigator = window().navigator();
        let _ = navigator.send_beacon_with_opt_url_search_params(KeepUnsent::url(), Some(&body));
    }

    /// What waits to be kept, as the form would be sent; it does not wait any more.
    fn typed(self) -> Option<String> {
        self.waits.try_get_value().filter(|waits| *waits)?;
        self.waits.set_value(false);
        let now = self.fields()?;
        self.last.set_value(now.clone());
        Some(now)
    }

    fn kept(self) -> Option<String> {
        self.last.try_get_value()
    }

    /// The form as it would be sent.
    fn fields(self) -> Option<String> {
        let form = self.form.try_get_untracked()??;
        let data = FormData::new_with_form(&form).ok()?;
        let fields = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
        Some(fields.to_string().into())
    }
}

/// Whether something stands in the form that the server did not write there.
fn differs(form: &JsValue) -> bool {
    let get = |from: &JsValue, name: &str| {
        js_sys::Reflect::get(from, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
    };
    let all = |list: &JsValue| -> Vec<JsValue> { js_sys::Array::from(list).iter().collect() };
    all(&get(form, "elements")).iter().any(|field| {
        let changed = |now: &str, first: &str| get(field, now) != get(field, first);
        match get(field, "type").as_string().as_deref() {
            Some("hidden" | "file" | "submit" | "button" | "reset" | "fieldset") | None => false,
            Some("checkbox" | "radio") => changed("checked", "defaultChecked"),
            Some("select-one" | "select-multiple") => {
                all(&get(field, "options"))
                .iter()
                .any(|option| get(option, "selected") != get(option, "defaultSelected"))
                // A list of which nothing is chosen shows its first.
                && get(field, "selectedIndex").as_f64() != Some(0.0)
            }
            Some(_) => changed("value", "defaultValue"),
        }
    })
}

/// Whether what stands in the form is kept.
#[component]
pub fn KeptNote(keeper: Keeper) -> impl IntoView {
    view! {
        <p class="hint unprinted kept-note" aria-live="polite">
            {move || match keeper.state.get() {
                Kept::Nothing | Kept::Typing => ().into_any(),
                Kept::Saved => t(words::frame::UNSENT_KEPT).into_any(),
                Kept::Failed => t(words::frame::UNSENT_NOT_KEPT).into_any(),
                Kept::SignedOut => {
                    view! {
                        {t(words::frame::UNSENT_SIGNED_OUT)}
                        " "
                        <a href="/sign-in" target="_blank" rel="external">
                            {t(words::frame::SIGN_IN_NEW_WINDOW)}
                        </a>
                    }
                        .into_any()
                }
            }}
        </p>
    }
}

/// That the form holds what was typed before, and a way to begin anew.
#[component]
pub fn Restored(at: domain::Instant, page: String, form: String) -> impl IntoView {
    let place = (page, form.clone());
    let begin_anew = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let (page, form) = place.clone();
        spawn_local(async move {
            if forget_unsent(page.clone(), form).await.is_ok() {
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
    Some(view! { <OrphanTexts unsent=orphans.collect() page/> })
}

/// What was typed and has no form to stand in.
#[component]
pub fn OrphanTexts(unsent: Vec<Unsent>, page: String) -> impl IntoView {
    unsent
        .into_iter()
        .filter_map(|one| {
            // What was chosen is a code, and says nothing by itself.
            let is_text = |text: &str| !text.is_ascii() || text.chars().count() > 10;
            let typed = one.typed.into_iter();
            let texts = typed.filter(|(name, text)| is_typed(name) && is_text(text.trim()));
            let texts: Vec<(String, String)> = texts.filter(|(name, _)| name != "other").collect();
            if texts.is_empty() {
                return None;
            }
            Some(view! {
                <div class="summary">
                    <p>{t(words::frame::UNSENT_ORPHAN)}</p>
                    {texts
                        .into_iter()
                        .map(|(_, text)| view! { <p class="said">{text}</p> })
                        .collect_view()}
                    <form method="post" action="/act/forget_unsent">
                        <input type="hidden" name="page" value=page.clone()/>
                        <input type="hidden" name="form" value=one.form/>
                        <button type="submit" class="button">
                            {t(words::frame::UNSENT_FORGET)}
                        </button>
                    </form>
                </div>
            })
        })
        .collect_view()
}
