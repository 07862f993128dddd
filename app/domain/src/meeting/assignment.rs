//! 交办: what a meeting gives a body to do that is about none of its matters. The task is a case
//! by itself, given in the same transaction; the meeting notes it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, Sight, nothing, stays};
use super::step::{Attempt, Taken, not_frozen};
use super::wish::{Form, MeetingWish};
use crate::case::Late;
use crate::case::step::never;
use crate::case::told::nobody;
use crate::clock::Clock;
use crate::task::{Giving, GivingDraft, TaskNumber, giving};

pub(super) fn assign(at: &Attempt<'_>, task: TaskNumber, giving: Giving) -> Taken {
    let clock = giving.duty.clock(at.when.entered, at.book);
    Ok(vec![
        Assigned {
            task,
            giving,
            clock,
        }
        .into(),
    ])
}

pub(super) static FORM: Form = Form {
    files: false,
    // Its clock begins for somebody else.
    late: Late::Never,
    // Sent twice, the second is refused: the meeting has moved on.
    is_said: false,
    fields: &giving::TAKES,
    can: not_frozen,
    due: never,
    read: |typed, _| Ok(MeetingWish::Assign(GivingDraft::read(typed))),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    pub task: TaskNumber,
    #[serde(flatten)]
    pub giving: Giving,
    pub clock: Clock,
}

pub(super) static ASSIGNED: Happening<Assigned> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: stays,
    apply: nothing,
    // Whoever it concerns is told of the task.
    told: nobody,
    json: |it, _| json!({"task": it.task.to_string(), "title": it.giving.title}),
};
