#[cfg(feature = "ssr")]
pub mod server;

use domain::order::{Complexity, StepName};
use domain::{Field, Named};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};
use words::knowledge as know;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::fields::{Choice, Choices, SelectField, TextArea, TextField, bodies};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::rows::Rows;
use crate::components::step_form::when_done;
use crate::frame::{frame, lang, t};
use crate::problem::ProblemDetails;
use crate::sheets::Laid;

/// What was chosen in a list, and what can be done with all of it.
#[component]
pub fn ManyPage() -> impl IntoView {
    let params = use_params_map();
    let numbers = move || params.read().get("numbers").unwrap_or_default();
    let query = use_query_map();
    let many = Resource::new(numbers, load_many);
    view! {
        <Title text=t(know::MANY)/>
        <section class="page">
            <h1>{t(know::MANY)}</h1>
            {move || {
                let done = query.read().get("done").and_then(|code| StepName::parse(&code));
                done.map(|step| view! { <Done step/> })
            }}
            <Loaded
                resource=many
                view=move |chosen| view! { <Chosen many=chosen reload=move || many.refetch()/> }
            />
        </section>
    }
}

/// Several orders that were chosen in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Many {
    pub rows: Laid,
    /// (number, title).
    pub orders: Vec<(String, String)>,
    /// The numbers, as the address has them.
    pub numbers: String,
    /// How many of the chosen there are not, or not to be seen.
    pub missing: usize,
    pub can_dispatch: bool,
    pub can_urge: bool,
    pub can_merge: bool,
    pub can_take: bool,
    pub can_note: bool,
    pub can_message: bool,
    pub can_extend: bool,
    /// What urging all of them does, and joining them.
    pub urge_consequence: String,
    pub merge_consequence: String,
    /// (code, name).
    pub departments: Vec<(String, Named)>,
}

#[component]
fn Done(step: StepName) -> impl IntoView {
    view! {
        <p class="notice" role="status">
            {words::order::done(lang(), step, true)}
        </p>
    }
}

#[component]
fn Chosen(many: Many, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    if many.rows.is_empty() {
        return view! {
            <div class="empty">
                <p>{t(know::MANY_EMPTY)}</p>
                <p>
                    <a href="/orders">{t(words::order::LIST)}</a>
                </p>
            </div>
        }
        .into_any();
    }
    // After a step that did some and not others the forms stay, with what is wrong in them,
    // and the table shows how each order stands now.
    let rows = RwSignal::new(many.rows.clone());
    let numbers = many.numbers.clone();
    provide_context(Refresh(Callback::new(move |()| {
        let numbers = numbers.clone();
        spawn_local(async move {
            if let Ok(many) = load_many(numbers).await {
                rows.try_set(many.rows);
            }
        });
    })));
    let said = know::chosen(lang(), many.rows.items, many.missing);
    let export = |kind: &str| format!("/orders/export/{kind}?numbers={}", many.numbers);
    let (xlsx, csv) = (export("xlsx"), export("csv"));
    view! {
        <p class="list-total quiet">
            {said} " · " {t(words::order::EXPORT)} " "
            <a href=xlsx rel="external" download="">
                "Excel"
            </a> " "
            <a href=csv rel="external" download="">
                "CSV"
            </a>
        </p>
        {move || view! { <Rows rows=rows.get()/> }}
        <div class="page-narrow">
            {many.can_take.then(|| view! { <Take many=many.clone() reload/> })}
            {many.can_dispatch.then(|| view! { <Dispatch many=many.clone() reload/> })}
            {many.can_urge.then(|| view! { <Urge many=many.clone() reload/> })}
            {many.can_merge.then(|| view! { <Merge many=many.clone() reload/> })}
            {many.can_extend.then(|| view! { <Extend many=many.clone() reload/> })}
            {many.can_message.then(|| view! { <Message many=many.clone() reload/> })}
            {many.can_note.then(|| view! { <Note many=many.clone() reload/> })}
        </div>
    }
    .into_any()
}

/// Asks anew how the chosen orders stand.
#[derive(Clone, Copy)]
struct Refresh(Callback<()>);

fn when_refused(value: ReadSignal<Option<Result<(), ProblemDetails>>>) {
    let refresh = use_context::<Refresh>();
    Effect::new(move |_| {
        if let (Some(Err(_)), Some(Refresh(refresh))) = (value.get(), refresh) {
            refresh.run(());
        }
    });
}

/// A form that was refused is not folded away with its reasons.
fn is_refused(act: &str) -> bool {
    frame().kept.is_some_and(|kept| kept.act == act)
}

fn chosen(many: &Many) -> Vec<(&'static str, String)> {
    vec![(Field::Orders.code(), many.numbers.clone())]
}

#[component]
fn Dispatch(many: Many, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let action = Act::of::<DispatchMany>();
    when_done(action, reload);
    when_refused(action.value());
    let kinds = Complexity::ALL
        .map(|kind| Choice::new(kind.code(), t(words::order::complexity(kind))))
        .to_vec();
    view! {
        <details class="step panel" open=is_refused("/act/dispatch_many")>
            <summary>{t(words::order::step(StepName::Dispatch))}</summary>
            <StepForm action hidden=chosen(&many)>
                <SelectField
                    field=Field::Department
                    label=t(words::order::DISPATCH_TO)
                    choices=bodies(many.departments)
                />
                <Choices
                    field=Field::Complexity
                    legend=t(words::order::COMPLEXITY)
                    choices=kinds
                    value="ordinary"
                />
                <Submit label=t(words::order::step(StepName::Dispatch))/>
            </StepForm>
        </details>
    }
}

