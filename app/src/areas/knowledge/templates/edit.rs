use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use words::knowledge as know;

use crate::areas::knowledge::templates::{SaveTemplate, load_template};
use crate::components::act::Act;
use crate::components::fields::{TextArea, TextField};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::t;
use crate::sheets::TemplateSheet;

/// Writes a template, or changes the one that the address names.
#[component]
pub fn TemplateEditPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.read().get("id").unwrap_or_default();
    let template = Resource::new(id, load_template);
    view! {
        <Loaded resource=template view=|template| view! { <Template template/> }/>
    }
}

#[component]
fn Template(template: TemplateSheet) -> impl IntoView {
    let action = Act::of::<SaveTemplate>();
    let title = if template.id == 0 {
        know::NEW_TEMPLATE
    } else {
        know::EDIT_TEMPLATE
    };
    view! {
        <Title text=t(title)/>
        <section class="page narrow">
            <h1>{t(title)}</h1>
            <StepForm action hidden=vec![("id", template.id.to_string())]>
                <TextField
                    field=Field::TemplateTitle
                    label=t(words::order::field(Field::TemplateTitle))
                    value=template.title
                />
                <TextArea
                    field=Field::ReplyText
                    label=t(know::TEMPLATE_TEXT)
                    hint=t(know::TEMPLATE_HINT)
                    max=5000
                    rows=10
                    value=template.text
                />
                <Submit label=t(know::SAVE)/>
            </StepForm>
        </section>
    }
}
