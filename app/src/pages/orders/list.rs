use domain::order::StageName;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::filters::{Filters, Only, Stages, address};
use super::views::Views;
use crate::api::asks;
use crate::components::loaded::Loaded;
use crate::components::rows::Rows;
use crate::frame::{lang, t};
use crate::sheets::{List, Query};
use crate::words;

/// Orders, narrowed by what stands in the address.
#[component]
pub fn ListPage() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| {
        address.with(|map| {
            let get = |name: &str| map.get(name).unwrap_or_default();
            Query {
                stage: get("stage"),
                light: get("light"),
                department: get("department"),
                category: get("category"),
                township: get("township"),
                urgency: get("urgency"),
                rating: get("rating"),
                from: get("from"),
                until: get("until"),
                q: get("q"),
                turn: get("turn"),
                due: get("due"),
                asks: get("asks"),
                part: get("part"),
                call: get("call"),
                open: get("open"),
                after: get("after"),
            }
        })
    });
    let list = Resource::new(move || query.get(), asks::list);
    view! {
        <Title text=t(words::order::LIST)/>
        <section class="page">
            <h1>{t(words::order::LIST)}</h1>
            <Loaded
                resource=list
                view=move |list| view! { <Narrowed list query=query.get_untracked()/> }
            />
        </section>
    }
}

#[component]
fn Narrowed(list: List, query: Query) -> impl IntoView {
    let List {
        rows,
        next,
        stages,
        categories,
        departments,
        townships,
        views,
        can_share,
    } = list;
    let total: u64 = match StageName::parse(&query.stage) {
        Some(stage) => stages
            .iter()
            .filter(|(s, _)| *s == stage)
            .map(|(_, n)| n)
            .sum(),
        None => stages.iter().map(|(_, n)| n).sum(),
    };
    let export = |kind: &str| {
        let all = address(&Query {
            after: String::new(),
            ..query.clone()
        });
        let (_, query) = all.split_once('?').unwrap_or_default();
        format!("/orders/export/{kind}?{query}")
    };
    let (xlsx, csv) = (export("xlsx"), export("csv"));
    let words = query.q.clone();
    let next = next.map(|after| {
        address(&Query {
            after,
            ..query.clone()
        })
    });
    let not_first = !query.after.is_empty();
    let first = address(&Query {
        after: String::new(),
        ..query.clone()
    });
    let narrowed = address(&Query {
        after: String::new(),
        ..query.clone()
    });
    let (_, narrowed) = narrowed.split_once('?').unwrap_or_default();
    let narrowed = narrowed.to_owned();
    view! {
        <Views views query=narrowed can_share/>
        <Stages query=query.clone() stages/>
        <Only query=query.clone()/>
        <Filters query categories departments townships/>
        <p class="list-total quiet">
            {words::order::total(lang(), total)}
            <span class="unprinted">
                " · " {t(words::order::EXPORT)} " "
                <a href=xlsx rel="external" download="">"Excel"</a>
                " "
                <a href=csv rel="external" download="">"CSV"</a>
            </span>
        </p>
        {if rows.is_empty() {
            view! {
                <div class="empty">
                    <p>{t(words::order::EMPTY)}</p>
                    <p>
                        {t(words::order::EMPTY_HELP)} " "
                        <a href="/orders">{t(words::order::CLEAR)}</a>
                    </p>
                </div>
            }
                .into_any()
        } else {
            view! { <Rows rows words/> }.into_any()
        }}
        <nav class="pager" aria-label=t(words::order::LIST)>
            {not_first.then(|| view! { <a href=first>{t(words::order::FIRST_PAGE)}</a> })}
            {next.map(|next| view! { <a href=next>{t(words::order::NEXT_PAGE)}</a> })}
        </nav>
    }
}
