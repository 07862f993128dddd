//! The only door for the steps of a meeting.

use super::event::{MeetingEvent, MeetingWhat};
use super::history::Meeting;
pub use super::lists::{MeetingStep, MeetingStepName};
use super::permission::check;
use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::case::step::{hang, record};
use crate::case::{self, Late, When};
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;

pub(super) type Attempt<'a> = case::Attempt<'a, Meeting>;
/// What a step answers: what happened, or why not.
pub(super) type Taken = Result<Vec<MeetingWhat>, Refusal>;

/// The only door: what happens to `meeting` if `actor` takes `step` at `when`, with files that
/// hang on what is said.
pub fn decide(
    meeting: &Meeting,
    actor: &Actor,
    when: When,
    step: MeetingStep,
    attachments: Vec<Attachment>,
    book: &Rulebook,
) -> Result<Vec<MeetingEvent>, Refusal> {
    let (name, last) = (step.name(), meeting.last_step_at);
    let late = name.form().map_or(Late::Never, |form| form.late);
    let follows = match name {
        // What is noted comes after the opening, whatever else was written down since.
        MeetingStepName::Note => meeting
            .opened_at
            .unwrap_or(meeting.called_at.min(meeting.plan.starts_at)),
        _ => last,
    };
    let when = when.checked(actor, late, last, follows, book)?;
    check(meeting, actor, when.happened, name, book)?;
    let happened = step.take(&Attempt {
        case: meeting,
        actor,
        when,
        book,
        brings_files: !attachments.is_empty(),
    })?;
    let mut events = record(meeting.version, actor, when, happened, book);
    hang(&mut events, attachments, false)?;
    Ok(events)
}

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
