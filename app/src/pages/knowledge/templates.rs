pub mod edit;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::api::asks;
use crate::components::confirm::{Confirm, JustDone};
use crate::components::loaded::Loaded;
use crate::frame::t;
use crate::sheets::TemplateSheet;
use crate::words::knowledge as know;

/// How one's own body begins its replies.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let templates = Resource::new(|| (), |()| asks::templates());
    view! {
        <Title text=t(know::TEMPLATES)/>
        <section class="page narrow">
            <div class="page-head">
                <h1>{t(know::TEMPLATES)}</h1>
                <A href="/templates/new" attr:class="button primary">
                    {t(know::NEW_TEMPLATE)}
                </A>
            </div>
            <JustDone/>
            <p class="lead">{t(know::TEMPLATES_LEAD)}</p>
            <Loaded resource=templates view=|templates| view! { <List templates/> }/>
        </section>
    }
}

#[component]
fn List(templates: Vec<TemplateSheet>) -> impl IntoView {
    if templates.is_empty() {
        return view! { <p class="empty">{t(know::NO_TEMPLATES)}</p> }.into_any();
    }
    templates
        .into_iter()
        .map(|template| {
            let edit = format!("/templates/{}", template.id);
            let title = template.title.clone();
            view! {
                <section class="panel">
                    <h2>{template.title}</h2>
                    <p class="said">{template.text}</p>
                    <div class="row-actions">
                        <A href=edit>{t(know::EDIT_TEMPLATE)}</A>
                        <Confirm
                            act="/act/remove_template"
                            page="/templates"
                            what=("id", template.id.to_string())
                            label=know::REMOVE
                            of=title
                            consequence=know::REMOVE_TEMPLATE_THEN
                        />
                    </div>
                </section>
            }
        })
        .collect_view()
        .into_any()
}
