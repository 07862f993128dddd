use super::event::{Event, What};
use super::history::Order;
use super::{
    Reason, closure, decline, dispatch, escalation, permission, rating, reply, take, withdrawal,
};
use crate::actor::{Actor, BodyCode};
use crate::directory::Directory;
use crate::refusal::{Faults, Field, Refusal};
use crate::rulebook::Rulebook;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What somebody wants to do with an order, already parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Dispatch {
        department: BodyCode,
        complexity: dispatch::Complexity,
    },
    Decline {
        reason: Reason,
    },
    Take,
    Reply(reply::Reply),
    Rate(rating::Rating),
    Withdraw {
        reason: Reason,
    },
    Close,
    /// Only the sweep does this, when a deadline has passed.
    Escalate,
}

/// A step without what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    Place,
    Dispatch,
    Decline,
    Take,
    Reply,
    Rate,
    Withdraw,
    Close,
    Escalate,
}

/// The only door: what happens to `order` if `actor` takes `step` at `now`.
///
/// Escalation answers an empty list where nothing is due; every other step
/// answers at least one event, or the reason why not.
pub fn decide(
    order: &Order,
    actor: &Actor,
    now: Instant,
    step: Step,
    book: &Rulebook,
) -> Result<Vec<Event>, Refusal> {
    permission::check(order, actor, now, step.name(), book)?;
    let happened = match step {
        Step::Dispatch {
            department,
            complexity,
        } => dispatch::dispatch(order, now, department, complexity, book)?,
        Step::Decline { reason } => decline::decline(reason),
        Step::Take => take::take(),
        Step::Reply(reply) => reply::reply(now, reply, book)?,
        Step::Rate(given) => rating::rate(order, now, given, book),
        Step::Withdraw { reason } => withdrawal::withdraw(reason),
        Step::Close => closure::close(),
        Step::Escalate => escalation::escalate(order, now, book),
    };
    Ok(record(order.version, actor, now, happened))
}

/// The events for what happened, numbered on from `version`.
pub(super) fn record(version: u32, actor: &Actor, now: Instant, happened: Vec<What>) -> Vec<Event> {
    (version + 1..)
        .zip(happened)
        .map(|(seq, what)| Event {
            seq,
            happened_at: now,
            entered_at: now,
            by: actor.into(),
            what,
        })
        .collect()
}

impl Step {
    /// Names every fault at once.
    pub fn dispatch(
        department: &str,
        complexity: &str,
        directory: &Directory,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let department = faults.keep(dispatch::known_department(department.trim(), directory));
        let complexity = faults.keep(dispatch::Complexity::parse(complexity));
        match (department, complexity) {
            (Some(department), Some(complexity)) => Ok(Self::Dispatch {
                department,
                complexity,
            }),
            _ => Err(faults.refusal()),
        }
    }

    pub fn decline(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Decline { reason })
    }

    pub fn withdraw(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Withdraw { reason })
    }

    pub fn name(&self) -> StepName {
        match self {
            Self::Dispatch { .. } => StepName::Dispatch,
            Self::Decline { .. } => StepName::Decline,
            Self::Take => StepName::Take,
            Self::Reply(_) => StepName::Reply,
            Self::Rate(_) => StepName::Rate,
            Self::Withdraw { .. } => StepName::Withdraw,
            Self::Close => StepName::Close,
            Self::Escalate => StepName::Escalate,
        }
    }
}

impl StepName {
    /// The steps on an order that stands, in the order in which a page offers them.
    pub const ON_AN_ORDER: [Self; 8] = [
        Self::Dispatch,
        Self::Take,
        Self::Reply,
        Self::Rate,
        Self::Close,
        Self::Decline,
        Self::Withdraw,
        Self::Escalate,
    ];

    pub fn parse(code: &str) -> Option<Self> {
        Self::ON_AN_ORDER
            .into_iter()
            .find(|step| step.code() == code)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Dispatch => "dispatch",
            Self::Decline => "decline",
            Self::Take => "take",
            Self::Reply => "reply",
            Self::Rate => "rate",
            Self::Withdraw => "withdraw",
            Self::Close => "close",
            Self::Escalate => "escalate",
        }
    }
}
