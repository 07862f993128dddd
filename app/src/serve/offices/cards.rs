use domain::order::escalation::Cause;
use domain::order::events;
use domain::order::{Card, Number, What};
use domain::{Action, BodyKind, Role};
use store::Desk;
use store::cards::{self, Filter};
use store::orders;

use crate::components::fields::Choice;
use crate::frame::Frame;
use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::serve::answer;
use crate::serve::rows::short;
use crate::serve::visit::{desk_for, problem};
use crate::sheets::{CardPaper, CardQuery, CardSheet, Cards};
use crate::words;

const PAGE: u16 = 50;

pub async fn cards(query: &CardQuery) -> Result<Cards, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeCards)?;
        let filter = Filter {
            open: query.which != "all",
            ..Filter::default()
        };
        let page: u32 = query.page.trim().parse().unwrap_or(0);
        let skip = page.saturating_mul(PAGE.into());
        let (given, total) = cards::list(&desk, &filter, skip, PAGE)
            .await
            .map_err(problem)?;
        let shown = u64::from(skip) + given.len() as u64;
        Ok(Cards {
            cards: given
                .iter()
                .map(|given| card(&desk, &given.card, Some(given.title.clone())))
                .collect(),
            total,
            newer: page.checked_sub(1),
            older: (shown < total).then_some(page + 1),
        })
    })
    .await
}

/// A card as a paper; `seq` is the event that gave it.
pub async fn paper(number: &str, seq: &str) -> Result<CardPaper, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeCards)?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        let seq: u32 = seq.parse().map_err(|_| Problem::NotFound)?;
        let found = orders::find(&desk, number).await.map_err(problem)?;
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
        let directory = desk.book.directory.at(given.given_at);
        let body = body.and_then(|code| directory.body(code.as_str()));
        Ok(CardPaper {
            office: directory.organ(BodyKind::Supervision),
            card: card(&desk, given, None),
            number: number.to_string(),
            title: placement.title.as_str().to_owned(),
            enterprise: found.listed.enterprise.clone(),
            content: placement.content.as_str().to_owned(),
            placed_at: found.listed.overview.placed_at,
            due,
            body: body.map(|body| body.name.clone()),
        })
    })
    .await
}

/// A card to choose, as it is called.
pub fn choice(frame: &Frame, card: &Card) -> Choice {
    let called = words::cards::called(frame.lang, card.colour, card.given_at, frame.year);
    Choice::new(card.seq.to_string(), called)
}

pub fn card(desk: &Desk, card: &Card, title: Option<String>) -> CardSheet {
    let open = card.lifted.is_none();
    CardSheet {
        order: card.order.to_string(),
        title,
        seq: card.seq,
        colour: card.colour,
        body: card
            .body
            .as_ref()
            .map(|body| short(&desk.book.directory, body)),
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
        to_explain: open && card.explained.is_none() && card.is_against(&desk.actor),
        to_lift: open && matches!(desk.actor.role, Role::Supervision),
    }
}
