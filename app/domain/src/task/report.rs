//! 报告办结, 确认办结: the owner calls a task done, which stops its clock; whoever gave it takes
//! it for done, or sends it back with a reason.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::course::TaskState;
use super::event::{Happening, offices, to_giver, to_owners};
use super::step::{Attempt, Form, Taken, TaskStep, step};
use crate::case::Late;
use crate::case::step::{always, never};
use crate::form::{Kind, Takes, verdict};
use crate::refusal::{Field, Refusal};
use crate::rights::Action;
use crate::text::{Prose, Reason};

/// The owner answers for it; whoever helps does so to the owner.
fn is_owner(at: &Attempt<'_>) -> Result<(), Refusal> {
    match at.actor.role.body() == Some(&at.case.task.duty.owner) {
        true => Ok(()),
        false => Err(Refusal::Forbidden {
            action: Action::ReportTasks,
        }),
    }
}

pub(super) fn report(_: &Attempt<'_>, text: Prose<2000>) -> Taken {
    Ok(vec![Reported { text }.into()])
}

pub(super) fn confirm(_: &Attempt<'_>, done: bool, reason: Option<Reason>) -> Taken {
    Ok(vec![Confirmed { done, reason }.into()])
}

pub(super) static REPORT: Form = Form {
    files: true,
    late: Late::Never,
    is_said: false,
    fields: &[Takes::needed(Field::ReplyText, Kind::Prose(2000))],
    can: is_owner,
    due: never,
    read: |typed, _| {
        let text = Prose::parse(Field::ReplyText, typed.get(Field::ReplyText))?;
        step(TaskStep::Report { text })
    },
};

pub(super) static CONFIRM: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[
        Takes::needed(Field::Grant, Kind::YesNo),
        Takes::optional(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    can: always,
    due: never,
    read: |typed, _| {
        let (done, reason) = verdict(
            Field::Grant,
            typed.get(Field::Grant),
            typed.get(Field::Reason),
        )?;
        step(TaskStep::Confirm { done, reason })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    pub text: Prose<2000>,
}

pub(super) static REPORTED: Happening<Reported> = Happening {
    sight: offices,
    files: true,
    is_talk: false,
    stage: |_, state, _, _| (state == TaskState::Open).then_some(TaskState::Reported),
    apply: |it, case, event| case.task.reported(event, &it.text),
    told: to_giver,
    json: |it, _| json!({"text": it.text}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    pub done: bool,
    pub reason: Option<Reason>,
}

pub(super) static CONFIRMED: Happening<Confirmed> = Happening {
    sight: offices,
    files: false,
    is_talk: false,
    stage: |it, state, _, _| match (state, it.done) {
        (TaskState::Reported, true) => Some(TaskState::Done),
        (TaskState::Reported, false) => Some(TaskState::Open),
        (TaskState::Open | TaskState::Done | TaskState::Replaced | TaskState::Withdrawn, _) => None,
    },
    apply: |it, case, event| case.task.decided(event, it.done, it.reason.as_ref()),
    told: to_owners,
    json: |it, _| json!({"done": it.done, "reason": it.reason}),
};
