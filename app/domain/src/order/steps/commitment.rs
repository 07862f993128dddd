//! 承诺事项: what a reply promises for a day is followed until it is kept, also after the
//! order is struck off.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::BodyCode;
use crate::clock::Light;
use crate::form::{Kind, Takes};
use crate::order::card::Answer;
use crate::order::event::{Happening, Sight, What};
use crate::order::history::Order;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, Wish, about, never};
use crate::order::{Reason, told};
use crate::refusal::{Fault, Field, Refusal};
use crate::rulebook::Rulebook;
use crate::time::{Calendar, Due, Instant, instant, local};

/// Something that was promised for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// The event of the reply that promised it.
    pub reply: u32,
    pub body: BodyCode,
    pub made_at: Instant,
    pub until: NaiveDate,
    /// Whether the body was reminded.
    pub reminded: bool,
    /// Whether the day has passed without its being kept.
    pub broken: bool,
    pub end: Option<CommitmentEnd>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitmentEnd {
    Kept(Answer),
    /// The order went back, or was withdrawn: another reply takes its place.
    Void {
        at: Instant,
    },
}

/// A time at which a commitment makes itself heard.
pub(in crate::order) struct Ring {
    pub at: Instant,
    pub what: What,
}

impl Commitment {
    /// Closing of the day; of the next working day where that is a day off
    /// (民法典 art. 203).
    pub fn due(&self, calendar: &Calendar) -> Due {
        let opening = calendar.next_open(instant(self.until, NaiveTime::MIN));
        let at = instant(local(opening).date(), calendar.hours().closing());
        Due {
            at,
            provisional: !calendar.is_settled_at(at),
        }
    }

    /// When its body is reminded; `None` where it is promised for sooner than that.
    pub fn reminder(&self, book: &Rulebook) -> Option<Instant> {
        let notice = book.rules_at(self.made_at).commitment_notice;
        let day = local(self.due(&book.calendar).at).date();
        let day = book.calendar.nth_before(day, notice.into());
        let at = book.calendar.next_open(instant(day, NaiveTime::MIN));
        (at > self.made_at).then_some(at)
    }

    /// Whether its day passed before it was kept.
    pub fn is_late(&self, book: &Rulebook) -> bool {
        match &self.end {
            Some(CommitmentEnd::Kept(answer)) => answer.at > self.due(&book.calendar).at,
            Some(CommitmentEnd::Void { .. }) | None => self.broken,
        }
    }

    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Yellow from the reminder on, or from the day itself.
    pub fn light(&self, now: Instant, book: &Rulebook) -> Light {
        let due = self.due(&book.calendar).at;
        let day = instant(local(due).date(), NaiveTime::MIN);
        if !self.is_open() {
            Light::None
        } else if now > due {
            Light::Red
        } else if now >= self.reminder(book).unwrap_or(day) {
            Light::Yellow
        } else {
            Light::Green
        }
    }

    /// The rings that are still to come.
    fn rings(&self, book: &Rulebook) -> impl Iterator<Item = Ring> {
        let ring = |at, overdue| Ring {
            at,
            what: What::CommitmentRang(CommitmentRang {
                reply: self.reply,
                body: self.body.clone(),
                until: self.until,
                overdue,
            }),
        };
        let after = book.calendar.next_open(self.due(&book.calendar).at);
        let overdue = (self.is_open() && !self.broken).then(|| ring(after, true));
        let reminder = self.reminder(book).filter(|at| *at < after);
        let reminder = reminder.filter(|_| self.is_open() && !self.reminded && !self.broken);
        let reminder = reminder.map(|at| ring(at, false));
        reminder.into_iter().chain(overdue)
    }
}

/// What every commitment of an order has still to say, and when.
pub(in crate::order) fn rings(order: &Order, book: &Rulebook) -> impl Iterator<Item = Ring> {
    order.commitments.iter().flat_map(|one| one.rings(book))
}

pub(in crate::order) fn keep(
    at: &Attempt<'_>,
    reply: u32,
    text: Reason,
) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    let mut open = order.commitments.iter().filter(|one| one.is_open());
    if open.any(|one| one.reply == reply) {
        return Ok(vec![What::CommitmentKept(CommitmentKept { reply, text })]);
    }
    Err(fault(Fault::Unknown).into())
}

impl Order {
    pub(in crate::order) fn has_commitment(&self, reply: u32) -> bool {
        let mut open = self.commitments.iter().filter(|one| one.is_open());
        open.any(|one| one.reply == reply)
    }

    pub(in crate::order) fn commitment(&mut self, reply: u32) -> Option<&mut Commitment> {
        self.commitments.iter_mut().find(|one| one.reply == reply)
    }

    pub(in crate::order) fn void_commitments(&mut self, at: Instant) {
        let open = self.commitments.iter_mut().filter(|one| one.is_open());
        open.for_each(|one| one.end = Some(CommitmentEnd::Void { at }));
    }
}

fn fault(fault: Fault) -> crate::refusal::FieldFault {
    crate::refusal::FieldFault {
        field: Field::Commitment,
        fault,
    }
}

impl Step {
    /// `reply` is the number of the event that promised it.
    pub fn keep_commitment(reply: &str, text: &str) -> Result<Self, Refusal> {
        let (reply, text) = about(Field::Commitment, reply, text)?;
        Ok(Self::KeepCommitment { reply, text })
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: true,
    late: Late::Allowed,
    is_said: false,
    fields: &[
        Takes::needed(Field::Commitment, Kind::Event),
        Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    can: |at| {
        let open = at.case.commitments.iter().any(Commitment::is_open);
        at.needs(open, StepName::KeepCommitment)
    },
    due: never,
    read: |typed, _| {
        Step::keep_commitment(typed.get(Field::Commitment), typed.get(Field::Reason))
            .map(Wish::Step)
    },
};

/// A promise makes itself heard: before its day, and when that has passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentRang {
    pub reply: u32,
    pub body: BodyCode,
    pub until: NaiveDate,
    pub overdue: bool,
}

pub(in crate::order) static COMMITMENT_RANG: Happening<CommitmentRang> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    // A promise outlives its order.
    stage: |it, stage, order, _| order.has_commitment(it.reply).then_some(stage),
    apply: |it, order, _| {
        if let Some(commitment) = order.commitment(it.reply) {
            commitment.reminded = true;
            commitment.broken |= it.overdue;
        }
    },
    told: |it, order| {
        let mut told = vec![Address::Body(it.body.clone())];
        if it.overdue {
            let head = Address::Head(it.body.clone());
            told.extend([head, Address::Centre, Address::Supervision]);
            told.push(told::enterprise(order));
        }
        told
    },
    json: |it, _| {
        json!({
            "commitment": it.reply,
            "department": it.body,
            "until": it.until.to_string(),
            "overdue": it.overdue,
        })
    },
};

/// 兑现.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentKept {
    /// The event that promised it.
    pub reply: u32,
    pub text: Reason,
}

pub(in crate::order) static COMMITMENT_KEPT: Happening<CommitmentKept> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |it, stage, order, _| order.has_commitment(it.reply).then_some(stage),
    apply: |it, order, event| {
        let at = event.happened_at;
        let text = it.text.clone();
        if let Some(commitment) = order.commitment(it.reply) {
            commitment.end = Some(CommitmentEnd::Kept(Answer { at, text }));
        }
    },
    told: |_, order| vec![told::enterprise(order), Address::Centre],
    json: |it, _| json!({"commitment": it.reply, "reason": it.text}),
};
