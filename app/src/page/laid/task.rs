use domain::task::TaskState;
use leptos::prelude::*;
use words::{express as words_of, task as of_tasks};

use crate::components::deadline::Moment;
use crate::frame::{lang, name, t, year};
use crate::page::laid::deadline::DeadlineWords;
use crate::page::laid::files::FileLinks;
use crate::page::laid::light::LightMark;
use crate::sheets::{PrecedentSheet, TaskSheet};

/// What a body is to do, whose it is, until when, and how it stands.
#[component]
pub fn TaskItem(task: TaskSheet) -> impl IntoView {
    let comma = if lang() == words::lang::Lang::Zh {
        "、"
    } else {
        ", "
    };
    let others: Vec<String> = task.co_owners.iter().map(name).collect();
    let open = task.state == TaskState::Open;
    view! {
        <article class="task">
            <p class="task-text">{task.text}</p>
            <p class="task-state">
                {open.then(|| view! { <LightMark light=task.light/> " · " })}
                <span class="tag">{t(of_tasks::state(task.state))}</span>
                " "
                {open.then(|| view! { <DeadlineWords deadline=Some(task.deadline)/> })}
                {words::history::moved(lang(), task.moved_from, year())}
                {(!open)
                    .then(|| {
                        view! {
                            <span class="quiet">
                                {t(words::order::DEADLINE)} " " <Moment at=task.deadline.at/>
                            </span>
                        }
                    })}
                {(task.late && !open)
                    .then(|| view! { " · " {t(words_of::TASKS_LATE)} })}
            </p>
            <dl class="facts">
                <dt>{t(words_of::OWNER)}</dt>
                <dd>{name(&task.owner)}</dd>
                {(!others.is_empty())
                    .then(|| {
                        view! {
                            <dt>{t(words_of::CO_OWNERS)}</dt>
                            <dd>{others.join(comma)}</dd>
                        }
                    })}
                <dt>{t(words_of::PROOF)}</dt>
                <dd>{task.proof}</dd>
                {task
                    .basis
                    .map(|basis| {
                        view! {
                            <dt>{t(words_of::BASIS)}</dt>
                            <dd>{basis}</dd>
                        }
                    })}
                <dt>{t(of_tasks::FROM)}</dt>
                <dd>{task.source}</dd>
                {task
                    .report
                    .map(|(at, text)| {
                        view! {
                            <dt>{t(words_of::REPORT)}</dt>
                            <dd>
                                <Moment at/>
                                <p class="said">{text}</p>
                                <FileLinks files=task.files/>
                            </dd>
                        }
                    })}
                {task
                    .not_done
                    .filter(|_| task.state != TaskState::Done)
                    .map(|reason| {
                        view! {
                            <dt>{t(words_of::NOT_DONE)}</dt>
                            <dd>{reason}</dd>
                        }
                    })}
            </dl>
        </article>
    }
}

/// What was decided about like matters, where there is any.
#[component]
pub fn Precedents(precedents: Vec<PrecedentSheet>) -> impl IntoView {
    let items = precedents
        .iter()
        .cloned()
        .map(|one| {
            view! {
                <li>
                    <p class="task-text">{one.text}</p>
                    <p class="quiet">
                        <Moment at=one.given_at/>
                        " · "
                        {name(&one.owner)}
                        " · "
                        {t(of_tasks::state(one.state))}
                        {one.basis.map(|basis| format!(" · {basis}"))}
                        {one
                            .order
                            .map(|(number, title)| {
                                view! { " · " <a href=format!("/orders/{number}")>{title}</a> }
                            })}
                    </p>
                </li>
            }
        })
        .collect_view();
    (!precedents.is_empty()).then(|| {
        view! {
            <section class="panel precedents">
                <h2>{t(words_of::PRECEDENTS)}</h2>
                <p class="hint">{t(words_of::PRECEDENTS_LEAD)}</p>
                <ul class="plain-list">{items}</ul>
            </section>
        }
    })
}
