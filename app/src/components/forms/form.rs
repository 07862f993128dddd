use domain::Field;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use leptos_router::hooks::use_location;

use crate::components::act::{Act, ActForm};
use crate::components::unsent::{Keeper, KeptNote, Restored, UnsentForms};
use crate::frame::{QUERY, frame, t};
use crate::problem::{FaultDetails, ProblemDetails, ProblemKind};

/// What the fields of a form know of it.
#[derive(Clone)]
pub struct FormState {
    /// Prefix of the ids of its fields, so that two forms can stand on one page.
    pub id: String,
    /// The page that it stands on, and where it is sent.
    pub page: String,
    pub url: String,
    /// How many files are on their way; it is not sent before them.
    pub sending: RwSignal<u32>,
    pub problem: Signal<Option<ProblemDetails>>,
    /// Fields that were changed since the form was refused.
    mended: RwSignal<Vec<String>>,
    /// Whether the form is on its way.
    busy: Signal<bool>,
    /// What was typed before: into a plain form that was refused, or not sent yet.
    typed: Option<Vec<(String, String)>>,
}

impl FormState {
    /// What a field starts with: what was typed, else `default`.
    pub fn value(&self, field: &str, default: String) -> String {
        self.typed
            .as_ref()
            .and_then(|typed| typed.iter().find(|(name, _)| name == field))
            .map_or(default, |(_, value)| value.clone())
    }

    /// All that was typed or chosen under a name that can come several times; `None`
    /// where the form is new.
    pub fn values(&self, field: &str) -> Option<Vec<String>> {
        let typed = self.typed.as_ref()?.iter();
        let typed = typed.filter(|(name, _)| name == field);
        Some(typed.map(|(_, value)| value.clone()).collect())
    }

    /// The same with `text` in a field, whatever stood there.
    #[must_use]
    pub fn with(mut self, field: Field, text: &str) -> Self {
        let typed = self.typed.get_or_insert_default();
        typed.retain(|(name, _)| name != field.code());
        typed.push((field.code().to_owned(), text.to_owned()));
        self
    }

    /// Whether the refused form had this field at all, as a checked box.
    pub fn was_sent(&self, field: &str) -> bool {
        let typed = self.typed.as_ref();
        typed.is_some_and(|typed| typed.iter().any(|(name, _)| name == field))
    }

    /// Whether something was typed into the field before the form was refused.
    pub fn was_typed(&self, field: Field) -> bool {
        !self.value(field.code(), String::new()).is_empty()
    }

    pub fn field_id(&self, field: &str) -> String {
        format!("{}-{field}", self.id)
    }

    /// The sentence beside a field that is not right.
    pub fn fault(&self, field: Field) -> Option<String> {
        Some(self.fault_of(field.code())?.sentence)
    }

    /// What is wrong with a field, until somebody changes it.
    pub fn fault_of(&self, field: &str) -> Option<FaultDetails> {
        let problem = self.problem.get()?;
        let mut faults = problem.faults.into_iter();
        let fault = faults.find(|fault| fault.field == field)?;
        (!self.is_mended(field)).then_some(fault)
    }

    fn is_mended(&self, field: &str) -> bool {
        self.mended
            .with(|mended| mended.iter().any(|name| name == field))
    }
}

/// A form that works with and without scripts. What was refused is said on top
/// with links to the fields, and beside each field; nothing typed is lost.
#[component]
pub fn StepForm(
    action: Act,
    /// Whether it takes files: without scripts they come along with it.
    #[prop(default = false)]
    files: bool,
    /// Whether it is empty again once it was taken: what was sent is not sent once more.
    #[prop(default = false)]
    clears: bool,
    /// Fields that are not typed.
    #[prop(default = Vec::new())]
    hidden: Vec<(&'static str, String)>,
    /// What was typed into it once, to be changed.
    #[prop(default = Vec::new())]
    typed: Vec<(String, String)>,
    children: Children,
) -> impl IntoView {
    let place = use_location();
    let page = place.pathname.get_untracked();
    let query = place.search.get_untracked();
    let query = query.trim_start_matches('?').to_owned();
    let url = action.url();
    let about = hidden.iter().find(|(name, _)| *name == Field::Other.code());
    let about = about.map(|(_, other)| other.clone());
    let kept = frame()
        .kept
        .filter(|kept| kept.act == url && kept.page == page)
        .filter(|kept| is_about(about.as_deref(), &kept.typed));
    let first = kept.as_ref().map(|kept| kept.problem.clone());
    let forms = use_context::<UnsentForms>();
    let unsent = forms
        .iter()
        .flat_map(|forms| &forms.0)
        .find(|one| one.form == url && is_about(about.as_deref(), &one.typed))
        .filter(|_| kept.is_none())
        .cloned();
    let restored = unsent
        .as_ref()
        .map(|one| view! { <Restored at=one.at page=page.clone() form=url.clone()/> });
    let before = Some(typed).filter(|typed| !typed.is_empty());
    let typed = kept.map(|kept| kept.typed).or(unsent.map(|one| one.typed));
    let typed = typed.or(before);
    let keeper = forms.map(|_| Keeper::new(page.clone(), url.clone()));
    let node = keeper.map_or_else(NodeRef::new, Keeper::form);
    let problem = Signal::derive(move || match action.value().get() {
        Some(result) => result.err(),
        None => first.clone(),
    });
    let mended = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let result = action.value().get();
        let refused = matches!(result, Some(Err(_)));
        mended.set(Vec::new());
        if let (true, Some(Ok(())), Some(form)) = (clears, result, node.get_untracked()) {
            form.reset();
        }
        // What was refused is not sent, and is kept on.
        if let (Some(keeper), true) = (keeper, refused) {
            keeper.soon();
        }
    });
    Effect::new(move |_| {
        // On the window: what is put on a form of an action from outside is lost where the
        // form is made in the browser.
        let changed = ["input", "change"].map(|kind| {
            window_event_listener_untyped(kind, move |event| {
                let target = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok());
                let form = node.try_get_untracked().flatten();
                let Some((form, target)) = form.zip(target) else {
                    return;
                };
                if !form.contains(Some(&target)) {
                    return;
                }
                if let Some(name) = target.get_attribute("name") {
                    let name = name.trim_end_matches("[]").to_owned();
                    mended.try_update(|mended| mended.push(name));
                }
            })
        });
        on_cleanup(move || changed.into_iter().for_each(|one| one.remove()));
    });
    let state = FormState {
        id: about
            .iter()
            .fold(url.trim_matches('/').replace('/', "-"), |id, other| {
                format!("{id}-{other}")
            }),
        page: page.clone(),
        url,
        sending: RwSignal::new(0),
        problem,
        mended,
        busy: action.pending().into(),
        typed,
    };
    provide_context(state.clone());
    let hidden = hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <ActForm
            action
            node_ref=node
            attr:class="form"
            attr:novalidate=""
            attr:enctype=files.then_some("multipart/form-data")
        >
            <input type="hidden" name="page" value=page/>
            {(!query.is_empty())
                .then(|| view! { <input type="hidden" name=QUERY value=query/> })}
            {hidden}
            <ByEnter state=state.clone()/>
            <Summary state/>
            {restored}
            {children()}
            {keeper.map(|keeper| view! { <KeptNote keeper/> })}
        </ActForm>
    }
}

