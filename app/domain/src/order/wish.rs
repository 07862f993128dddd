//! What somebody asks to be done with an order, read from what was typed or sent.

use super::history::Order;
use super::split::Portion;
use super::step::Step;
use super::{MergeWish, Number, Reason};
use crate::case;
pub use crate::case::step::Late;
pub(super) use crate::case::step::{always, never};
pub(super) use crate::form::verdict;
use crate::form::{Kind, Takes};
use crate::refusal::{Faults, Field, Refusal};

/// A step, or what becomes one once another order is found that it has to do with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Step(Step),
    Merge(MergeWish),
    Unmerge { reason: Reason },
    Link { other: Number },
    Unlink { other: Number },
    Split(Portion),
    JoinMatter(MergeWish),
}

/// What a step that somebody asks for says of itself.
pub type Form = case::Form<Order>;

impl Wish {
    pub fn step(step: Step) -> Result<Self, Refusal> {
        Ok(Self::Step(step))
    }
}

/// What is said about an event: its number stands in `field`.
pub(super) fn about(field: Field, number: &str, text: &str) -> Result<(u32, Reason), Refusal> {
    let mut faults = Faults::default();
    let number = faults.keep(crate::form::known(field, number, |text| text.parse().ok()));
    let text = faults.keep(Reason::parse(Field::Reason, text));
    match (number, text) {
        (Some(number), Some(text)) => Ok((number, text)),
        _ => Err(faults.refusal()),
    }
}

/// A decision is a yes or a no, and a no has its reason.
pub(super) const GRANT: [Takes; 2] = [
    Takes::needed(Field::Grant, Kind::YesNo),
    Takes::optional(Field::Reason, Kind::Prose(Reason::MAX)),
];
pub(super) const UPHOLD: [Takes; 2] = [
    Takes::needed(Field::Uphold, Kind::YesNo),
    Takes::optional(Field::Reason, Kind::Prose(Reason::MAX)),
];
/// Nothing but a reason.
pub(super) const REASON: [Takes; 1] = [Takes::needed(Field::Reason, Kind::Prose(Reason::MAX))];
