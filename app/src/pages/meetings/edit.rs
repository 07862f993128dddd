use domain::Field;
use domain::meeting::MeetingKind;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::api::asks;
use crate::api::meetings::CallMeeting;
use crate::components::act::Act;
use crate::components::fields::{
    Checks, Choice, Choices, SelectField, TextArea, TextField, bodies,
};
use crate::components::firms::FirmsWhileTyping;
use crate::components::form::{FormState, StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::unsent::UnsentForms;
use crate::frame::t;
use crate::sheets::MeetingForm;
use crate::words::express as words_of;

/// Calls a meeting, or changes the plan of the one that the address names.
#[component]
pub fn MeetingEditPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let form = Resource::new(number, asks::meeting_form);
    view! { <Loaded resource=form view=|form| view! { <Edit form/> }/> }
}

#[component]
fn Edit(form: MeetingForm) -> impl IntoView {
    provide_context(UnsentForms(form.unsent.clone()));
    let title = if form.number.is_empty() {
        words_of::MEETING_NEW
    } else {
        words_of::MEETING_EDIT
    };
    let body = if form.number.is_empty() {
        let action = Act::of::<CallMeeting>();
        view! {
            <StepForm action>
                <Fields form/>
            </StepForm>
        }
        .into_any()
    } else {
        let action = Act::new("/act/change_meeting");
        let hidden = vec![
            ("number", form.number.clone()),
            ("version", form.version.to_string()),
        ];
        view! {
            <p class="hint">{t(words_of::MEETING_EDIT_HINT)}</p>
            <StepForm action hidden>
                <Fields form/>
            </StepForm>
        }
        .into_any()
    };
    view! {
        <Title text=t(title)/>
        <section class="page narrow">
            <h1>{t(title)}</h1>
            {body}
        </section>
    }
}

#[component]
fn Fields(form: MeetingForm) -> impl IntoView {
    let draft = form.draft;
    let kinds = MeetingKind::ALL
        .map(|kind| Choice::new(kind.code(), t(words_of::kind(kind))))
        .to_vec();
    let chairs = form
        .chairs
        .into_iter()
        .map(|(id, name)| Choice::new(id, name))
        .collect();
    let ticked = expect_context::<FormState>().was_sent("day_off");
    view! {
        <Choices
            field=Field::MeetingKind
            legend=t(words_of::KIND)
            choices=kinds
            value=draft.kind
        />
        <TextField field=Field::Title label=t(words_of::TITLE) value=draft.title/>
        <TextField
            field=Field::StartsAt
            label=t(words_of::STARTS_AT)
            kind="datetime-local"
            value=draft.starts_at
        />
        <label class="check">
            <input type="checkbox" name="day_off" value="yes" checked=ticked/>
            {t(words_of::DAY_OFF_BOX)}
        </label>
        <TextField field=Field::Minutes label=t(words_of::MINUTES) value=draft.minutes/>
        <TextField field=Field::Place label=t(words_of::PLACE) value=draft.place/>
        <SelectField
            field=Field::Chair
            label=t(words_of::CHAIR)
            choices=chairs
            value=draft.chair
        />
        <Checks
            field=Field::Bodies
            legend=t(words_of::BODIES)
            choices=bodies(form.bodies)
            values=draft.bodies
        />
        <FirmsWhileTyping>
            <TextArea
                field=Field::Enterprises
                label=t(words_of::ENTERPRISES)
                hint=t(words_of::ENTERPRISES_HINT)
                max=3000
                rows=4
                value=draft.enterprises
            />
        </FirmsWhileTyping>
        <Submit label=t(words_of::SAVE_MEETING)/>
    }
}
