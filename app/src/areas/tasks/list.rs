use leptos::prelude::*;
use words::express as words_of;

use crate::areas::tasks::task;
use crate::frame::{lang, t};
use crate::page::laid::Address;
use crate::page::laid::list::{Chips, Pager};
use crate::page::laid::task::TaskItem;
use crate::page::{Page, PagePart};
use crate::serve::Problem;
use crate::sheets::{TaskQuery, TaskSheet, TasksSheet};

/// What bodies were given to do, by whomever: whose it is, and until when.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let query = TaskQuery {
        which: address.get("which"),
        skip: address.get("skip"),
    };
    let sheet = task::server::list(&query).await?;
    let head = PagePart::laid(view! {
        <h1>{t(words_of::TASKS)}</h1>
        <p class="lead">{t(words_of::TASKS_LEAD)}</p>
    })?;
    let mut parts = vec![head];
    let give = sheet.give.clone();
    parts.extend(give.map(|form| {
        let form = PagePart::Forms(vec![Some(form)]);
        PagePart::group("panel steps unprinted", vec![form])
    }));
    let bodies = sheet.bodies.clone();
    let typed = (sheet.unsent.clone(), sheet.waiting.clone());
    parts.push(PagePart::laid(view! { <List sheet/> })?);
    Ok(Page {
        title: t(words_of::TASKS).to_owned(),
        class: "page".to_owned(),
        parts,
        bodies,
        unsent: typed.0,
        waiting: typed.1,
        ..Page::default()
    })
}

#[component]
fn List(sheet: TasksSheet) -> impl IntoView {
    let chosen = if sheet.which.is_empty() {
        "open".to_owned()
    } else {
        sheet.which.clone()
    };
    let chips = [
        ("open", words_of::TASKS_OPEN),
        ("late", words_of::TASKS_LATE),
        ("reported", words_of::TASKS_REPORTED),
        ("all", words_of::TASKS_ALL),
    ]
    .map(|(which, label)| (format!("/tasks?which={which}"), label, chosen == which));
    let page = u32::from(sheet.page);
    let to = |skip: u32| format!("/tasks?which={chosen}&skip={skip}");
    let newer = (sheet.skip > 0).then(|| to(sheet.skip.saturating_sub(page)));
    let more = u64::from(sheet.skip) + (sheet.items.len() as u64) < sheet.total;
    let older = more.then(|| to(sheet.skip + page));
    let nothing = sheet.items.is_empty();
    let items = sheet.items;
    view! {
        <Chips chips=chips.to_vec()/>
        <p class="quiet">{words::cards::count(lang(), sheet.total)}</p>
        {if nothing {
            view! { <p class="empty">{t(words_of::TASKS_NONE)}</p> }.into_any()
        } else {
            view! { <TaskList tasks=items/> }.into_any()
        }}
        <Pager newer older/>
    }
}

/// Tasks of several cases, each with the case that it is of.
#[component]
pub fn TaskList(tasks: Vec<TaskSheet>) -> impl IntoView {
    let items = tasks
        .into_iter()
        .map(|task| {
            let (page, title) = (task.page.clone(), task.title.clone());
            let of = match task.enterprise.as_str() {
                "" => task.number.clone(),
                enterprise => format!("{} · {enterprise}", task.number),
            };
            view! {
                <li class="panel">
                    <p>
                        <a href=page data-row="">
                            {title}
                        </a>
                        " "
                        <span class="quiet">{of}</span>
                    </p>
                    <TaskItem task/>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain-list tasks">{items}</ul> }
}
