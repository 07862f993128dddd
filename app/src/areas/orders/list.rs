#[cfg(feature = "ssr")]
pub mod ledger;
#[cfg(feature = "ssr")]
pub mod server;

use domain::order::StageName;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use words::knowledge as know;

use crate::api::text::Answer;
use crate::areas::orders::columns::Columns;
use crate::areas::orders::filters::{Filters, Only, Stages, address};
use crate::areas::orders::views::Views;
use crate::components::columns::{CHOICE, Column};
use crate::components::kept_text::KeptText;
use crate::components::loaded::Loaded;
use crate::components::rows::Rows;
use crate::frame::{lang, t};
use crate::problem::ProblemDetails;
use crate::sheets::{Laid, Query, ViewSheet};

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
                project: get("project"),
                leader: get("leader"),
                returned: get("returned"),
                collective: get("collective"),
                express: get("express"),
                measure: get("measure"),
                numbers: get("numbers"),
                count: get("count"),
                // A form sends each by itself.
                columns: map.get_all("columns").unwrap_or_default().join(","),
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
    let list = Resource::new(move || query.get(), load_orders);
    provide_context(Asked(query));
    view! {
        <Title text=t(words::order::LIST)/>
        <section class="page">
            <a class="skip" href="#rows" rel="external">
                {t(words::order::SKIP_TO_LIST)}
            </a>
            <KeptText/>
            <h1>{t(words::order::LIST)}</h1>
            <Loaded
                resource=list
                view=move |list| view! { <Narrowed list query=query.get_untracked()/> }
            />
        </section>
    }
}

/// A page of a list, with what the filters offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    pub rows: Laid,
    pub next: Option<String>,
    /// How many stand in each stage, under the other filters; empty where there are more
    /// than are counted at once.
    pub stages: Vec<(StageName, u64)>,
    /// What the filters offer, as the options of a list that folds out; nothing where the
    /// reader sees only one body's.
    pub categories: Laid,
    pub departments: Laid,
    pub townships: Laid,
    pub leaders: Laid,
    /// Set where there are more than so many: they are counted when one asks for it.
    pub more_than: Option<u64>,
    /// The search took too long: there may be more than is shown.
    pub is_cut: bool,
    pub views: Vec<ViewSheet>,
    /// Whether there is something to do with several at once.
    pub can_choose: bool,
    /// Whether the reader has a body to share views with.
    pub can_share: bool,
}

/// What the address asks for, which the page may not show yet.
#[derive(Clone, Copy)]
pub(super) struct Asked(pub Memo<Query>);

/// Several at once: the boxes are sent to a page of their own.
#[component]
fn Choice() -> impl IntoView {
    view! {
        <form id=CHOICE method="get" action="/orders/chosen" class="choice unprinted">
            <button type="submit" class="button">
                {t(know::CHOSEN)}
            </button>
            <ChooseAll/>
        </form>
    }
}

/// All of the page at once; only where scripts run.
#[component]
fn ChooseAll() -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        let all = event_target_checked(&event);
        let Ok(boxes) = document().query_selector_all("input[name=n]") else {
            return;
        };
        for at in 0..boxes.length() {
            let one = boxes
                .item(at)
                .map(|node| node.dyn_into::<HtmlInputElement>());
            if let Some(Ok(one)) = one {
                one.set_checked(all);
            }
        }
    };
    view! {
        <label class="check live-only">
            <input type="checkbox" on:change=choose/>
            {t(know::CHOOSE_ALL)}
        </label>
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
        leaders,
        can_choose,
        more_than,
        is_cut,
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
    let columns = Column::parse(&query.columns);
    let next = next.map(|after| {
        address(&Query {
            after,
            ..query.clone()
        })
    });
    let count = address(&Query {
        count: "all".to_owned(),
        ..query.clone()
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
        {(more_than.is_none() && !is_cut)
            .then(|| view! { <Stages query=query.clone() stages/> })}
        {is_cut
            .then(|| {
                view! {
                    <p class="notice warning" role="status">
                        {t(words::order::SEARCH_CUT)}
                    </p>
                }
            })}
        <Only query=query.clone()/>
        <Filters query=query.clone() categories departments townships leaders/>
        <Columns query/>
        <p class="list-total quiet">
            {match more_than {
                None if is_cut => t(words::order::NOT_COUNTED).into_any(),
                None => words::order::total(lang(), total).into_any(),
                Some(more) => {
                    view! {
                        {words::order::more_than(lang(), more)}
                        " "
                        <a href=count>{t(words::order::COUNT_ALL)}</a>
                    }
                        .into_any()
                }
            }}
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
            view! {
                <div id="rows" tabindex="-1">
                    {can_choose.then(|| view! { <Choice/> })}
                    <Rows rows columns select=can_choose/>
                </div>
            }
                .into_any()
        }}
        <nav class="pager" aria-label=t(words::order::LIST)>
            {not_first.then(|| view! { <a href=first>{t(words::order::FIRST_PAGE)}</a> })}
            {next.map(|next| view! { <a href=next>{t(words::order::NEXT_PAGE)}</a> })}
        </nav>
    }
}

#[server(prefix = "/ask", endpoint = "orders", output = Answer)]
pub async fn load_orders(query: crate::sheets::Query) -> Result<List, ProblemDetails> {
    server::list(&query).await
}
