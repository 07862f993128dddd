//! 通知与回复: who is on the plan is invited, answers, and is reminded.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, Sight, stays};
use super::guest::{Answer, AnswerDraft, Guest};
use super::history::{Meeting, MeetingState};
use super::step::{Attempt, MeetingStep, MeetingStepName, Taken, fault};
use super::told;
use super::wish::{Form, step};
use crate::case::Late;
use crate::case::step::{always, never};
use crate::case::told::Address;
use crate::form::{Kind, Takes};
use crate::refusal::{Fault, Field, Refusal};
use crate::rulebook::Rulebook;
use crate::text::Reason;
use crate::time::{Instant, instant, local};

pub(super) fn invite(_: &Attempt<'_>) -> Taken {
    Ok(vec![Invited.into()])
}

pub(super) fn answer(at: &Attempt<'_>, answer: Answer) -> Taken {
    let invitation = at.case.invitation_of(at.actor).ok_or_else(not_invited)?;
    let guest = invitation.guest.clone();
    Ok(vec![Answered { guest, answer }.into()])
}

/// Where its time has come.
pub(super) fn remind(at: &Attempt<'_>) -> Taken {
    match remind_at(at.case, at.book) {
        Some(due) if due <= at.now() => Ok(vec![Reminded.into()]),
        Some(_) | None => Err(Refusal::MeetingState {
            step: MeetingStepName::Remind,
            state: at.case.state,
        }),
    }
}

/// When everybody is reminded: so many working days before its day, at opening. `None`
/// where they were, or where nobody is invited.
pub fn remind_at(meeting: &Meeting, book: &Rulebook) -> Option<Instant> {
    if meeting.reminded || meeting.state != MeetingState::Invited {
        return None;
    }
    let notice = book.rules_at(meeting.plan.starts_at).meeting_notice;
    let day = local(meeting.plan.starts_at).date();
    let day = book.calendar.nth_before(day, notice.into());
    let midnight = instant(day, chrono::NaiveTime::MIN);
    Some(book.calendar.next_open(midnight))
}

fn not_invited() -> Refusal {
    fault(Field::Guest, Fault::Unknown)
}

pub(super) static INVITE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[],
    can: always,
    due: never,
    read: |_, _| step(MeetingStep::Invite),
};

pub(super) static ANSWER: Form = Form {
    files: false,
    late: Late::Never,
    is_said: true,
    fields: &[
        Takes::needed(
            Field::Answer,
            Kind::OneOf(|| vec!["comes", "substitute", "excused"]),
        ),
        Takes::optional(Field::Attendee, Kind::Line(40)),
        Takes::optional(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    can: |at| match at.case.invitation_of(at.actor) {
        Some(_) => Ok(()),
        None => Err(not_invited()),
    },
    due: never,
    read: |typed, _| {
        let text = |field| typed.get(field).to_owned();
        let draft = AnswerDraft {
            answer: text(Field::Answer),
            attendee: text(Field::Attendee),
            reason: text(Field::Reason),
        };
        step(MeetingStep::Answer(draft.parse()?))
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited;

pub(super) static INVITED: Happening<Invited> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, _, _, _| Some(MeetingState::Invited),
    apply: |_, meeting, _| meeting.invited = true,
    told: told::everybody,
    json: |_, _| json!({}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub guest: Guest,
    #[serde(flatten)]
    pub answer: Answer,
}

pub(super) static ANSWERED: Happening<Answered> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: true,
    stage: stays,
    apply: |it, meeting, _| {
        if let Some(invitation) = meeting.invitation_mut(&it.guest) {
            invitation.answer = Some(it.answer.clone());
        }
    },
    told: |_, _| vec![Address::Office],
    json: |it, _| json!({"guest": it.guest.code(), "answer": it.answer.code()}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded;

pub(super) static REMINDED: Happening<Reminded> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: true,
    stage: stays,
    apply: |_, meeting, _| meeting.reminded = true,
    told: told::everybody,
    json: |_, _| json!({}),
};
