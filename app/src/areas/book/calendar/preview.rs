use domain::time::notice::Doubt;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::areas::book::calendar::{ApplyCalendar, CalendarPreview, Days, load_calendar_preview};
use crate::components::act::Act;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::moved::MovedTable;
use crate::frame::{lang, t};

/// What the notice would do, before it does.
#[component]
pub fn CalendarPreviewPage() -> impl IntoView {
    let query = use_query_map();
    let draft = move || query.read().get("draft").unwrap_or_default();
    let whole = move || query.read().get("whole").as_deref() == Some("yes");
    let preview = Resource::new(
        move || (draft(), whole()),
        |(draft, whole)| load_calendar_preview(draft, whole),
    );
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
    let action = Act::of::<ApplyCalendar>();
    let orders = preview.moved.orders;
    let whole = if preview.whole { "yes" } else { "" };
    let again = format!("/calendar?draft={draft}");
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
            .known
            .filter(|_| preview.whole)
            .map(|before| {
                view! {
                    <p class="notice warning">
                        {words::calendar::replaced(lang(), before, preview.days.len())}
                    </p>
                }
            })}
        <Doubts
            doubts=preview.doubts
            year=preview.year
            whole=preview.whole
            draft=draft.clone()
        />
        <StepForm action hidden=vec![("draft", draft), ("whole", whole.to_owned())]>
            <Submit
                label=t(words::calendar::CONFIRM)
                consequence=words::calendar::will(lang(), orders)
            />
        </StepForm>
        <p>
            <A href=again>{t(words::calendar::AGAIN)}</A>
        </p>
        <h2>{t(words::calendar::MOVED)}</h2>
        <MovedTable moved=preview.moved/>
        <h2>{t(words::calendar::IMPORT)}</h2>
        <Days days=preview.days/>
    }
}

/// Why it does not look like a whole notice, what it is taken for, and the way to the
/// other.
#[component]
fn Doubts(doubts: Vec<Doubt>, year: i32, whole: bool, draft: String) -> impl IntoView {
    if doubts.is_empty() {
        return None;
    }
    let sentences = doubts
        .iter()
        .map(|doubt| view! { <li>{words::calendar::doubt(lang(), doubt)}</li> })
        .collect_view();
    let (other, label) = if whole {
        ("", words::calendar::AS_A_SUPPLEMENT)
    } else {
        ("&whole=yes", words::calendar::AS_A_WHOLE)
    };
    let address = format!("/calendar/preview?draft={draft}{other}");
    Some(view! {
        <div class="notice warning" role="alert">
            <p>{words::calendar::doubtful(lang(), year, whole)}</p>
            <ul>{sentences}</ul>
            <p>
                <A href=address>{t(label)}</A>
            </p>
        </div>
    })
}
