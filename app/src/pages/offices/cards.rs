use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::api::asks;
use crate::components::card::{CardMark, body_of};
use crate::components::deadline::Moment;
use crate::components::loaded::Loaded;
use crate::components::table::Table;
use crate::frame::{lang, t};
use crate::sheets::{CardQuery, CardSheet, Cards};
use crate::words;

/// Who got a card, for which order, how it was answered.
#[component]
pub fn CardsPage() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| {
        address.with(|map| CardQuery {
            which: map.get("which").unwrap_or_default(),
            page: map.get("page").unwrap_or_default(),
        })
    });
    let cards = Resource::new(move || query.get(), asks::cards);
    view! {
        <Title text=t(words::cards::TITLE)/>
        <section class="page">
            <h1>{t(words::cards::TITLE)}</h1>
            <p class="lead">{t(words::cards::LEAD)}</p>
            <Loaded
                resource=cards
                view=move |cards| view! { <List cards query=query.get_untracked()/> }
            />
        </section>
    }
}

#[component]
fn List(cards: Cards, query: CardQuery) -> impl IntoView {
    let all = query.which == "all";
    let which = if all { "all" } else { "" };
    let page = move |page: u32| format!("/cards?which={which}&page={page}");
    let rows = cards
        .cards
        .iter()
        .cloned()
        .map(|card| view! { <CardRow card/> })
        .collect_view();
    let chip = |here: bool, address: &'static str, label| {
        let class = if here { "chip current" } else { "chip" };
        let current = here.then_some("true");
        view! {
            <li>
                <A href=address attr:class=class attr:aria-current=current>
                    {t(label)}
                </A>
            </li>
        }
    };
    view! {
        <ul class="chips">
            {chip(!all, "/cards", words::cards::ONLY_OPEN)}
            {chip(all, "/cards?which=all", words::cards::ALL)}
        </ul>
        <p class="quiet">{words::cards::count(lang(), cards.total)}</p>
        <Table none=cards.cards.is_empty().then_some(words::cards::NONE) heads=vec![
                    words::cards::COLOUR, words::cards::BODY, words::cards::ORDER,
                    words::cards::CAUSE, words::cards::GIVEN, words::cards::EXPLANATION
                ]>{rows}</Table>
        <p class="pager">
            {cards.newer.map(|n| view! { <A href=page(n)>{t(words::cards::NEWER)}</A> })} " "
            {cards.older.map(|n| view! { <A href=page(n)>{t(words::cards::OLDER)}</A> })}
        </p>
    }
}

#[component]
fn CardRow(card: CardSheet) -> impl IntoView {
    let address = format!("/orders/{}", card.order);
    let explanation = card.explanation.clone();
    let body = body_of(&card);
    let open = card.lifted.is_none();
    let missing = (open && explanation.is_none()).then_some(words::order::NOT_EXPLAINED);
    view! {
        <tr>
            <td>
                <CardMark colour=card.colour lifted=card.lifted.is_some()/>
            </td>
            <td data-label=t(words::cards::BODY)>{body}</td>
            <td class="cell-title">
                <A href=address attr:data-row="">
                    {card.title.unwrap_or_default()}
                </A>
                " "
                <span class="quiet">{card.order}</span>
            </td>
            <td data-label=t(words::cards::CAUSE)>{words::cards::cause(lang(), card.clock)}</td>
            <td data-label=t(words::cards::GIVEN)>
                <Moment at=card.given_at/>
            </td>
            <td data-label=t(words::cards::EXPLANATION)>
                {explanation}
                {missing.map(|text| view! { <span class="quiet">{t(text)}</span> })}
                {card
                    .lifted
                    .map(|reason| {
                        view! {
                            <p class="quiet">
                                {t(words::cards::LIFTED)} {t(words::cards::COLON)} {reason}
                            </p>
                        }
                    })}
            </td>
        </tr>
    }
}
