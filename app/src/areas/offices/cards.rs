use domain::Action;
use domain::order::Card;
use leptos::prelude::*;
use store::cards::Filter;
use store::{Context, cards};

use crate::components::deadline::Moment;
use crate::components::fields::Choice;
use crate::components::table::Table;
use crate::frame::{Frame, lang, t};
use crate::page::Page;
use crate::page::laid::Address;
use crate::page::laid::card::{CardMark, body_of};
use crate::page::laid::list::{Chips, Pager};
use crate::serve::Problem;
use crate::serve::rows::short;
use crate::serve::visit::{context_for, problem};
use crate::sheets::CardSheet;

const PAGE: u16 = 50;

/// Who got a card, for which order, how it was answered.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let query = CardQuery {
        which: address.get("which"),
        page: address.get("page"),
    };
    let cards = cards(&query).await?;
    Page::laid(
        t(words::cards::TITLE),
        view! {
            <section class="page">
                <h1>{t(words::cards::TITLE)}</h1>
                <p class="lead">{t(words::cards::LEAD)}</p>
                <List cards query/>
            </section>
        },
    )
}

/// A page of cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cards {
    pub cards: Vec<CardSheet>,
    pub total: u64,
    /// Pages before and after this one, by number.
    pub newer: Option<u32>,
    pub older: Option<u32>,
}

/// What a page of cards is narrowed to, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardQuery {
    /// `all`: also those that were lifted.
    pub which: String,
    pub page: String,
}

pub async fn cards(query: &CardQuery) -> Result<Cards, Problem> {
    let ctx = context_for(Action::SeeCards)?;
    let filter = Filter {
        open: query.which != "all",
        ..Filter::default()
    };
    let page: u32 = query.page.trim().parse().unwrap_or(0);
    let skip = page.saturating_mul(PAGE.into());
    let (given, total) = cards::list(&ctx, &filter, skip, PAGE)
        .await
        .map_err(problem)?;
    let shown = u64::from(skip) + given.len() as u64;
    Ok(Cards {
        cards: given
            .iter()
            .map(|given| card(&ctx, &given.card, Some(given.title.clone())))
            .collect(),
        total,
        newer: page.checked_sub(1),
        older: (shown < total).then_some(page + 1),
    })
}

/// A card to choose, as it is called.
pub fn choice(frame: &Frame, card: &Card) -> Choice {
    let called = words::cards::called(frame.lang, card.colour, card.given_at, frame.year);
    Choice::new(card.seq.to_string(), called)
}

pub fn card(ctx: &Context, card: &Card, title: Option<String>) -> CardSheet {
    CardSheet {
        order: card.order.to_string(),
        title,
        seq: card.seq,
        colour: card.colour,
        body: card
            .body
            .as_ref()
            .map(|body| short(&ctx.book.directory, body)),
        clock: card.clock,
        given_at: card.given_at,
        explanation: card
            .explained
            .as_ref()
            .map(|answer| answer.text.as_str().to_owned()),
        lifted: card
            .lifted
            .as_ref()
            .map(|answer| answer.text.as_str().to_owned()),
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
    let chips = vec![
        ("/cards".to_owned(), words::cards::ONLY_OPEN, !all),
        ("/cards?which=all".to_owned(), words::cards::ALL, all),
    ];
    view! {
        <Chips chips/>
        <p class="quiet">{words::cards::count(lang(), cards.total)}</p>
        <Table none=cards.cards.is_empty().then_some(words::cards::NONE) heads=vec![
                    words::cards::COLOUR, words::cards::BODY, words::cards::ORDER,
                    words::cards::CAUSE, words::cards::GIVEN, words::cards::EXPLANATION
                ]>{rows}</Table>
        <Pager newer=cards.newer.map(page) older=cards.older.map(page)/>
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
                <a href=address data-row="">
                    {card.title.unwrap_or_default()}
                </a>
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
