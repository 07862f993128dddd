use super::step::Step;
use super::wish::{Form, Wish};
use crate::codes::coded;
use crate::form::{Kind, Takes};
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantArray};

use super::event::{Cause, What};
use super::history::Order;
use crate::clock::Level;
use crate::clock::{Clock, ClockName};
use crate::refusal::{Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::text::Prose;
use crate::time::Instant;

/// What the enterprise thinks of the reply (好差评).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub level: RatingLevel,
    pub comment: Option<Prose<500>>,
}

/// What the enterprise answers to a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feedback {
    Rated(Rating),
    /// At the callback.
    NotSolved,
}

impl Feedback {
    pub fn rating(&self) -> Option<&Rating> {
        match self {
            Self::Rated(rating) => Some(rating),
            Self::NotSolved => None,
        }
    }

    pub(super) fn is_bad(&self) -> bool {
        match self {
            Self::Rated(rating) => rating.level.is_bad(),
            Self::NotSolved => true,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RatingLevel {
    VerySatisfied,
    Satisfied,
    FairlySatisfied,
    Dissatisfied,
    VeryDissatisfied,
}

coded!(RatingLevel);

impl RatingLevel {
    pub fn parse(code: &str) -> Result<Self, FieldFault> {
        crate::form::choose(Field::RatingLevel, code, Self::ALL, Self::code)
    }

    /// The last two of the five (差评).
    pub fn is_bad(self) -> bool {
        match self {
            Self::VerySatisfied | Self::Satisfied | Self::FairlySatisfied => false,
            Self::Dissatisfied | Self::VeryDissatisfied => true,
        }
    }
}

impl Rating {
    pub fn parse(level: &str, comment: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let level = faults.keep(RatingLevel::parse(level));
        let comment = faults.keep(Prose::parse_optional(Field::Comment, comment));
        match (level, comment) {
            (Some(level), Some(comment)) => Ok(Self { level, comment }),
            _ => Err(faults.refusal()),
        }
    }
}

/// A good rating strikes the order off; a bad one sends it back.
pub(super) fn rate(order: &Order, now: Instant, rating: Rating, book: &Rulebook) -> Vec<What> {
    let consequence = if rating.level.is_bad() {
        Some(goes_back(order, now, Cause::SecondBadRating, book))
    } else {
        // Over an open task nothing is struck off: the last one does it.
        (!order.has_open_tasks()).then_some(What::Closed)
    };
    std::iter::once(What::Rated { rating })
        .chain(consequence)
        .collect()
}

/// An order goes back once; a second time it is carried to the deputy mayor, for
/// `cause`, with what the ladder has for that level.
pub(super) fn goes_back(order: &Order, now: Instant, cause: Cause, book: &Rulebook) -> What {
    let rules = book.rules_at(now);
    if order.cycle == 1 {
        return What::SentBack {
            clock: Clock::start(ClockName::Rework, now, rules.rework, rules),
        };
    }
    let mut ladder = rules.ladder.iter();
    let rung = ladder.find(|rung| rung.level == Level::Deputy);
    What::Escalated {
        level: Level::Deputy,
        cause,
        card: rung.and_then(|rung| rung.card),
        tells: rung.map(|rung| rung.tells.clone()).unwrap_or_default(),
    }
}

pub(super) static FORM: Form = Form {
    files: false,
    late: true,
    is_said: false,
    fields: &[
        Takes::needed(
            Field::RatingLevel,
            Kind::OneOf(|| RatingLevel::ALL.map(RatingLevel::code).to_vec()),
        ),
        Takes::optional(Field::Comment, Kind::Prose(500)),
    ],
    read: |typed, _| {
        let rating = Rating::parse(typed.get(Field::RatingLevel), typed.get(Field::Comment))?;
        Wish::step(Step::Rate(rating))
    },
};
