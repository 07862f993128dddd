//! The one component that draws, keeps and sends the form of any step on any case.

use domain::Field;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::act::Act;
use crate::components::fields::{Checks, Choice, Choices, SelectField, TextArea, TextField};
use crate::components::files::{Attachments, WaitingFiles};
use crate::components::firms::FirmsWhileTyping;
use crate::components::form::{FormState, StepForm, Submit};
use crate::components::template::{Templates, behind, chosen};
use crate::components::unsent::UnsentForms;
use crate::frame::{frame, t};
use crate::sheets::TemplateSheet;
use crate::sheets::form::{FormSheet, Part};

/// The bodies that forms of the page name.
#[derive(Clone, Default)]
pub struct Bodies(pub Vec<Choice>);

/// Forms of a page, each in a place of its own: what stood in one is not taken over into
/// another when the page is read anew. Those with a title are folded away behind it, unless
/// something was begun there.
#[component]
pub fn Forms(
    forms: Vec<Option<FormSheet>>,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let refused = frame().kept;
    let UnsentForms(unsent) = use_context().unwrap_or_default();
    let WaitingFiles(waiting) = use_context().unwrap_or_default();
    let is_begun = move |form: &FormSheet| {
        let refused = refused.as_ref();
        refused.is_some_and(|kept| form.is_of(&kept.act, &kept.typed))
            || unsent.iter().any(|one| form.is_of(&one.form, &one.typed))
            || waiting.files.iter().any(|file| file.form == form.act)
    };
    forms
        .into_iter()
        .map(|form| {
            let form = form?;
            let open = form.opens || is_begun(&form);
            let title = form.title.clone();
            let drawn = view! { <SheetForm form reload/> };
            Some(if title.is_empty() {
                view! { <div class="step step-first unprinted">{drawn}</div> }.into_any()
            } else {
                view! {
                    <details class="step unprinted" open=open>
                        <summary>{title}</summary>
                        {drawn}
                    </details>
                }
                .into_any()
            })
        })
        .collect_view()
}

#[component]
pub fn SheetForm(
    form: FormSheet,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let FormSheet {
        act,
        number,
        version,
        hidden,
        parts,
        files,
        late,
        submit,
        consequence,
        primary,
        title: _,
        opens: _,
    } = form;
    let action = Act::new(act);
    when_done(action, reload);
    let of_the_case = (!number.is_empty()).then(|| ("number", number.clone()));
    let version = version.map(|version| ("version", version.to_string()));
    let hidden = hidden.into_iter().map(|(field, text)| (field.code(), text));
    let hidden = of_the_case
        .into_iter()
        .chain(version)
        .chain(hidden)
        .collect();
    let drawn = move || {
        let parts = parts.into_iter();
        parts
            .map(|part| view! { <DrawnPart part number=number.clone()/> })
            .collect_view()
    };
    if submit.is_empty() {
        return drawn().into_any();
    }
    view! {
        <StepForm action hidden files clears=true>
            {drawn()}
            {files.then(|| view! { <Attachments/> })}
            {late.then(|| view! { <HappenedBefore/> })}
            <Submit label=submit consequence primary/>
        </StepForm>
    }
    .into_any()
}

/// Shows the case as it is after the step. A refusal for having been slower
/// leaves the form and its text where they are.
pub fn when_done(action: Act, reload: impl Fn() + Copy + Send + Sync + 'static) {
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(()))) {
            reload();
        }
    });
}

#[component]
fn DrawnPart(part: Part, number: String) -> impl IntoView {
    match part {
        Part::Line {
            field,
            label,
            hint,
            value,
            kind,
            asked,
        } => {
            let asked = asked.and_then(|name| use_query_map().read_untracked().get(&name));
            let value = asked.unwrap_or(value);
            view! { <TextField field label hint value kind=kind.code()/> }.into_any()
        }
        Part::Prose {
            field,
            label,
            hint,
            value,
            max,
            rows,
        } => view! { <TextArea field label hint value max rows/> }.into_any(),
        Part::Select {
            field,
            label,
            choices,
            value,
        } => view! { <SelectField field label choices value/> }.into_any(),
        Part::Choices {
            field,
            legend,
            choices,
            value,
        } => view! { <Choices field legend choices value/> }.into_any(),
        Part::Body {
            field,
            label,
            value,
        } => {
            let Bodies(choices) = use_context().unwrap_or_default();
            view! { <SelectField field label choices value/> }.into_any()
        }
        Part::Bodies {
            field,
            legend,
            values,
        } => {
            let Bodies(choices) = use_context().unwrap_or_default();
            view! { <Checks field legend choices values/> }.into_any()
        }
        Part::CoHandlers => view! { <CoHandlerRows/> }.into_any(),
        Part::Check {
            field,
            label,
            about,
        } => view! { <Tick field label about/> }.into_any(),
        Part::Firms {
            field,
            label,
            hint,
            value,
        } => view! {
            <FirmsWhileTyping>
                <TextArea field label hint max=3000 rows=4 value/>
            </FirmsWhileTyping>
        }
        .into_any(),
        Part::Reply { value, templates } => {
            view! { <ReplyText value number templates/> }.into_any()
        }
        Part::NotYet { label, reason } => view! {
            <p class="not-yet">
                <strong>{label}</strong>
                "　"
                {reason}
            </p>
        }
        .into_any(),
        Part::Hint { text } => view! { <p class="hint">{text}</p> }.into_any(),
        Part::Quoted { about, text } => view! {
            <p class="hint">{about}</p>
            {(!text.is_empty()).then(|| view! { <p class="said">{text}</p> })}
        }
        .into_any(),
    }
}

