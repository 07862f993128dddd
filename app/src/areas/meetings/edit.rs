use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use words::express as words_of;

use crate::api::text::Answer;
use crate::components::loaded::Loaded;
use crate::components::step_form::{Bodies, SheetForm};
use crate::components::unsent::UnsentForms;
use crate::frame::t;
use crate::problem::ProblemDetails;
use crate::sheets::PlanSheet;

/// Calls a meeting, or changes the plan of the one that the address names.
#[component]
pub fn MeetingEditPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let sheet = Resource::new(number, load_meeting_form);
    view! { <Loaded resource=sheet view=|sheet| view! { <Edit sheet/> }/> }
}

#[component]
fn Edit(sheet: PlanSheet) -> impl IntoView {
    provide_context(UnsentForms(sheet.unsent));
    provide_context(Bodies(sheet.bodies));
    let title = if sheet.is_new {
        words_of::MEETING_NEW
    } else {
        words_of::MEETING_EDIT
    };
    view! {
        <Title text=t(title)/>
        <section class="page narrow">
            <h1>{t(title)}</h1>
            {(!sheet.is_new)
                .then(|| view! { <p class="hint">{t(words_of::MEETING_EDIT_HINT)}</p> })}
            <SheetForm form=sheet.form reload=|| ()/>
        </section>
    }
}

/// `number` is empty for a new one.
#[server(prefix = "/ask", endpoint = "meeting_form", output = Answer)]
pub async fn load_meeting_form(number: String) -> Result<crate::sheets::PlanSheet, ProblemDetails> {
    crate::areas::meetings::meeting::server::form(&number).await
}
