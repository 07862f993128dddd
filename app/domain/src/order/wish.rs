//! What somebody asks to be done with an order, read from what was typed or sent, and what
//! the form of a step says of it.

use super::split::Portion;
use super::step::{Attempt, Step};
use super::{MergeWish, Number, Reason};
use crate::actor::UserId;
use crate::form::{Kind, Takes, Typed};
use crate::refusal::{Faults, Field, Refusal};
use crate::rulebook::Rulebook;
use crate::time::{Due, Instant};

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

/// What is needed to read a form beside itself.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub now: Instant,
    pub book: &'a Rulebook,
    /// Everybody of the reader's body, as they are called: whom a note can name.
    pub colleagues: &'a [(UserId, String)],
}

/// What a step that somebody asks for says of itself, beside what happens when it is taken.
pub struct Form {
    /// Whether files can go along.
    pub files: bool,
    pub late: Late,
    /// Whether it is only said, or links: whatever else has happened meanwhile does not
    /// matter to it.
    pub is_said: bool,
    pub fields: &'static [Takes],
    /// Why it cannot be taken now, though it is the actor's and of this stage.
    pub can: fn(&Attempt<'_>) -> Result<(), Refusal>,
    /// The deadline that taking it sets, for somebody.
    pub due: fn(&Attempt<'_>) -> Option<Due>,
    pub read: fn(&Typed, &Reading<'_>) -> Result<Wish, Refusal>,
}

/// Whether a step can be entered after it happened (补录).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// What decides about somebody else's time, or answers a card, happens here and now.
    Never,
    Allowed,
    /// What moves a deadline is not entered once that has passed, however it is dated.
    WhileInTime,
}

impl Wish {
    pub fn step(step: Step) -> Result<Self, Refusal> {
        Ok(Self::Step(step))
    }
}

pub(super) fn always(_: &Attempt<'_>) -> Result<(), Refusal> {
    Ok(())
}

/// It sets no deadline.
pub(super) fn never(_: &Attempt<'_>) -> Option<Due> {
    None
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

/// Yes, or no with a reason.
pub(super) fn verdict(
    field: Field,
    verdict: &str,
    reason: &str,
) -> Result<(bool, Option<Reason>), Refusal> {
    let mut faults = Faults::default();
    let yes = faults.keep(crate::form::known(field, verdict, |code| match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }));
    let reason = faults.keep(if yes == Some(false) {
        Reason::parse(Field::Reason, reason).map(Some)
    } else {
        Reason::parse_optional(Field::Reason, reason)
    });
    match (yes, reason) {
        (Some(yes), Some(reason)) => Ok((yes, reason)),
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