#[component]
fn Tick(field: Field, label: String, about: Option<Field>) -> impl IntoView {
    let state = expect_context::<FormState>();
    let ticked = state.was_sent(field.code());
    let fault = move || state.fault(about?);
    view! {
        {move || fault().map(|fault| view! { <p class="fault">{fault}</p> })}
        <label class="check">
            <input type="checkbox" name=field.code() value="yes" checked=ticked/>
            {label}
        </label>
    }
}

/// A reply, behind which templates are put; blanks that they leave are asked about.
#[component]
fn ReplyText(value: String, number: String, templates: Vec<TemplateSheet>) -> impl IntoView {
    let state = expect_context::<FormState>();
    // Behind what was typed before, as the link does it where scripts run.
    let before = state.value(Field::ReplyText.code(), value);
    let begins = behind(before, chosen(&templates));
    provide_context(state.with(Field::ReplyText, &begins));
    view! {
        <Templates number templates/>
        <TextArea field=Field::ReplyText label=t(words::order::REPLY_TEXT) max=5000 rows=6/>
        <BlanksMeant/>
    }
}

/// Asked where blanks of a template were left.
#[component]
fn BlanksMeant() -> impl IntoView {
    let state = expect_context::<FormState>();
    let is_asked = move || {
        let fault = state.fault_of(Field::ReplyText.code());
        fault.is_some_and(|fault| fault.is_question)
    };
    let stays = RwSignal::new(false);
    Effect::new({
        let is_asked = is_asked.clone();
        move |_| {
            if is_asked() {
                stays.set(true);
            }
        }
    });
    move || {
        (is_asked() || stays.get()).then(|| {
            view! {
                <label class="check">
                    <input type="checkbox" name="blanks" value="yes"/>
                    {t(words::order::BLANKS_MEANT)}
                </label>
            }
        })
    }
}

/// 补录: folded away, since it is rare.
#[component]
fn HappenedBefore() -> impl IntoView {
    let open = expect_context::<FormState>().was_typed(Field::HappenedAt);
    view! {
        <details class="aside" open=open>
            <summary>{t(words::order::HAPPENED_BEFORE)}</summary>
            <TextField
                field=Field::HappenedAt
                label=t(words::order::field(Field::HappenedAt))
                hint=t(words::order::HAPPENED_AT_HINT)
                kind="datetime-local"
            />
        </details>
    }
}

/// Three rows; more are added once the order is dispatched.
#[component]
fn CoHandlerRows() -> impl IntoView {
    let state = expect_context::<FormState>();
    let Bodies(bodies) = use_context().unwrap_or_default();
    let rows = (1..=3)
        .map(|row| {
            let (body, task) = (format!("co_handler_{row}"), format!("task_{row}"));
            let chosen = state.value(&body, String::new());
            let typed = state.value(&task, String::new());
            let options = bodies
                .iter()
                .cloned()
                .map(|body| {
                    let selected = body.value == chosen;
                    view! { <option value=body.value selected=selected>{body.label}</option> }
                })
                .collect_view();
            let (body_id, task_id) = (state.field_id(&body), state.field_id(&task));
            view! {
                <div class="field co-row">
                    <label for=body_id.clone()>{t(words::order::CO_HANDLER)} " " {row}</label>
                    <select id=body_id name=body>
                        <option value="">"—"</option>
                        {options}
                    </select>
                    <label for=task_id.clone()>{t(words::order::TASK)} " " {row}</label>
                    <input id=task_id name=task value=typed maxlength="500"/>
                </div>
            }
        })
        .collect_view();
    let fault = expect_context::<FormState>();
    let open = (1..=3).any(|row| {
        let typed = fault.value(&format!("co_handler_{row}"), String::new());
        !typed.is_empty()
    });
    view! {
        <details class="aside" open=open id=state.field_id(Field::CoHandlers.code())>
            <summary>{t(words::order::CO_HANDLERS_OPTIONAL)}</summary>
            {move || fault.fault(Field::CoHandlers).map(|said| view! { <p class="fault">{said}</p> })}
            {rows}
        </details>
    }
}
