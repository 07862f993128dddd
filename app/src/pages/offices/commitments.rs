use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::api::asks;
use crate::components::commitment::CommitmentLine;
use crate::components::light::LightMark;
use crate::components::loaded::Loaded;
use crate::components::table::Table;
use crate::frame::{lang, name, t, year};
use crate::sheets::{CommitmentQuery, CommitmentSheet, Commitments};
use crate::words;

/// What replies promised for a day: whose it is, and whether it was kept.
#[component]
pub fn CommitmentsPage() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| {
        address.with(|map| CommitmentQuery {
            which: map.get("which").unwrap_or_default(),
            page: map.get("page").unwrap_or_default(),
        })
    });
    let commitments = Resource::new(move || query.get(), asks::commitments);
    view! {
        <Title text=t(words::commitments::TITLE)/>
        <section class="page">
            <h1>{t(words::commitments::TITLE)}</h1>
            <p class="lead">{t(words::commitments::LEAD)}</p>
            <Loaded
                resource=commitments
                view=move |all| view! { <List all query=query.get_untracked()/> }
            />
        </section>
    }
}

#[component]
fn List(all: Commitments, query: CommitmentQuery) -> impl IntoView {
    let which = query.which.clone();
    let page = move |page: u32| format!("/commitments?which={which}&page={page}");
    let chips = [
        ("", words::commitments::FOLLOWED),
        ("broken", words::commitments::BROKEN),
        ("all", words::cards::ALL),
    ]
    .map(|(which, label)| {
        let here = query.which == which;
        let class = if here { "chip current" } else { "chip" };
        let current = here.then_some("true");
        let address = if which.is_empty() {
            "/commitments".to_owned()
        } else {
            format!("/commitments?which={which}")
        };
        view! {
            <li>
                <A href=address attr:class=class attr:aria-current=current>
                    {t(label)}
                </A>
            </li>
        }
    })
    .collect_view();
    let rows = all
        .commitments
        .iter()
        .cloned()
        .map(|one| view! { <CommitmentRow one/> })
        .collect_view();
    view! {
        <ul class="chips">{chips}</ul>
        <p class="quiet">{words::cards::count(lang(), all.total)}</p>
        <Table none=all.commitments.is_empty().then_some(words::commitments::NONE) heads=vec![
                    words::order::LIGHT, words::commitments::UNTIL, words::commitments::BODY,
                    words::cards::ORDER, words::order::ENTERPRISE, words::commitments::STATE
                ]>{rows}</Table>
        <p class="pager">
            {all.newer.map(|n| view! { <A href=page(n)>{t(words::cards::NEWER)}</A> })} " "
            {all.older.map(|n| view! { <A href=page(n)>{t(words::cards::OLDER)}</A> })}
        </p>
    }
}

#[component]
fn CommitmentRow(one: CommitmentSheet) -> impl IntoView {
    let order = one.order.clone();
    let order = order.map(|order| (format!("/orders/{}", order.number), order));
    let day = words::time::date(lang(), one.until, year());
    let body = name(&one.body);
    let enterprise = order.as_ref().map(|(_, order)| order.enterprise.clone());
    view! {
        <tr>
            <td class="cell-light">
                <LightMark light=one.light paused=false/>
            </td>
            <td data-label=t(words::commitments::UNTIL)>{day}</td>
            <td data-label=t(words::commitments::BODY)>{body}</td>
            <td class="cell-title">
                {order
                    .map(|(address, order)| {
                        view! {
                            <A href=address attr:data-row="">
                                {order.title}
                            </A>
                            " "
                            <span class="quiet">{order.number}</span>
                        }
                    })}
            </td>
            <td data-label=t(words::order::ENTERPRISE)>{enterprise}</td>
            <td data-label=t(words::commitments::STATE)>
                <CommitmentLine one/>
            </td>
        </tr>
    }
}
