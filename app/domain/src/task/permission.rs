//! The tables of a task: whose a step is, and in which state it can be taken.

use super::course::TaskState;
use super::history::TaskCase;
use super::step::{Attempt, TaskStepName};
use crate::actor::Actor;
use crate::refusal::Refusal;
use crate::rights::{Action, Relation};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// Whether `actor` may take a step on a task as it stands, and if not, why. Whether they may
/// know of it at all is decided before, by the query.
pub fn check(
    case: &TaskCase,
    actor: &Actor,
    now: Instant,
    step: TaskStepName,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let action = step.action();
    let mut relations = actor.relations_for(action);
    if !relations.any(|relation| holds(relation, actor, case)) {
        return Err(Refusal::Forbidden { action });
    }
    let state = case.task.state();
    if !states(step).contains(&state) {
        return Err(Refusal::TaskState { step, state });
    }
    let attempt = Attempt::looked_at(case, actor, now, book);
    step.form().map_or(Ok(()), |form| (form.can)(&attempt))
}

/// The steps that `actor` can take now.
pub fn offers(case: &TaskCase, actor: &Actor, now: Instant, book: &Rulebook) -> Vec<TaskStepName> {
    let steps = TaskStepName::ALL.into_iter();
    steps
        .filter(|step| step.form().is_some())
        .filter(|step| check(case, actor, now, *step, book).is_ok())
        .collect()
}

fn holds(relation: Relation, actor: &Actor, case: &TaskCase) -> bool {
    let duty = &case.task.duty;
    match relation {
        Relation::Any => true,
        Relation::Gave => case.is_given_by(actor),
        Relation::Tasked => actor.role.body().is_some_and(|body| duty.concerns(body)),
        // Of orders and meetings.
        Relation::Own
        | Relation::Manages
        | Relation::Lead
        | Relation::CoHandles
        | Relation::Carded
        | Relation::Invited
        | Relation::Located
        | Relation::InCharge => false,
    }
}

impl TaskStepName {
    /// Whose it is, in the table of rights.
    pub fn action(self) -> Action {
        match self {
            Self::Give | Self::Confirm | Self::Reschedule | Self::Withdraw => Action::GiveTasks,
            Self::Report => Action::ReportTasks,
            Self::Note => Action::NoteTasks,
            Self::Elapse => Action::CarryUpTasks,
        }
    }
}

/// Step × state.
fn states(step: TaskStepName) -> &'static [TaskState] {
    use TaskState::*;
    match step {
        // It begins one.
        TaskStepName::Give => &[],
        TaskStepName::Report | TaskStepName::Reschedule | TaskStepName::Elapse => &[Open],
        TaskStepName::Confirm => &[Reported],
        TaskStepName::Withdraw => &[Open, Reported],
        TaskStepName::Note => &[Open, Reported, Done, Withdrawn],
    }
}
