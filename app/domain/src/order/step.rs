//! The only door for the steps of an order.

use super::event::Event;
use super::history::Order;
pub use super::lists::{Step, StepName};
use super::wish::Late;
use super::{approval, pause, permission};
use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::case;
use crate::case::When;
pub(super) use crate::case::step::record;
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;

pub(super) type Attempt<'a> = case::Attempt<'a, Order>;

/// The only door: what happens to `order` if `actor` takes `step` at `when`.
///
/// Elapsing answers an empty list where nothing is due; every other step answers
/// at least one event, or the reason why not.
pub fn decide(
    order: &Order,
    actor: &Actor,
    when: When,
    step: Step,
    book: &Rulebook,
) -> Result<Vec<Event>, Refusal> {
    decide_with(order, actor, when, step, Vec::new(), book)
}

/// As [`decide`], with files that hang on what is said.
pub fn decide_with(
    order: &Order,
    actor: &Actor,
    when: When,
    step: Step,
    attachments: Vec<Attachment>,
    book: &Rulebook,
) -> Result<Vec<Event>, Refusal> {
    let name = step.name();
    let when = match &step {
        // A pause ends when it was over, whenever that is looked at.
        Step::Elapse => When {
            happened: pause::over(order, when.happened).unwrap_or(when.happened),
            ..when
        },
        _ => {
            let (last, follows) = (order.last_step_at, super::entry::follows(order, name));
            when.checked(actor, name.is_late(), last, follows, book)?
        }
    };
    permission::check(order, actor, when.happened, name, book)?;
    if name.is_late() == Late::WhileInTime {
        permission::check(order, actor, when.entered, name, book)?;
    }
    let has_files = !attachments.is_empty();
    let attachments = match &step {
        // What goes out is what was written.
        Step::DecideReply { .. } => approval::attachments(order),
        // News of a main order bring their files along.
        Step::Follow(news) => news.attachments().to_vec(),
        _ => attachments,
    };
    let happened = step.take(&Attempt {
        case: order,
        actor,
        when,
        book,
        brings_files: has_files,
    })?;
    if has_files && !name.takes_attachments() {
        let (field, fault) = (Field::Attachments, Fault::NotOfThisKind);
        return Err(FieldFault { field, fault }.into());
    }
    let mut events = record(order.version, actor, when, happened, book);
    hang(&mut events, name, attachments)?;
    Ok(events)
}

/// Hangs files on the event that says something.
pub(super) fn hang(
    events: &mut [Event],
    step: StepName,
    attachments: Vec<Attachment>,
) -> Result<(), Refusal> {
    // A reply that was not let out, or news without one.
    let can_be_silent = matches!(step, StepName::DecideReply | StepName::Follow);
    case::step::hang(events, attachments, can_be_silent)
}

impl Attempt<'_> {
    /// Whether there is what `step` decides about.
    pub(super) fn needs(&self, is_there: bool, step: StepName) -> Result<(), Refusal> {
        is_there
            .then_some(())
            .ok_or(Refusal::NothingToDecide { step })
    }
}

impl StepName {
    /// Whether files can be handed in with it.
    pub fn takes_attachments(self) -> bool {
        self == Self::Place || self.form().is_some_and(|form| form.files)
    }

    /// Steps that no form offers: the program takes them along with others.
    pub fn is_taken_along(self) -> bool {
        self != Self::Place && self.form().is_none()
    }
}
