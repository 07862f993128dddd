//! 开会: a meeting is opened on its day, presided over, ended; or called off before.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, Sight, stays};
use super::history::MeetingState;
use super::plan::Chair;
use super::step::{Attempt, MeetingStep, Taken, fault, not_frozen};
use super::told;
use super::wish::{Form, MeetingWish, REASON, reason, step};
use crate::case::Late;
use crate::case::step::{always, never};
use crate::case::told::{Address, nobody};
use crate::form::{Kind, Takes};
use crate::refusal::{Fault, Field, Refusal};
use crate::text::Reason;
use crate::time::{instant, local};

pub(super) fn open(_: &Attempt<'_>) -> Taken {
    Ok(vec![Opened.into()])
}

pub(super) fn end(at: &Attempt<'_>, knowingly: bool) -> Taken {
    let guests = at.case.unrecorded().count();
    if guests > 0 && !knowingly {
        return Err(fault(Field::Guest, Fault::NotRecorded { guests }));
    }
    Ok(vec![Ended.into()])
}

pub(super) fn name_chair(_: &Attempt<'_>, chair: Chair) -> Taken {
    Ok(vec![ChairNamed { chair }.into()])
}

pub(super) fn cancel(_: &Attempt<'_>, reason: Reason) -> Taken {
    Ok(vec![Cancelled { reason }.into()])
}

/// Not before its day.
fn is_its_day(at: &Attempt<'_>) -> Result<(), Refusal> {
    let day = local(at.case.plan.starts_at).date();
    if local(at.now()).date() < day {
        let from = instant(day, chrono::NaiveTime::MIN);
        return Err(Refusal::NotYet { from });
    }
    Ok(())
}

pub(super) static OPEN: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[],
    can: is_its_day,
    due: never,
    read: |_, _| step(MeetingStep::Open),
};

pub(super) static END: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[Takes::optional(Field::Knowingly, Kind::Yes)],
    can: always,
    due: never,
    read: |typed, _| {
        let knowingly = typed.get(Field::Knowingly) == "yes";
        step(MeetingStep::End { knowingly })
    },
};

pub(super) static NAME_CHAIR: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[Takes::needed(Field::Chair, Kind::Whole)],
    can: not_frozen,
    due: never,
    read: |typed, _| Ok(MeetingWish::NameChair(typed.get(Field::Chair).to_owned())),
};

pub(super) static CANCEL: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[REASON],
    can: always,
    due: never,
    read: |typed, _| {
        let reason = reason(typed)?;
        step(MeetingStep::Cancel { reason })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened;

pub(super) static OPENED: Happening<Opened> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, _, _, _| Some(MeetingState::Open),
    apply: |_, meeting, event| meeting.opened_at = Some(event.happened_at),
    told: nobody,
    json: |_, _| json!({}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended;

pub(super) static ENDED: Happening<Ended> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, _, _, _| Some(MeetingState::Ended),
    apply: |_, meeting, event| meeting.ended_at = Some(event.happened_at),
    told: nobody,
    json: |_, _| json!({}),
};

/// Another has the chair: it is theirs to approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChairNamed {
    pub chair: Chair,
}

pub(super) static CHAIR_NAMED: Happening<ChairNamed> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, _| meeting.plan.chair = it.chair.clone(),
    told: |_, meeting| vec![Address::Person(meeting.plan.chair.user)],
    json: |it, _| json!({"chair": it.chair.name}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    pub reason: Reason,
}

pub(super) static CANCELLED: Happening<Cancelled> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, _, _, _| Some(MeetingState::Cancelled),
    apply: |it, meeting, _| meeting.cancelled = Some(it.reason.clone()),
    told: told::once_invited,
    json: |it, _| json!({"reason": it.reason}),
};
