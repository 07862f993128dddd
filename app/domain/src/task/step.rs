//! The one door for the steps of a task that is a case by itself, with its tables.

use super::course::TaskState;
use super::escalation;
use super::event::{TaskEvent, TaskWhat};
use super::history::TaskCase;
pub use super::lists::{TaskStep, TaskStepName};
use crate::actor::Actor;
use crate::case::{self, Door, History};
use crate::refusal::Refusal;
use crate::rights::{Action, Relation};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// What a step that somebody asks for says of itself.
pub type Form = case::Form<TaskCase>;
pub(super) type Attempt<'a> = case::Attempt<'a, TaskCase>;
/// What a step answers: what happened, or why not.
pub(super) type Taken = Result<Vec<TaskWhat>, Refusal>;

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

impl Door for TaskCase {
    type Step = TaskStep;

    fn action(step: TaskStepName) -> Action {
        step.action()
    }

    fn holds(&self, relation: Relation, actor: &Actor) -> bool {
        let duty = &self.task.duty;
        match relation {
            Relation::Any => true,
            Relation::Gave => self.is_given_by(actor),
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

    fn stage(&self) -> TaskState {
        self.task.state()
    }

    fn stages(step: TaskStepName) -> &'static [TaskState] {
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

    fn not_at(step: TaskStepName, state: TaskState) -> Refusal {
        Refusal::TaskState { step, state }
    }

    fn follows(&self, _: TaskStepName) -> Instant {
        self.position().last_step_at
    }

    fn before(&self, step: TaskStepName, now: Instant, book: &Rulebook) -> Vec<TaskEvent> {
        match step {
            TaskStepName::Elapse => Vec::new(),
            TaskStepName::Give
            | TaskStepName::Report
            | TaskStepName::Confirm
            | TaskStepName::Note
            | TaskStepName::Reschedule
            | TaskStepName::Withdraw => escalation::before_a_step(self, now, book),
        }
    }
}

pub(super) fn step(step: TaskStep) -> Result<TaskStep, Refusal> {
    Ok(step)
}