/// Of the forms of one kind on a page each is about another order: whether what was typed
/// belongs to the one that is about `own`.
pub fn is_about(own: Option<&str>, typed: &[(String, String)]) -> bool {
    let mut typed = typed.iter();
    let theirs = typed.find(|(name, _)| name == Field::Other.code());
    own.zip(theirs)
        .is_none_or(|(own, (_, theirs))| own == theirs)
}

/// Enter in a field presses the first button of its form: that is to be the form's own,
/// whatever other buttons stand in it.
#[component]
fn ByEnter(state: FormState) -> impl IntoView {
    let waits = move || state.sending.get() > 0 || state.busy.get();
    view! {
        <button type="submit" class="unseen" tabindex="-1" aria-hidden="true" disabled=waits></button>
    }
}

/// What is wrong, on top of the form, with a link to each field.
#[component]
fn Summary(state: FormState) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    let page = use_location().pathname.get_untracked();
    let problem = state.problem;
    // Whoever cannot see the page hears of it; whoever types lands on it.
    Effect::new(move |_| {
        if problem.get().is_some()
            && let Some(node) = node.get()
        {
            let _ = node.focus();
        }
    });
    move || {
        let problem = state.problem.get()?;
        let frame = frame();
        let faults = problem
            .faults
            .iter()
            .map(|fault| {
                let target = format!("#{}", state.field_id(&fault.field));
                let sentence = fault.sentence.clone();
                let state = state.clone();
                let field = fault.field.clone();
                // What is mended goes; the box stays, so that the focus does not jump.
                view! {
                    <li class:mended=move || state.is_mended(&field)>
                        <a href=target rel="external">{sentence}</a>
                    </li>
                }
            })
            .collect_view();
        let fields = problem.faults.iter().map(|fault| fault.field.clone());
        let fields: Vec<String> = fields.collect();
        let whose = state.clone();
        let all_mended =
            move || !fields.is_empty() && fields.iter().all(|field| whose.is_mended(field));
        let said = problem.said(frame.lang);
        Some(view! {
            <div class="summary" role="alert" tabindex="-1" node_ref=node>
                <p>
                    {move || {
                        if all_mended() {
                            words::frame::ALL_MENDED.of(frame.lang).to_owned()
                        } else {
                            said.clone()
                        }
                    }}
                </p>
                {(problem.kind == ProblemKind::MovedOn)
                    .then(|| {
                        view! {
                            <p>
                                <a href=page.clone() target="_blank" rel="external">
                                    {words::frame::SEE_LATEST.of(frame.lang)}
                                </a>
                            </p>
                        }
                    })}
                {(problem.kind == ProblemKind::NotSignedIn)
                    .then(|| {
                        view! {
                            <p>
                                <a href="/sign-in" target="_blank" rel="external">
                                    {words::frame::SIGN_IN_NEW_WINDOW.of(frame.lang)}
                                </a>
                            </p>
                        }
                    })}
                <ul>{faults}</ul>
            </div>
        })
    }
}

/// The button that sends a form, with what will happen beneath it.
#[component]
pub fn Submit(
    #[prop(into)] label: String,
    #[prop(into, optional)] consequence: String,
    #[prop(default = true)] primary: bool,
) -> impl IntoView {
    let class = if primary { "button primary" } else { "button" };
    let sending = use_context::<FormState>().map(|state| state.sending);
    let waits = move || sending.and_then(|sending| sending.try_get()).unwrap_or(0) > 0;
    let busy = use_context::<FormState>().map(|state| state.busy);
    let busy = move || busy.and_then(|busy| busy.try_get()).unwrap_or(false);
    view! {
        <div class="submit">
            <button
                type="submit"
                class=class
                disabled=move || waits() || busy()
                aria-busy=move || busy().then_some("true")
            >
                {label}
            </button>
            <span class="hint busy" class:shown=busy role="status">
                {move || busy().then(|| t(words::frame::SENDING))}
            </span>
            {move || waits().then(|| view! { <p class="hint">{t(words::files::WAIT)}</p> })}
            {(!consequence.is_empty()).then(|| view! { <p class="hint">{consequence}</p> })}
        </div>
    }
}
