use domain::order::escalation::Cause;
use domain::order::{Number, What, events};
use domain::{Action, BodyKind, Instant, Named};
use leptos::prelude::*;
use store::orders;

use crate::areas::offices::cards::card;
use crate::frame::{lang, name, t};
use crate::page::Page;
use crate::serve::Problem;
use crate::serve::visit::{context_for, problem};
use crate::sheets::CardSheet;

/// 督办单: what the supervision office sends to a body, in the layout of an official
/// letter (GB/T 9704). No seal is drawn.
pub async fn page(number: &str, seq: &str) -> Result<Page, Problem> {
    let paper = paper(number, seq).await?;
    Page::laid(t(words::paper::TITLE), view! { <Paper paper/> })
}

/// A card as a paper: what the supervision office sends to the body (督办单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPaper {
    /// Who gives it, with the name of the city.
    pub office: Option<Named>,
    pub card: CardSheet,
    pub number: String,
    pub title: String,
    pub enterprise: String,
    pub content: String,
    pub placed_at: Instant,
    /// The deadline that had passed; none where it was rated badly twice.
    pub due: Option<Instant>,
    pub body: Option<Named>,
}

/// `seq` is the event that gave it.
async fn paper(number: &str, seq: &str) -> Result<CardPaper, Problem> {
    let ctx = context_for(Action::SeeCards)?;
    let number = Number::parse(number).ok_or(Problem::NotFound)?;
    let seq: u32 = seq.parse().map_err(|_| Problem::NotFound)?;
    let found = orders::find(&ctx, number).await.map_err(problem)?;
    let given = found.order.cards.iter().find(|card| card.seq == seq);
    let given = given.ok_or(Problem::NotFound)?;
    let event = found.events.iter().find(|event| event.seq == seq);
    let due = event.and_then(|event| match &event.what {
        What::Escalated(events::Escalated {
            cause: Cause::Overdue { due_at, .. },
            ..
        }) => Some(*due_at),
        _ => None,
    });
    let placement = &found.listed.overview.placement;
    let body = given.body.as_ref();
    let directory = ctx.book.directory.at(given.given_at);
    let body = body.and_then(|code| directory.body(code.as_str()));
    Ok(CardPaper {
        office: directory.organ(BodyKind::Supervision),
        card: card(&ctx, given, None),
        number: number.to_string(),
        title: placement.title.as_str().to_owned(),
        enterprise: found.listed.enterprise.clone(),
        content: placement.content.as_str().to_owned(),
        placed_at: found.listed.overview.placed_at,
        due,
        body: body.map(|body| body.name.clone()),
    })
}

#[component]
fn Paper(paper: CardPaper) -> impl IntoView {
    let lang = lang();
    let body = paper.body.as_ref().map_or_else(
        || t(words::order::turn(domain::order::Turn::Centre)).to_owned(),
        name,
    );
    let office = paper.office.as_ref().map(name).unwrap_or_default();
    let order = format!("/orders/{}", paper.number);
    let number = paper.number.clone();
    let called = words::paper::number(lang, &paper.number, paper.card.seq);
    let matter = words::paper::matter(lang, &paper.enterprise, paper.placed_at, &paper.number);
    let request = words::paper::request(lang, paper.card.colour, paper.card.clock, paper.due);
    view! {
        <article class="page narrow paper">
            <p class="unprinted">
                <a href=order>{number}</a>
                " · "
                {t(words::paper::PRINT_HINT)}
            </p>
            <p class="paper-office">{office.clone()}</p>
            <h1>{t(words::paper::TITLE)}</h1>
            <p class="paper-number">{called}</p>
            <p class="paper-to">{body} {t(words::cards::COLON)}</p>
            <p class="paper-text">
                {matter}
                <strong>{paper.title}</strong>
                {t(words::paper::STOP)}
            </p>
            <p class="paper-text said">{paper.content}</p>
            <p class="paper-text">{request}</p>
            <p class="paper-sign">{office}</p>
            <p class="paper-sign">{words::paper::day(lang, paper.card.given_at)}</p>
        </article>
    }
}
