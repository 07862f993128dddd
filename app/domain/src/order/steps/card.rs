//! 黄牌, 红牌: a supervision card against the body that is late, answered by an
//! explanation, lifted by the supervision office.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::{Actor, BodyCode, Role};
use crate::clock::{ClockName, Colour, Level};
use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What};
use crate::order::history::Order;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, Wish, about, never};
use crate::order::{Number, Reason, told};
use crate::refusal::{Fault, Field, FieldFault, Refusal};
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

/// The cards that `actor` can still explain.
pub fn to_explain<'a>(order: &'a Order, actor: &'a Actor) -> impl Iterator<Item = &'a Card> {
    let mine = order.cards.iter().filter(|card| card.is_against(actor));
    mine.filter(|card| card.explained.is_none() && card.lifted.is_none())
}

/// The cards that can still be lifted.
pub fn to_lift(order: &Order) -> impl Iterator<Item = &Card> {
    order.cards.iter().filter(|card| card.lifted.is_none())
}

pub(in crate::order) fn explain(
    at: &Attempt<'_>,
    card: u32,
    text: Reason,
) -> Result<Vec<What>, Refusal> {
    let (order, actor) = (at.case, at.actor);
    let colour = named(to_explain(order, actor), card)?;
    Ok(vec![What::Explained(Explained { card, colour, text })])
}

pub(in crate::order) fn lift(
    at: &Attempt<'_>,
    card: u32,
    reason: Reason,
) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    let colour = named(to_lift(order), card)?;
    Ok(vec![What::Lifted(Lifted {
        card,
        colour,
        reason,
    })])
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

impl Step {
    pub fn explain(card: &str, text: &str) -> Result<Self, Refusal> {
        let (card, text) = about(Field::Card, card, text)?;
        Ok(Self::Explain { card, text })
    }

    pub fn lift(card: &str, reason: &str) -> Result<Self, Refusal> {
        let (card, reason) = about(Field::Card, card, reason)?;
        Ok(Self::Lift { card, reason })
    }
}

pub(in crate::order) static EXPLAIN: Form = Form {
    files: true,
    late: Late::Never,
    is_said: false,
    fields: &CARD,
    can: |at| {
        let cards = to_explain(at.case, at.actor).next();
        at.needs(cards.is_some(), StepName::Explain)
    },
    due: never,
    read: |typed, _| {
        Step::explain(typed.get(Field::Card), typed.get(Field::Reason)).map(Wish::Step)
    },
};

pub(in crate::order) static LIFT: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &CARD,
    can: |at| at.needs(to_lift(at.case).next().is_some(), StepName::Lift),
    due: never,
    read: |typed, _| Step::lift(typed.get(Field::Card), typed.get(Field::Reason)).map(Wish::Step),
};

const CARD: [Takes; 2] = [
    Takes::needed(Field::Card, Kind::Event),
    Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
];

/// What the body says to a card; `card` is the event that gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    pub card: u32,
    pub colour: Colour,
    pub text: Reason,
}

pub(in crate::order) static EXPLAINED: Happening<Explained> = Happening {
    sight: |_| Sight::Offices,
    files: true,
    is_talk: false,
    // A card outlives its order.
    stage: |it, stage, order, _| order.has_card(it.card).then_some(stage),
    apply: |it, order, event| {
        let at = event.happened_at;
        let text = it.text.clone();
        if let Some(card) = order.card_mut(it.card) {
            card.explained = Some(Answer { at, text });
        }
    },
    told: |_, _| vec![Address::Supervision],
    json: |it, _| json!({"card": it.card, "colour": it.colour, "reason": it.text}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifted {
    pub card: u32,
    pub colour: Colour,
    pub reason: Reason,
}

pub(in crate::order) static LIFTED: Happening<Lifted> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: |it, stage, order, _| order.has_card(it.card).then_some(stage),
    apply: |it, order, event| {
        let at = event.happened_at;
        let text = it.reason.clone();
        if let Some(card) = order.card_mut(it.card) {
            card.lifted = Some(Answer { at, text });
        }
    },
    told: told::to_lead,
    json: |it, _| json!({"card": it.card, "colour": it.colour, "reason": it.reason}),
};

impl Order {
    fn has_card(&self, seq: u32) -> bool {
        self.cards.iter().any(|card| card.seq == seq)
    }

    fn card_mut(&mut self, seq: u32) -> Option<&mut Card> {
        self.cards.iter_mut().find(|card| card.seq == seq)
    }
}
