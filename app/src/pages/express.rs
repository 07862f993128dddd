use domain::order::ExpressState;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::api::asks;
use crate::components::deadline::{DeadlineWords, Moment};
use crate::components::light::LightMark;
use crate::components::loaded::Loaded;
use crate::components::matter::BriefFacts;
use crate::components::task::TaskItem;
use crate::frame::{name, t};
use crate::lang::Text;
use crate::sheets::{ExpressSheet, MatterSheet, Queue};
use crate::words;
use crate::words::express as words_of;

/// What stands on the mayor's express, one matter at a time.
#[component]
pub fn ExpressPage() -> impl IntoView {
    let express = Resource::new(|| (), |()| asks::express());
    view! {
        <Title text=t(words_of::EXPRESS)/>
        <section class="page">
            <h1>{t(words_of::EXPRESS)}</h1>
            <p class="lead">{t(words_of::EXPRESS_LEAD)}</p>
            <Loaded resource=express view=|sheet| view! { <Queues sheet/> }/>
        </section>
    }
}

#[component]
fn Queues(sheet: ExpressSheet) -> impl IntoView {
    let back = sheet.sent_back.total > 0;
    view! {
        <QueueList
            title=words_of::CANDIDATES
            nothing=words_of::CANDIDATES_NONE
            queue=sheet.candidates
        />
        <QueueList title=words_of::MATTERS nothing=words_of::MATTERS_NONE queue=sheet.matters/>
        <QueueList title=words_of::DECIDED nothing=words_of::DECIDED_NONE queue=sheet.decided/>
        {(sheet.concluded.total > 0)
            .then(|| {
                view! {
                    <QueueList
                        title=words::meeting::CONCLUSIONS
                        nothing=words_of::DECIDED_NONE
                        queue=sheet.concluded.clone()
                    />
                }
            })}
        {back
            .then(|| {
                view! {
                    <QueueList
                        title=words_of::SENT_BACK
                        nothing=words_of::TASKS_NONE
                        queue=sheet.sent_back
                    />
                }
            })}
    }
}

#[component]
fn QueueList(title: Text, nothing: Text, queue: Queue) -> impl IntoView {
    let shown = queue.items.len() as u64;
    let cut = (shown < queue.total).then(|| format!("{shown} / {}", queue.total));
    view! {
        <section class="queue">
            <h2>{t(title)} " " <span class="quiet">{queue.total}</span></h2>
            {cut.map(|cut| view! { <p class="notice">{cut}</p> })}
            {if queue.items.is_empty() {
                view! { <p class="empty">{t(nothing)}</p> }.into_any()
            } else {
                queue
                    .items
                    .into_iter()
                    .map(|item| view! { <Matter item/> })
                    .collect_view()
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Matter(item: MatterSheet) -> impl IntoView {
    let row = item.row;
    let address = format!("/orders/{}", row.number);
    let difficulty = item
        .brief
        .as_ref()
        .map_or_else(|| row.title.clone(), |brief| brief.difficulty.clone());
    let undescribed = item.brief.is_none() && item.state == ExpressState::Candidate;
    let joined = item.joined.join(" ");
    view! {
        <article class="panel matter">
            <h3>
                <LightMark light=row.light paused=row.stage == domain::order::StageName::Paused/>
                " "
                <A href=address.clone() attr:data-row="">
                    {difficulty}
                </A>
            </h3>
            {undescribed.then(|| view! { <p class="hint">{t(words_of::NO_BRIEF)}</p> })}
            <dl class="facts">
                <dt>{t(words_of::STUCK_WITH)}</dt>
                <dd>
                    {item
                        .stuck_with
                        .as_ref()
                        .map_or_else(|| t(words::home::CENTRE_BODY).to_owned(), name)} " · "
                    {t(words_of::SINCE)} " " <Moment at=item.stuck_since/> " · "
                    <DeadlineWords deadline=row.deadline/>
                </dd>
                {item.brief.map(|brief| view! { <BriefFacts brief/> })}
                <dt>{t(words::order::ENTERPRISE)}</dt>
                <dd>
                    {row.enterprise.clone()} " · " {row.title.clone()} " · "
                    <span class="number">{row.number.clone()}</span>
                    {row.project.map(|project| format!(" · {project}"))}
                </dd>
                <dt>{t(words_of::ON_IT_SINCE)}</dt>
                <dd>
                    <Moment at=item.since/>
                    " · "
                    {item.by}
                </dd>
                {(!joined.is_empty())
                    .then(|| {
                        view! {
                            <dt>{t(words_of::JOINED_ORDERS)}</dt>
                            <dd>{joined}</dd>
                        }
                    })}
                {item
                    .meetings
                    .into_iter()
                    .map(|(meeting, became)| {
                        view! {
                            <dt>{t(words_of::ON_AGENDA)}</dt>
                            <dd>
                                <A href=format!(
                                    "/meetings/{}",
                                    meeting.number,
                                )>{meeting.title}</A>
                                " · "
                                <Moment at=meeting.starts_at/>
                                {(!became.is_empty())
                                    .then(|| view! { " " <span class="tag">{became}</span> })}
                            </dd>
                        }
                    })
                    .collect_view()}
            </dl>
            {item.tasks.into_iter().map(|task| view! { <TaskItem task/> }).collect_view()}
            {item
                .conclusions
                .into_iter()
                .map(|held| view! { <p class="said">{held}</p> })
                .collect_view()}
            <p class="unprinted">
                <A href=address attr:class="button">
                    {t(words_of::OPEN_IT)}
                </A>
            </p>
        </article>
    }
}
