//! 黄牌, 红牌: a supervision card against the body that is late, answered by an
//! explanation, lifted by the supervision office.

use super::step::Step;
use super::wish::{Form, Wish};
use crate::form::{Kind, Takes};
use serde::{Deserialize, Serialize};

use super::event::What;
use super::history::Order;
use super::step::StepName;
use super::{Number, Reason};
use crate::actor::{Actor, BodyCode, Role};
use crate::clock::{ClockName, Colour, Level};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::text::Prose;
use crate::time::Instant;

/// A card; its number within the order is the event that it was given by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub order: Number,
    pub seq: u32,
    pub colour: Colour,
    /// `None` is the centre, before dispatch or over a ruling.
    pub body: Option<BodyCode>,
    pub level: Level,
    /// The clock that had run out; `None`: rated badly twice.
    pub clock: Option<ClockName>,
    pub given_at: Instant,
    pub explained: Option<Answer>,
    pub lifted: Option<Answer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub at: Instant,
    pub text: Prose<500>,
}

impl Card {
    /// Whether it was given to the body that `actor` acts for.
    pub fn is_against(&self, actor: &Actor) -> bool {
        match (&self.body, &actor.role) {
            (
                Some(card),
                Role::Handler { body } | Role::Head { body } | Role::Township { body },
            ) => card == body,
            (None, Role::Centre { .. }) => true,
            (Some(_) | None, _) => false,
        }
    }
}

/// Which card, and what is said of it.
pub fn parse(card: &str, text: &str) -> Result<(u32, Reason), Refusal> {
    let mut faults = Faults::default();
    let card = faults.keep(crate::form::known(Field::Card, card, |card| {
        card.parse().ok()
    }));
    let text = faults.keep(Reason::parse(Field::Reason, text));
    match (card, text) {
        (Some(card), Some(text)) => Ok((card, text)),
        _ => Err(faults.refusal()),
    }
}

/// The cards that `actor` can still explain.
pub fn to_explain<'a>(order: &'a Order, actor: &'a Actor) -> impl Iterator<Item = &'a Card> {
    let mine = order.cards.iter().filter(|card| card.is_against(actor));
    mine.filter(|card| card.explained.is_none() && card.lifted.is_none())
}

/// The cards that can still be lifted.
pub fn to_lift(order: &Order) -> impl Iterator<Item = &Card> {
    order.cards.iter().filter(|card| card.lifted.is_none())
}

pub(super) fn explain(
    order: &Order,
    actor: &Actor,
    card: u32,
    text: Reason,
) -> Result<Vec<What>, Refusal> {
    let colour = named(to_explain(order, actor), card)?;
    Ok(vec![What::Explained { card, colour, text }])
}

pub(super) fn lift(order: &Order, card: u32, reason: Reason) -> Result<Vec<What>, Refusal> {
    let colour = named(to_lift(order), card)?;
    Ok(vec![What::Lifted {
        card,
        colour,
        reason,
    }])
}

/// Whether there is a card of the actor's body that is not explained yet.
pub(super) fn can_explain(order: &Order, actor: &Actor) -> Result<(), Refusal> {
    let step = StepName::Explain;
    let card = to_explain(order, actor).next();
    card.map(|_| ()).ok_or(Refusal::NothingToDecide { step })
}

/// Whether there is a card that is not lifted yet.
pub(super) fn can_lift(order: &Order) -> Result<(), Refusal> {
    let step = StepName::Lift;
    let card = to_lift(order).next();
    card.map(|_| ()).ok_or(Refusal::NothingToDecide { step })
}

fn named<'a>(mut cards: impl Iterator<Item = &'a Card>, seq: u32) -> Result<Colour, FieldFault> {
    cards
        .find(|card| card.seq == seq)
        .map(|card| card.colour)
        .ok_or(FieldFault {
            field: Field::Card,
            fault: Fault::Unknown,
        })
}

pub(super) static EXPLAIN: Form = Form {
    files: true,
    late: false,
    is_said: false,
    fields: &CARD,
    read: |typed, _| {
        Step::explain(typed.get(Field::Card), typed.get(Field::Reason)).map(Wish::Step)
    },
};

pub(super) static LIFT: Form = Form {
    files: false,
    late: false,
    is_said: false,
    fields: &CARD,
    read: |typed, _| Step::lift(typed.get(Field::Card), typed.get(Field::Reason)).map(Wish::Step),
};

const CARD: [Takes; 2] = [
    Takes::needed(Field::Card, Kind::Event),
    Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
];
