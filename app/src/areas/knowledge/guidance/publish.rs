use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use words::knowledge as know;

use crate::areas::knowledge::guidance::{GuidanceForm, PublishGuidance, load_guidance_form};
use crate::components::act::Act;
use crate::components::fields::{Choice, SelectField, TextArea, TextField, bodies};
use crate::components::form::{FormState, StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::{name, t};

/// Makes an answer for all of one that was given to one.
#[component]
pub fn PublishPage() -> impl IntoView {
    let query = use_query_map();
    let number = move || query.read().get("number").unwrap_or_default();
    let form = Resource::new(number, load_guidance_form);
    view! {
        <Title text=t(know::PUBLISH)/>
        <section class="page narrow">
            <h1>{t(know::PUBLISH)}</h1>
            <p class="lead">{t(know::PUBLISH_LEAD)}</p>
            <Loaded resource=form view=|form| view! { <Publish form/> }/>
        </section>
    }
}

#[component]
fn Publish(form: GuidanceForm) -> impl IntoView {
    let action = Act::of::<PublishGuidance>();
    let categories = form
        .categories
        .iter()
        .map(|category| Choice::new(category.code.clone(), name(&category.name)))
        .collect();
    view! {
        <StepForm action hidden=vec![("number", form.number)]>
            <TextField field=Field::Title label=t(know::QUESTION) value=form.title/>
            <SelectField
                field=Field::Category
                label=t(words::order::CATEGORY)
                choices=categories
                value=form.category
            />
            <SelectField
                field=Field::Department
                label=t(words::order::BODY)
                choices=bodies(form.departments)
                value=form.department
            />
            <TextArea
                field=Field::ReplyText
                label=t(know::ANSWER)
                max=5000
                rows=10
                value=form.text
            />
            <TextArea
                field=Field::ReplyBasis
                label=t(words::order::PAUSE_BASIS)
                max=500
                rows=2
                value=form.basis
            />
            <Cleared/>
            <Submit label=t(know::PUBLISH)/>
        </StepForm>
    }
}

/// Whoever publishes says that nothing private is left.
#[component]
fn Cleared() -> impl IntoView {
    let state = expect_context::<FormState>();
    let id = state.field_id(Field::Cleared.code());
    let checked = state.was_sent(Field::Cleared.code());
    view! {
        <div class="field">
            {move || state.fault(Field::Cleared).map(|said| view! { <p class="fault">{said}</p> })}
            <label class="check">
                <input
                    type="checkbox"
                    id=id
                    name=Field::Cleared.code()
                    value="yes"
                    checked=checked
                />
                {t(know::CLEARED)}
            </label>
        </div>
    }
}
