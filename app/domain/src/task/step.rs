//! The only door for the steps of a task that is a case by itself.

use super::escalation;
use super::event::{TaskEvent, TaskWhat};
use super::history::TaskCase;
pub use super::lists::{TaskStep, TaskStepName};
use super::permission::check;
use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::case::step::{hang, record};
use crate::case::{self, Late, When};
use crate::refusal::Refusal;
use crate::rulebook::Rulebook;

/// What a step that somebody asks for says of itself.
pub type Form = case::Form<TaskCase>;
pub(super) type Attempt<'a> = case::Attempt<'a, TaskCase>;
/// What a step answers: what happened, or why not.
pub(super) type Taken = Result<Vec<TaskWhat>, Refusal>;

/// The only door: what happens to `case` if `actor` takes `step` at `when`, with files that
/// hang on what is said. What has come by itself before is entered with it.
pub fn decide(
    case: &TaskCase,
    actor: &Actor,
    when: When,
    step: TaskStep,
    attachments: Vec<Attachment>,
    book: &Rulebook,
) -> Result<Vec<TaskEvent>, Refusal> {
    let (name, last) = (step.name(), case.last_step_at);
    let late = name.form().map_or(Late::Never, |form| form.late);
    let when = when.checked(actor, late, last, last, book)?;
    check(case, actor, when.happened, name, book)?;
    let mut events = match name {
        TaskStepName::Elapse => Vec::new(),
        TaskStepName::Give
        | TaskStepName::Report
        | TaskStepName::Confirm
        | TaskStepName::Note
        | TaskStepName::Reschedule
        | TaskStepName::Withdraw => escalation::before_a_step(case, when.entered, book),
    };
    let version = events.last().map_or(case.version, |event| event.seq);
    let happened = step.take(&Attempt {
        case,
        actor,
        when,
        book,
        brings_files: !attachments.is_empty(),
    })?;
    let mut own = record(version, actor, when, happened, book);
    hang(&mut own, attachments, false)?;
    events.extend(own);
    Ok(events)
}

pub(super) fn step(step: TaskStep) -> Result<TaskStep, Refusal> {
    Ok(step)
}
