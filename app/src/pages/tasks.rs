pub mod task;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::api::asks;
use crate::components::files::{OrphanFiles, WaitingFiles};
use crate::components::kept_text::KeptText;
use crate::components::loaded::Loaded;
use crate::components::step_form::{Bodies, Forms};
use crate::components::task::TaskList;
use crate::components::unsent::UnsentForms;
use crate::frame::{lang, t};
use crate::sheets::{TaskQuery, TasksSheet};
use crate::words;
use crate::words::express as words_of;

/// What bodies were given to do, by whomever: whose it is, and until when.
#[component]
pub fn TasksPage() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| {
        address.with(|map| TaskQuery {
            which: map.get("which").unwrap_or_default(),
            skip: map.get("skip").unwrap_or_default(),
        })
    });
    let tasks = Resource::new(move || query.get(), asks::tasks);
    view! {
        <Title text=t(words_of::TASKS)/>
        <section class="page">
            <h1>{t(words_of::TASKS)}</h1>
            <p class="lead">{t(words_of::TASKS_LEAD)}</p>
            <Loaded resource=tasks view=|sheet| view! { <List sheet/> }/>
        </section>
    }
}

#[component]
fn List(sheet: TasksSheet) -> impl IntoView {
    provide_context(UnsentForms(sheet.unsent));
    provide_context(WaitingFiles(sheet.waiting));
    provide_context(Bodies(sheet.bodies));
    let act: Vec<String> = sheet.give.iter().map(|form| form.act.clone()).collect();
    let give = sheet.give.map(|form| {
        view! {
            <section class="panel steps unprinted">
                // The next page is the task's own.
                <Forms forms=vec![Some(form)] reload=|| ()/>
            </section>
        }
    });
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
    .map(|(which, label)| {
        let here = chosen == which;
        let class = if here { "chip current" } else { "chip" };
        view! {
            <li>
                <A
                    href=format!("/tasks?which={which}")
                    attr:class=class
                    attr:aria-current=here.then_some("true")
                >
                    {t(label)}
                </A>
            </li>
        }
    })
    .collect_view();
    let page = u32::from(sheet.page);
    let to = |skip: u32| format!("/tasks?which={chosen}&skip={skip}");
    let newer = (sheet.skip > 0).then(|| to(sheet.skip.saturating_sub(page)));
    let more = u64::from(sheet.skip) + (sheet.items.len() as u64) < sheet.total;
    let older = more.then(|| to(sheet.skip + page));
    let nothing = sheet.items.is_empty();
    let items = sheet.items;
    view! {
        <KeptText forms=act.clone()/>
        <OrphanFiles forms=act page="/tasks".to_owned()/>
        {give}
        <ul class="chips">{chips}</ul>
        <p class="quiet">{words::cards::count(lang(), sheet.total)}</p>
        {if nothing {
            view! { <p class="empty">{t(words_of::TASKS_NONE)}</p> }.into_any()
        } else {
            view! { <TaskList tasks=items/> }.into_any()
        }}
        <p class="pager">
            {newer.map(|href| view! { <A href=href>{t(words::cards::NEWER)}</A> })} " "
            {older.map(|href| view! { <A href=href>{t(words::cards::OLDER)}</A> })}
        </p>
    }
}
