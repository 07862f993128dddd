use leptos::prelude::*;
use words::knowledge as know;

use crate::areas::knowledge::guidance::{GuidanceList, GuidanceQuery, server};
use crate::components::deadline::Moment;
use crate::frame::{name, t};
use crate::page::Page;
use crate::page::laid::Address;
use crate::page::laid::confirm::{Confirm, JustDone};
use crate::page::laid::list::SearchField;
use crate::serve::Problem;
use crate::sheets::GuidanceSheet;

/// Answers that were published, to be looked through before one asks.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let query = GuidanceQuery {
        q: address.get("q"),
        category: address.get("category"),
    };
    let list = server::list(&query).await?;
    Page::laid(
        t(know::GUIDANCE),
        view! {
            <section class="page narrow">
                <h1>{t(know::GUIDANCE)}</h1>
                <JustDone done=address.get("done")/>
                <p class="lead">{t(know::GUIDANCE_LEAD)}</p>
                <List list query/>
            </section>
        },
    )
}

#[component]
fn List(list: GuidanceList, query: GuidanceQuery) -> impl IntoView {
    let categories = list
        .categories
        .iter()
        .map(|category| {
            let selected = category.code == query.category;
            view! {
                <option value=category.code.clone() selected=selected>
                    {name(&category.name)}
                </option>
            }
        })
        .collect_view();
    // What was looked for is seen at once; a list is looked through by its titles.
    let open = !query.q.is_empty() && list.items.len() <= 3;
    let items = list
        .items
        .iter()
        .cloned()
        .map(|one| view! { <Answer one open/> })
        .collect_view();
    view! {
        <form method="get" action="/guidance" class="filters" role="search">
            <SearchField value=query.q.clone() says=know::SEARCH_GUIDANCE/>
            <select name="category" aria-label=t(words::order::CATEGORY)>
                <option value="">{t(words::order::ALL_CATEGORIES)}</option>
                {categories}
            </select>
            <button type="submit" class="button">
                {t(words::order::SEARCH)}
            </button>
            {list
                .can_publish
                .then(|| {
                    view! {
                        <a href="/guidance/new" class="button">
                            {t(know::PUBLISH)}
                        </a>
                    }
                })}
        </form>
        {if list.items.is_empty() {
            view! { <p class="empty">{t(know::NO_GUIDANCE)}</p> }.into_any()
        } else {
            view! { <div class="answers">{items}</div> }.into_any()
        }}
        {list.more.then(|| view! { <p class="quiet">{t(know::GUIDANCE_MORE)}</p> })}
    }
}

#[component]
fn Answer(one: GuidanceSheet, open: bool) -> impl IntoView {
    let title = one.title.clone();
    view! {
        <details class="panel answer" open=open>
            <summary>{one.title}</summary>
            <p class="said">{one.text}</p>
            {one.basis.map(|basis| view! { <p class="quiet said">{basis}</p> })}
            <p class="quiet">
                {name(&one.body)} " · " {name(&one.category)} " · " <Moment at=one.at/>
            </p>
            {one
                .own
                .then(|| {
                    view! {
                        <Confirm
                            act="/act/withdraw_guidance"
                            page="/guidance"
                            what=("id", one.id.to_string())
                            label=know::WITHDRAW_GUIDANCE
                            of=title
                            consequence=know::WITHDRAW_THEN
                        />
                    }
                })}
        </details>
    }
}
