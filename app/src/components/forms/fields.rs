use domain::{Field, Named};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::components::form::FormState;
use crate::frame::{lang, name, t};

/// A value that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }

    pub fn hinted(self, hint: impl Into<String>) -> Self {
        let hint = hint.into();
        Self { hint, ..self }
    }
}

/// Every body to choose from, by its name in the reader's language.
pub fn bodies(named: impl IntoIterator<Item = (String, Named)>) -> Vec<Choice> {
    let named = named.into_iter();
    named
        .map(|(code, named)| Choice::new(code, name(&named)))
        .collect()
}

/// A line to type into.
#[component]
pub fn TextField(
    field: Field,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: &'static str,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let id = state.field_id(field.code());
    let described = format!("{id}-help");
    let value = state.value(field.code(), value);
    let wrong = wrong(&state, field);
    view! {
        <div class="field" class:wrong=wrong>
            <label for=id.clone()>{label}</label>
            <Help state=state.clone() field hint id=described.clone()/>
            <input
                id=id
                name=field.code()
                type=kind
                value=value
                autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=move || wrong().then_some("true")
            />
        </div>
    }
}

/// Several lines, with a counter of characters.
#[component]
pub fn TextArea(
    field: Field,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: String,
    max: usize,
    #[prop(default = 5)] rows: u8,
    #[prop(into, optional)] value: String,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let id = state.field_id(field.code());
    let described = format!("{id}-help");
    let value = state.value(field.code(), value);
    let (count, set_count) = signal(characters(&value));
    let wrong = wrong(&state, field);
    let area = NodeRef::<leptos::html::Textarea>::new();
    // What was typed before the program was there is counted too.
    Effect::new(move |_| {
        if let Some(area) = area.get() {
            set_count.set(characters(&area.value()));
        }
    });
    view! {
        <div class="field" class:wrong=wrong>
            <label for=id.clone()>{label}</label>
            <Help state=state.clone() field hint id=described.clone()/>
            <textarea
                node_ref=area
                id=id
                name=field.code()
                rows=rows.to_string()
                aria-describedby=described
                aria-invalid=move || wrong().then_some("true")
                on:input=move |event| set_count.set(characters(&event_target_value(&event)))
                // Leptos writes the children of a textarea as they are.
                inner_html=escaped(&value)
            ></textarea>
            <p class="counter" class:over=move || { count.get() > max }>
                {move || format!("{} / {max} {}", count.get(), t(words::order::CHARACTERS))}
            </p>
        </div>
    }
}

/// As text that no markup comes out of.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Counted as the rules count: trimmed, a line end as one.
fn characters(text: &str) -> usize {
    domain::text::tidied(text).trim().chars().count()
}

/// One of many, in a list that folds out.
#[component]
pub fn SelectField(
    field: Field,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(into, optional)] value: String,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let id = state.field_id(field.code());
    let described = format!("{id}-help");
    let value = state.value(field.code(), value);
    let wrong = wrong(&state, field);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == value;
            view! {
                <option value=choice.value selected=selected>
                    {choice.label}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field" class:wrong=wrong>
            <label for=id.clone()>{label}</label>
            <Help state=state.clone() field hint=String::new() id=described.clone()/>
            <select
                id=id
                name=field.code()
                aria-describedby=described
                aria-invalid=move || wrong().then_some("true")
            >
                <option value="">{t(words::order::CHOOSE)}</option>
                {options}
            </select>
        </div>
    }
}

/// A number with its unit, named as a row; what is wrong is said beside it.
#[component]
pub fn NumberField(
    name: String,
    label: String,
    unit: &'static str,
    hint: String,
    value: u16,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let id = state.field_id(&name);
    let described = format!("{id}-help");
    let typed = state.value(&name, value.to_string());
    let fault = {
        let (state, name) = (state.clone(), name.clone());
        move || Some(state.fault_of(&name)?.sentence)
    };
    view! {
        <div class="field number">
            <label for=id.clone()>{label}</label>
            <div id=described.clone()>
                {move || fault().map(|fault| view! { <p class="fault">{fault}</p> })}
            </div>
            <input
                id=id
                name=name
                type="text"
                inputmode="numeric"
                value=typed
                aria-describedby=described
            />
            " "
            <span>{unit}</span>
            " "
            <span class="hint">{hint}</span>
        </div>
    }
}

/// One of a few, all in view as tiles.
#[component]
pub fn Choices(
    field: Field,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(into, optional)] value: String,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let id = state.field_id(field.code());
    let described = format!("{id}-help");
    let value = state.value(field.code(), value);
    let wrong = wrong(&state, field);
    // A link to the group lands on its first choice.
    let tiles = choices
        .into_iter()
        .enumerate()
        .map(|(position, choice)| {
            let tile = if position == 0 {
                id.clone()
            } else {
                format!("{id}-{}", choice.value)
            };
            let checked = choice.value == value;
            view! {
                <div class="tile">
                    <input
                        type="radio"
                        id=tile.clone()
                        name=field.code()
                        value=choice.value
                        checked=checked
                    />
                    <label for=tile>
                        <span class="tile-label">{choice.label}</span>
                        {(!choice.hint.is_empty())
                            .then(|| view! { <span class="hint">{choice.hint}</span> })}
                    </label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" class:wrong=wrong aria-describedby=described.clone()>
            <legend>{legend}</legend>
            <Help state=state.clone() field hint=String::new() id=described.clone()/>
            <div class="tiles">{tiles}</div>
        </fieldset>
    }
}

/// Any of many, in a box that folds out: each ticked one is sent as `name[]`.
#[component]
pub fn Checks(
    field: Field,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional)] values: Vec<String>,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let id = state.field_id(field.code());
    let described = format!("{id}-help");
    let name = format!("{}[]", field.code());
    let chosen = state.values(&name).unwrap_or(values);
    let wrong = wrong(&state, field);
    let (count, set_count) = signal(chosen.len());
    let boxes = choices
        .into_iter()
        .enumerate()
        .map(|(position, choice)| {
            let checked = chosen.contains(&choice.value);
            let tile = if position == 0 {
                id.clone()
            } else {
                format!("{id}-{}", choice.value)
            };
            view! {
                <label class="check" for=tile.clone()>
                    <input
                        type="checkbox"
                        id=tile.clone()
                        name=name.clone()
                        value=choice.value
                        checked=checked
                        on:change=move |event| {
                            let step = if event_target_checked(&event) { 1 } else { -1 };
                            set_count.update(|count| *count = count.saturating_add_signed(step));
                        }
                    />
                    {choice.label}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" class:wrong=wrong aria-describedby=described.clone()>
            <legend>{legend}</legend>
            <Help state=state.clone() field hint=String::new() id=described.clone()/>
            <details class="checks">
                <summary>{move || words::express::chosen(lang(), count.get())}</summary>
                <div class="checks-box">{boxes}</div>
            </details>
        </fieldset>
    }
}

/// The hint and, where there is one, the fault of a field.
#[component]
fn Help(state: FormState, field: Field, hint: String, id: String) -> impl IntoView {
    view! {
        <div id=id>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            {move || state.fault(field).map(|fault| view! { <p class="fault">{fault}</p> })}
        </div>
    }
}

fn wrong(state: &FormState, field: Field) -> impl Fn() -> bool + Copy + Send + Sync + use<> {
    let state = StoredValue::new(state.clone());
    move || state.with_value(|state| state.fault_of(field.code()).is_some())
}