#[component]
fn Take(many: Many, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let action = Act::of::<TakeMany>();
    when_done(action, reload);
    when_refused(action.value());
    view! {
        <section class="step panel">
            <StepForm action hidden=chosen(&many)>
                <Submit label=t(know::TAKE_ALL)/>
            </StepForm>
        </section>
    }
}

#[component]
fn Extend(many: Many, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let action = Act::of::<ExtendMany>();
    when_done(action, reload);
    when_refused(action.value());
    view! {
        <details class="step panel" open=is_refused("/act/extend_many")>
            <summary>{t(words::order::step(StepName::Extend))}</summary>
            <StepForm action hidden=chosen(&many)>
                <TextField
                    field=Field::Days
                    label=t(words::order::EXTENSION_DAYS)
                    kind="number"
                />
                <TextArea
                    field=Field::Reason
                    label=t(words::order::EXTENSION_REASON)
                    max=500
                    rows=3
                />
                <Submit label=t(words::order::step(StepName::Extend))/>
            </StepForm>
        </details>
    }
}

#[component]
fn Message(many: Many, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let action = Act::of::<MessageMany>();
    when_done(action, reload);
    when_refused(action.value());
    view! {
        <details class="step panel" open=is_refused("/act/message_many")>
            <summary>{t(words::order::step(StepName::Message))}</summary>
            <StepForm action hidden=chosen(&many)>
                <TextArea
                    field=Field::Message
                    label=t(words::order::step(StepName::Message))
                    max=2000
                    rows=3
                />
                <Submit label=t(words::order::step(StepName::Message))/>
            </StepForm>
        </details>
    }
}

#[component]
fn Note(many: Many, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let action = Act::of::<NoteMany>();
    when_done(action, reload);
    when_refused(action.value());
    view! {
        <details class="step panel" open=is_refused("/act/note_many")>
            <summary>{t(words::order::NOTE)}</summary>
            <StepForm action hidden=chosen(&many)>
                <TextArea
                    field=Field::Note
                    label=t(words::order::NOTE)
                    max=2000
                    rows=3
                />
                <Submit label=t(words::order::NOTE)/>
            </StepForm>
        </details>
    }
}

#[component]
fn Urge(many: Many, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let action = Act::of::<UrgeMany>();
    when_done(action, reload);
    when_refused(action.value());
    let consequence = many.urge_consequence.clone();
    view! {
        <details class="step panel" open=is_refused("/act/urge_many")>
            <summary>{t(words::order::step(StepName::Urge))}</summary>
            <StepForm action hidden=chosen(&many)>
                <TextArea field=Field::Reason label=t(know::URGE_TEXT) max=500 rows=3/>
                <Submit label=t(words::order::step(StepName::Urge)) consequence/>
            </StepForm>
        </details>
    }
}

#[component]
fn Merge(many: Many, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let action = Act::of::<MergeMany>();
    when_done(action, reload);
    when_refused(action.value());
    let likeliest = many.orders.first().map(|(number, _)| number.clone());
    let mains = many
        .orders
        .iter()
        .map(|(number, title)| Choice::new(number.clone(), format!("{number} {title}")))
        .collect();
    let consequence = many.merge_consequence.clone();
    view! {
        <details class="step panel" open=is_refused("/act/merge_many")>
            <summary>{t(know::MERGE_ALL)}</summary>
            <StepForm action hidden=chosen(&many)>
                <SelectField
                    field=Field::Other
                    label=t(know::MERGE_ALL_INTO)
                    choices=mains
                    value=likeliest.unwrap_or_default()
                />
                <TextArea
                    field=Field::Reason
                    label=t(know::MERGE_REASON)
                    hint=t(know::MERGE_REASON_HINT)
                    max=500
                    rows=3
                />
                <Submit label=t(know::MERGE_ALL) consequence/>
            </StepForm>
        </details>
    }
}

#[server(prefix = "/ask", endpoint = "many", output = Answer)]
pub async fn load_many(#[server(default)] orders: String) -> Result<Many, ProblemDetails> {
    server::many(&orders).await
}

/// `orders`: numbers with blanks, or a plus, between.
#[server(prefix = "/act", endpoint = "dispatch_many")]
pub async fn dispatch_many(
    #[server(default)] orders: String,
    #[server(default)] department: String,
    #[server(default)] complexity: String,
) -> Result<(), ProblemDetails> {
    server::dispatch(&orders, &department, &complexity).await
}

#[server(prefix = "/act", endpoint = "urge_many")]
pub async fn urge_many(
    #[server(default)] orders: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    server::urge(&orders, &reason).await
}

#[server(prefix = "/act", endpoint = "take_many")]
pub async fn take_many(#[server(default)] orders: String) -> Result<(), ProblemDetails> {
    server::take(&orders).await
}

#[server(prefix = "/act", endpoint = "note_many")]
pub async fn note_many(
    #[server(default)] orders: String,
    #[server(default)] note: String,
) -> Result<(), ProblemDetails> {
    server::note(&orders, &note).await
}

#[server(prefix = "/act", endpoint = "message_many")]
pub async fn message_many(
    #[server(default)] orders: String,
    #[server(default)] message: String,
) -> Result<(), ProblemDetails> {
    server::message(&orders, &message).await
}

#[server(prefix = "/act", endpoint = "extend_many")]
pub async fn extend_many(
    #[server(default)] orders: String,
    #[server(default)] days: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    server::extend(&orders, &days, &reason).await
}

/// Joins them to `other`, which is one of them.
#[server(prefix = "/act", endpoint = "merge_many")]
pub async fn merge_many(
    #[server(default)] orders: String,
    #[server(default)] other: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    server::merge(&orders, &other, &reason).await
}
