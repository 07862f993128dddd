use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use super::Days;
use crate::api::administration::ApplyCalendar;
use crate::api::asks;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::moved::MovedTable;
use crate::frame::{lang, t};
use crate::sheets::CalendarPreview;
use crate::words;

/// What the notice would do, before it does.
#[component]
pub fn CalendarPreviewPage() -> impl IntoView {
    let query = use_query_map();
    let draft = move || query.read().get("draft").unwrap_or_default();
    let preview = Resource::new(draft, asks::calendar_preview);
    view! {
        <Title text=t(words::calendar::PREVIEW_TITLE)/>
        <section class="page">
            <h1>{t(words::calendar::PREVIEW_TITLE)}</h1>
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
fn Preview(preview: CalendarPreview, draft: String) -> impl IntoView {
    let action = ServerAction::<ApplyCalendar>::new();
    let orders = preview.moved.orders;
    view! {
        <dl class="facts">
            <dt>{t(words::calendar::YEAR)}</dt>
            <dd>{preview.year}</dd>
            <dt>{t(words::calendar::WORKING_DAYS)}</dt>
            <dd>{preview.working_days_before} " → " {preview.working_days}</dd>
            <dt>{t(words::calendar::NAMED_DAYS)}</dt>
            <dd>{preview.days.len()}</dd>
            <dt>{t(words::calendar::MOVED)}</dt>
            <dd>{preview.moved.moved.len()}</dd>
        </dl>
        {preview
            .replaces
            .map(|before| {
                view! {
                    <p class="notice warning">
                        {words::calendar::replaced(lang(), before, preview.days.len())}
                    </p>
                }
            })}
        <StepForm action hidden=vec![("draft", draft)]>
            <Submit
                label=t(words::calendar::CONFIRM)
                consequence=words::calendar::will(lang(), orders)
            />
        </StepForm>
        <p>
            <A href="/calendar">{t(words::calendar::AGAIN)}</A>
        </p>
        <h2>{t(words::calendar::MOVED)}</h2>
        <MovedTable moved=preview.moved/>
        <h2>{t(words::calendar::IMPORT)}</h2>
        <Days days=preview.days/>
    }
}
