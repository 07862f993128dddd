pub mod server;

use leptos::prelude::*;
use words::task as words_of;

use crate::frame::t;
use crate::page::laid::deadline::IfNobodyActs;
use crate::page::laid::task::TaskItem;
use crate::page::laid::timeline::Timeline;
use crate::page::laid::watch::Watch;
use crate::page::{Page, PagePart};
use crate::serve::Problem;
use crate::sheets::form::FormSheet;
use crate::sheets::{AheadLine, Laid, TaskSheet, Unsent, Waiting};

/// A task that is a case by itself: what is to be done until when, by whom, and how it stands.
pub async fn page(number: &str) -> Result<Page, Problem> {
    let sheet = server::sheet(number).await?;
    let TaskCaseSheet {
        task,
        turn,
        forms,
        history,
        ahead,
        watched,
        unsent,
        waiting,
    } = sheet;
    let title = task.title.clone();
    let head = PagePart::laid(view! { <Head task=task.clone() turn watched/> })?;
    let body = PagePart::laid(view! {
        <section class="panel">
            <TaskItem task/>
        </section>
        <section class="panel unprinted">
            <h2>{t(words_of::COURSE)}</h2>
            <Timeline lines=history/>
        </section>
    })?;
    let mut rail = PagePart::steps(forms, ())?;
    rail.push(PagePart::laid(view! { <IfNobodyActs ahead/> })?);
    let columns = vec![
        PagePart::group("order-body", vec![body]),
        PagePart::group("order-rail", rail),
    ];
    Ok(Page {
        title,
        class: "page order".to_owned(),
        parts: vec![head, PagePart::group("order-columns", columns)],
        unsent,
        waiting,
        begins_anew: true,
        ..Page::default()
    })
}

/// A task that is a case by itself, with everything its page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
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
fn Head(task: TaskSheet, turn: String, watched: Option<bool>) -> impl IntoView {
    let number = task.number.clone();
    view! {
        <div class="order-head">
            <p class="order-state">
                <span class="number">{number.clone()}</span>
                <span class="tag stage">{t(words_of::state(task.state))}</span>
            </p>
            <h1>{task.title}</h1>
            <p class="turn">
                <strong>{turn}</strong>
            </p>
            <p class="next unprinted">
                <a href=format!("{}/receipt", task.page)>{t(words::receipt::TITLE)}</a>
            </p>
            {watched.map(|watched| view! { <Watch kind="task" number watched/> })}
        </div>
    }
}
