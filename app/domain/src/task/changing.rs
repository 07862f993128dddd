//! 改期, 撤销: whoever gave a task moves its day while that has not passed, or takes it back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::course::TaskState;
use super::duty::parse_deadline;
use super::event::{Happening, offices, to_owners, while_open};
use super::step::{Attempt, Form, Taken, TaskStep, step};
use crate::case::Late;
use crate::case::step::{always, never};
use crate::clock::{Clock, ClockName};
use crate::form::{Kind, Takes};
use crate::refusal::{Faults, Field, Refusal};
use crate::text::Reason;
use crate::time::Limit;

/// Another day for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDay {
    /// Working days, from now.
    pub days: u16,
    /// The day off that was asked for, where it ends on the working day after that.
    pub moved_from: Option<NaiveDate>,
}

/// A deadline that has passed stays passed.
fn in_time(at: &Attempt<'_>) -> Result<(), Refusal> {
    let due = at.case.task.due(at.book).at;
    match at.now() <= due {
        true => Ok(()),
        false => Err(Refusal::TaskPastDue { due }),
    }
}

pub(super) fn reschedule(at: &Attempt<'_>, day: NewDay, reason: Reason) -> Taken {
    let limit = Limit::Days(day.days);
    let clock = Clock::start(ClockName::Task, at.now(), limit, at.rules());
    let moved_from = day.moved_from;
    Ok(vec![
        Rescheduled {
            clock,
            days: day.days,
            moved_from,
            reason,
        }
        .into(),
    ])
}

pub(super) fn withdraw(_: &Attempt<'_>, reason: Reason) -> Taken {
    Ok(vec![Withdrawn { reason }.into()])
}

const REASON: Takes = Takes::needed(Field::Reason, Kind::Prose(Reason::MAX));

pub(super) static RESCHEDULE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[Takes::needed(Field::Deadline, Kind::Term), REASON],
    can: in_time,
    due: never,
    read: |typed, reading| {
        let mut faults = Faults::default();
        let calendar = &reading.book.calendar;
        let day = parse_deadline(typed.get(Field::Deadline), reading.now, calendar);
        let day = faults.keep(day);
        let reason = faults.keep(Reason::parse(Field::Reason, typed.get(Field::Reason)));
        match (day, reason) {
            (Some((days, moved_from)), Some(reason)) => {
                let day = NewDay { days, moved_from };
                step(TaskStep::Reschedule { day, reason })
            }
            (None, _) | (_, None) => Err(faults.refusal()),
        }
    },
};

pub(super) static WITHDRAW: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[REASON],
    can: always,
    due: never,
    read: |typed, _| {
        let reason = Reason::parse(Field::Reason, typed.get(Field::Reason))?;
        step(TaskStep::Withdraw { reason })
    },
};

/// Its clock begins anew, with the new day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescheduled {
    pub clock: Clock,
    /// Working days, from then.
    pub days: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<NaiveDate>,
    pub reason: Reason,
}

pub(super) static RESCHEDULED: Happening<Rescheduled> = Happening {
    sight: offices,
    files: false,
    is_talk: false,
    stage: while_open,
    apply: |it, case, _| {
        case.round += 1;
        case.task.term = it.clock.into();
        case.task.duty.days = it.days;
        case.task.duty.moved_from = it.moved_from;
    },
    told: to_owners,
    json: |it, telling| json!({"due_at": telling.due(&it.clock), "reason": it.reason}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub reason: Reason,
}

pub(super) static WITHDRAWN: Happening<Withdrawn> = Happening {
    sight: offices,
    files: false,
    is_talk: false,
    stage: |_, state, _, _| match state {
        TaskState::Open | TaskState::Reported => Some(TaskState::Withdrawn),
        TaskState::Done | TaskState::Replaced | TaskState::Withdrawn => None,
    },
    apply: |_, case, event| case.task.withdrawn(event),
    told: to_owners,
    json: |it, _| json!({"reason": it.reason}),
};
