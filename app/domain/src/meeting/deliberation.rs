//! 议定: about each matter a meeting gives a task, says what it holds of it without one, or
//! puts the decision off (缓议). What was decided is a fact of the order; the meeting notes it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::agenda::{Outcome, on_it, undecided};
use super::event::{Happening, Sight, stays};
use super::step::{Attempt, Taken, not_frozen};
use super::wish::{Form, MATTER, MeetingWish, REASON, SEEN, matter, reason, whole};
use crate::case::Late;
use crate::case::step::never;
use crate::case::told::nobody;
use crate::form::{Kind, Takes};
use crate::order::{Conclusion, Number};
use crate::refusal::{Field, Refusal};
use crate::task::DutyDraft;
use crate::text::Reason;

/// With a task, or without.
pub(super) fn decide(at: &Attempt<'_>, matter: Number, decision: u32, seen: usize) -> Taken {
    let item = on_it(at.case, matter)?;
    if item.outcome.decisions().len() != seen {
        return Err(Refusal::MeetingMoved);
    }
    Ok(vec![Decided { matter, decision }.into()])
}

pub(super) fn defer(at: &Attempt<'_>, matter: Number, reason: Reason) -> Taken {
    undecided(at.case, matter)?;
    if at.case.is_deferred(matter, &reason) {
        return Ok(Vec::new());
    }
    Ok(vec![Deferred { matter, reason }.into()])
}

pub(super) static DECIDE: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: true,
    fields: &[
        MATTER,
        SEEN,
        Takes::needed(Field::TaskText, Kind::Prose(1000)),
        Takes::needed(Field::Owner, Kind::Body),
        Takes::optional(Field::CoOwners, Kind::Bodies),
        Takes::needed(Field::Deadline, Kind::Term),
        Takes::needed(Field::Proof, Kind::Line(200)),
        Takes::optional(Field::Basis, Kind::Line(300)),
        Takes::optional(Field::Replaces, Kind::Event),
    ],
    can: not_frozen,
    due: never,
    read: |typed, _| {
        Ok(MeetingWish::Decide {
            matter: matter(typed)?,
            seen: whole(typed, Field::Seen)?,
            duty: DutyDraft::read(typed),
            basis: typed.get(Field::Basis).to_owned(),
            replaces: typed.get(Field::Replaces).to_owned(),
        })
    },
};

pub(super) static CONCLUDE: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: true,
    fields: &[
        MATTER,
        SEEN,
        Takes::needed(Field::Verdict, Kind::OneOf(Conclusion::verdicts)),
        Takes::needed(Field::Opinion, Kind::Prose(1000)),
        Takes::optional(Field::Basis, Kind::Line(300)),
    ],
    can: not_frozen,
    due: never,
    read: |typed, _| {
        Ok(MeetingWish::Conclude {
            matter: matter(typed)?,
            seen: whole(typed, Field::Seen)?,
            conclusion: Conclusion::read(typed)?,
        })
    },
};

pub(super) static DEFER: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: true,
    fields: &[MATTER, REASON],
    can: not_frozen,
    due: never,
    read: |typed, _| {
        Ok(MeetingWish::Defer {
            matter: matter(typed)?,
            reason: reason(typed)?,
        })
    },
};

/// `decision` is the event of the order that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub matter: Number,
    pub decision: u32,
}

pub(super) static DECIDED: Happening<Decided> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, _| {
        let Some(item) = meeting.item_mut(it.matter) else {
            return;
        };
        match &mut item.outcome {
            Outcome::Decided { decisions } => decisions.push(it.decision),
            outcome @ (Outcome::Open | Outcome::Deferred { .. }) => {
                let decisions = vec![it.decision];
                *outcome = Outcome::Decided { decisions };
            }
        }
    },
    told: nobody,
    json: |it, _| json!({"matter": it.matter.to_string(), "event": it.decision}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferred {
    pub matter: Number,
    pub reason: Reason,
}

pub(super) static DEFERRED: Happening<Deferred> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, _| {
        let reason = it.reason.clone();
        if let Some(item) = meeting.item_mut(it.matter) {
            item.outcome = Outcome::Deferred { reason };
        }
    },
    told: nobody,
    json: |it, _| json!({"matter": it.matter.to_string(), "reason": it.reason}),
};
