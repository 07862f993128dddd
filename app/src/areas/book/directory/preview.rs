use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use words::directory as words;

use crate::areas::book::directory::{ApplyDirectory, DirectoryPreview, load_directory_preview};
use crate::components::act::Act;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::t;

/// What a list would change, before it does.
#[component]
pub fn DirectoryPreviewPage() -> impl IntoView {
    let query = use_query_map();
    let draft = move || query.read().get("draft").unwrap_or_default();
    let preview = Resource::new(draft, load_directory_preview);
    view! {
        <Title text=t(words::PREVIEW_TITLE)/>
        <section class="page narrow">
            <h1>{t(words::PREVIEW_TITLE)}</h1>
            <Loaded
                resource=preview
                view=move |preview| {
                    let draft = query.read_untracked().get("draft").unwrap_or_default();
                    view! { <Preview preview draft/> }
                }
            />
        </section>
    }
}

#[component]
fn Preview(preview: DirectoryPreview, draft: String) -> impl IntoView {
    let action = Act::of::<ApplyDirectory>();
    let of = if preview.categories {
        "categories"
    } else {
        "bodies"
    };
    let again = format!("/directory?of={of}&draft={draft}");
    let changes = if preview.changes.is_empty() {
        view! { <p class="empty">{t(words::NO_CHANGES)}</p> }.into_any()
    } else {
        let changes = preview.changes.into_iter();
        let changes = changes.map(|change| view! { <li>{change}</li> });
        view! {
            <h2>{t(words::CHANGES)}</h2>
            <ul>{changes.collect_view()}</ul>
            <StepForm action hidden=vec![("draft", draft)]>
                <Submit label=t(words::CONFIRM) consequence=t(words::WILL)/>
            </StepForm>
        }
        .into_any()
    };
    view! {
        {changes}
        <p>
            <A href=again>{t(words::AGAIN)}</A>
        </p>
    }
}
