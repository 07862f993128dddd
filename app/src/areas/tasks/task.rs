#[cfg(feature = "ssr")]
pub mod server;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use crate::api::text::Answer;
use crate::components::deadline::IfNobodyActs;
use crate::components::files::{OrphanFiles, WaitingFiles};
use crate::components::kept_text::KeptText;
use crate::components::loaded::{Loaded, reload};
use crate::components::step_form::Forms;
use crate::components::task::TaskItem;
use crate::components::timeline::Timeline;
use crate::components::unsent::{Orphans, UnsentForms};
use crate::components::watch::Watch;
use crate::frame::t;
use crate::problem::ProblemDetails;
use crate::sheets::form::FormSheet;
use crate::sheets::{AheadLine, Laid, TaskSheet, Unsent, Waiting};
use crate::words;
use crate::words::task as words_of;

/// A task that is a case by itself: what is to be done until when, by whom, and how it stands.
#[component]
pub fn TaskPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let sheet = Resource::new(number, load_task);
    view! { <Loaded resource=sheet view=|loaded| view! { <Task sheet=loaded reload/> }/> }
}

/// A task that is a case by itself, with everything its page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskCaseSheet {
    pub task: TaskSheet,
    /// Whose turn it is, in words.
    pub turn: String,
    /// Each in its place.
    pub forms: Vec<Option<FormSheet>>,
    pub history: Laid,
    pub ahead: Vec<AheadLine>,
    /// Whether its reader is told of everything; `None` where they cannot be.
    pub watched: Option<bool>,
    pub unsent: Vec<Unsent>,
    pub waiting: Waiting,
}

#[component]
fn Task(sheet: TaskCaseSheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    provide_context(UnsentForms(sheet.unsent.clone()));
    provide_context(WaitingFiles(sheet.waiting.clone()));
    let number = sheet.task.number.clone();
    let page = sheet.task.page.clone();
    let forms = sheet.forms.iter().flatten();
    let forms: Vec<String> = forms.map(|form| form.act.clone()).collect();
    let can = sheet.forms.iter().any(Option::is_some);
    view! {
        <Title text=sheet.task.title.clone()/>
        <article class="page order">
            <KeptText forms=forms.clone()/>
            <OrphanFiles forms=forms.clone() page=page.clone()/>
            <Orphans forms page=page.clone()/>
            <div class="order-head">
                <p class="order-state">
                    <span class="number">{number.clone()}</span>
                    <span class="tag stage">{t(words_of::state(sheet.task.state))}</span>
                </p>
                <h1>{sheet.task.title.clone()}</h1>
                <p class="turn">
                    <strong>{sheet.turn}</strong>
                </p>
                <p class="next unprinted">
                    <A href=format!("{page}/receipt")>{t(words::receipt::TITLE)}</A>
                </p>
                {sheet
                    .watched
                    .map(|watched| view! { <Watch kind="task" number=number.clone() watched/> })}
            </div>
            <div class="order-columns">
                <div class="order-body">
                    <section class="panel">
                        <TaskItem task=sheet.task/>
                    </section>
                    <section class="panel unprinted">
                        <h2>{t(words_of::COURSE)}</h2>
                        <Timeline lines=sheet.history/>
                    </section>
                </div>
                <div class="order-rail">
                    {can
                        .then(|| {
                            view! {
                                <section class="panel steps unprinted">
                                    <h2>{t(words::order::YOU_CAN)}</h2>
                                    <Forms forms=sheet.forms reload/>
                                </section>
                            }
                        })}
                    <IfNobodyActs ahead=sheet.ahead/>
                </div>
            </div>
        </article>
    }
}

#[server(prefix = "/ask", endpoint = "task", output = Answer)]
pub async fn load_task(number: String) -> Result<TaskCaseSheet, ProblemDetails> {
    server::sheet(&number).await
}
