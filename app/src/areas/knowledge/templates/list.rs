use leptos::prelude::*;
use words::knowledge as know;

use crate::areas::knowledge::templates::server;
use crate::frame::t;
use crate::page::Page;
use crate::page::laid::Address;
use crate::page::laid::confirm::{Confirm, JustDone};
use crate::serve::Problem;
use crate::sheets::TemplateSheet;

/// How one's own body begins its replies.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let templates = server::list().await?;
    Page::laid(
        t(know::TEMPLATES),
        view! {
            <section class="page narrow">
                <div class="page-head">
                    <h1>{t(know::TEMPLATES)}</h1>
                    <a href="/templates/new" class="button primary">
                        {t(know::NEW_TEMPLATE)}
                    </a>
                </div>
                <JustDone done=address.get("done")/>
                <p class="lead">{t(know::TEMPLATES_LEAD)}</p>
                <List templates/>
            </section>
        },
    )
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
                        <a href=edit>{t(know::EDIT_TEMPLATE)}</a>
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
