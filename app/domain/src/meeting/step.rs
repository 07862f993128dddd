//! What the steps of a meeting have in common.

use super::event::MeetingWhat;
use super::history::Meeting;
pub use super::lists::{MeetingStep, MeetingStepName};
use crate::case;
use crate::refusal::{Fault, Field, FieldFault, Refusal};

pub(super) type Attempt<'a> = case::Attempt<'a, Meeting>;
/// What a step answers: what happened, or why not.
pub(super) type Taken = Result<Vec<MeetingWhat>, Refusal>;

pub(super) fn fault(field: Field, fault: Fault) -> Refusal {
    FieldFault { field, fault }.into()
}

/// What was signed is changed by an amendment only.
pub(super) fn not_frozen(at: &Attempt<'_>) -> Result<(), Refusal> {
    match at.case.minutes.is_frozen() {
        true => Err(Refusal::MinutesFrozen),
        false => Ok(()),
    }
}
