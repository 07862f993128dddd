use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::areas::book::rules::{ApplyRules, RulesPreview, load_rules_preview};
use crate::components::act::Act;
use crate::components::deadline::Moment;
use crate::components::fields::TextField;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::moved::MovedTable;
use crate::components::table::Table;
use crate::frame::t;

/// What the new version changes, before it does.
#[component]
pub fn RulesPreviewPage() -> impl IntoView {
    let query = use_query_map();
    let draft = move || query.read().get("draft").unwrap_or_default();
    let preview = Resource::new(draft, load_rules_preview);
    view! {
        <Title text=t(words::rules::PREVIEW_TITLE)/>
        <section class="page">
            <h1>{t(words::rules::PREVIEW_TITLE)}</h1>
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
fn Preview(preview: RulesPreview, draft: String) -> impl IntoView {
    let action = Act::of::<ApplyRules>();
    let again = format!("/rules/edit?draft={draft}");
    let nothing = preview.changes.is_empty();
    let asks_why = preview.open_orders && preview.moved.overdue > 0 && preview.note.is_empty();
    let changes = preview
        .changes
        .into_iter()
        .map(|(name, before, after)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{before}</td>
                    <td>{after}</td>
                </tr>
            }
        })
        .collect_view();
    let effect = if preview.open_orders {
        words::rules::TAKE_OVER_EFFECT
    } else {
        words::rules::KEEP_EFFECT
    };
    view! {
        <dl class="facts">
            <dt>{t(words::rules::VERSION)}</dt>
            <dd>{preview.version}</dd>
            <dt>{t(words::rules::FROM)}</dt>
            <dd>
                <Moment at=preview.from/>
            </dd>
            <dt>{t(words::rules::NOTE)}</dt>
            <dd>{preview.note}</dd>
        </dl>
        <h2>{t(words::rules::CHANGES)}</h2>
        <Table none=nothing.then_some(words::rules::NO_CHANGES) plain=true heads=vec![
                    words::rules::RULE, words::rules::BEFORE, words::rules::AFTER
                ]>{changes}</Table>
        <h2>{t(words::rules::OPEN_ORDERS)}</h2>
        <p>{t(effect)}</p>
        {preview.open_orders.then(|| view! { <MovedTable moved=preview.moved/> })}
        <StepForm action hidden=vec![("draft", draft)]>
            {asks_why
                .then(|| {
                    view! {
                        <TextField
                            field=Field::Reason
                            label=t(words::rules::WHY_LATE)
                            hint=t(words::rules::WHY_LATE_HINT)
                        />
                    }
                })}
            <Submit label=t(words::rules::APPLY)/>
        </StepForm>
        <p>
            <A href=again>{t(words::rules::AGAIN)}</A>
        </p>
    }
}
