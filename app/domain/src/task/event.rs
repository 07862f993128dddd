//! What an event of a task says of itself, beside what all cases' do.

use super::history::TaskCase;
pub use super::lists::{TaskWhat, events};
use super::step::TaskStep;
pub(super) use crate::case::Sight;
pub(super) use crate::case::happening::{nothing, stays};
use crate::case::told::Address;
use crate::case::{self, Case};
use crate::task::TaskState;

/// Something that happened to a task.
pub type TaskEvent = case::Event<TaskWhat>;

pub(super) type Happening<E> = case::happening::Happening<E, TaskCase>;

impl Case for TaskCase {
    type What = TaskWhat;
    type Stage = TaskState;
    type Wish = TaskStep;
    type Shown = TaskCase;
}

/// The administration's own: no enterprise knows of the case.
pub(super) fn offices<E>(_: &E) -> Sight {
    Sight::Offices
}

pub(super) fn to_owners<E>(_: &E, case: &TaskCase) -> Vec<Address> {
    case.task.duty.addresses().collect()
}

pub(super) fn to_giver<E>(_: &E, case: &TaskCase) -> Vec<Address> {
    vec![case.task.source.address()]
}

/// It goes on while it runs.
pub(super) fn while_open<E>(
    _: &E,
    state: TaskState,
    _: &TaskCase,
    _: &TaskEvent,
) -> Option<TaskState> {
    (state == TaskState::Open).then_some(state)
}
