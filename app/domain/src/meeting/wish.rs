//! What somebody asks to be done with a meeting, read from what was typed or sent.

use super::history::Meeting;
use super::plan::PlanDraft;
use super::step::MeetingStep;
use crate::case;
use crate::form::{Kind, Takes, Typed};
use crate::order::merge::known_number;
use crate::order::{Conclusion, Number};
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::task::{DutyDraft, GivingDraft};
use crate::text::Reason;

/// A step, or what becomes one once it is known what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingWish {
    Step(MeetingStep),
    Change(PlanDraft),
    /// One of those who can have it.
    NameChair(String),
    PutOn {
        matter: Number,
        minutes: u16,
    },
    /// `seen`: how many decisions about the matter the writer had read.
    Decide {
        matter: Number,
        seen: usize,
        duty: DutyDraft,
        basis: String,
        replaces: String,
    },
    Conclude {
        matter: Number,
        seen: usize,
        conclusion: Conclusion,
    },
    Defer {
        matter: Number,
        reason: Reason,
    },
    /// A task of none of its matters.
    Assign(GivingDraft),
    /// `revision` is what the chair has read.
    ApproveMinutes {
        revision: u32,
    },
}

/// What a step that somebody asks for says of itself.
pub type Form = case::Form<Meeting>;

pub(super) const MATTER: Takes = Takes::needed(Field::Other, Kind::Order);
pub(super) const REASON: Takes = Takes::needed(Field::Reason, Kind::Prose(Reason::MAX));
/// How many decisions about a matter the writer had read.
pub(super) const SEEN: Takes = Takes::needed(Field::Seen, Kind::Whole);

pub(super) fn step(step: MeetingStep) -> Result<MeetingWish, Refusal> {
    Ok(MeetingWish::Step(step))
}

pub(super) fn matter(typed: &Typed) -> Result<Number, FieldFault> {
    known_number(typed.get(Field::Other))
}

pub(super) fn reason(typed: &Typed) -> Result<Reason, FieldFault> {
    Reason::parse(Field::Reason, typed.get(Field::Reason))
}

/// A count that the page itself has written.
pub(super) fn whole<T: std::str::FromStr>(typed: &Typed, field: Field) -> Result<T, FieldFault> {
    let text = typed.get(field).trim();
    let fault = Fault::Unknown;
    text.parse().map_err(|_| FieldFault { field, fault })
}
