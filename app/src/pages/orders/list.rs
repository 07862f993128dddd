use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::filters::{Filters, Only, Stages, address};
use crate::api::asks;
use crate::components::loaded::Loaded;
use crate::components::rows::Rows;
use crate::frame::t;
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
    } = list;
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
    view! {
        <Stages query=query.clone() stages/>
        <Only query=query.clone()/>
        <Filters query categories departments/>
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
            view! { <Rows rows/> }.into_any()
        }}
        <nav class="pager" aria-label=t(words::order::LIST)>
            {not_first.then(|| view! { <a href=first>{t(words::order::FIRST_PAGE)}</a> })}
            {next.map(|next| view! { <a href=next>{t(words::order::NEXT_PAGE)}</a> })}
        </nav>
    }
}
