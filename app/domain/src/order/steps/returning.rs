//! 退单: one reasoned return that names a duty clause, ruled on by the centre on a
//! clock of its own, while the order's clock runs on.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::BodyCode;
use crate::clock::{Clock, ClockName};
use crate::directory::Directory;
use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What};
use crate::order::history::Order;
use crate::order::stage::{Stage, Taking};
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, Wish};
use crate::order::{Reason, dispatch, told};
use crate::refusal::{Faults, Field, Refusal};
use crate::rulebook::Rulebook;
use crate::text::Prose;
use crate::time::Instant;

/// Why a body says that an order is not its business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    pub reason: Reason,
    /// The clause of its duties (三定方案) that it relies on.
    pub clause: Prose<500>,
    /// Whose business it would be.
    pub propose: Option<BodyCode>,
}

impl Return {
    pub fn parse(
        reason: &str,
        clause: &str,
        propose: &str,
        directory: &Directory,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let reason = faults.keep(Reason::parse(Field::Reason, reason));
        let clause = faults.keep(Prose::parse(Field::Clause, clause));
        let propose = faults.keep(match propose.trim() {
            "" => Ok(None),
            code => directory.known_department(Field::Propose, code).map(Some),
        });
        match (reason, clause, propose) {
            (Some(reason), Some(clause), Some(propose)) => Ok(Self {
                reason,
                clause,
                propose,
            }),
            _ => Err(faults.refusal()),
        }
    }
}

pub(in crate::order) fn send_back(at: &Attempt<'_>, sent: Return) -> Result<Vec<What>, Refusal> {
    let book = at.book;
    let now = at.when.entered;
    let rules = book.rules_at(now);
    Ok(vec![What::Returned(Returned {
        sent,
        ruling: Clock::start(ClockName::Ruling, now, rules.ruling, rules),
    })])
}

/// Within the time to take, and not more often than the rules allow for one order.
pub(in crate::order) fn can_return(
    order: &Order,
    now: Instant,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let Stage::Dispatched {
        taking: Taking::Waits { take },
        ..
    } = &order.stage
    else {
        return Err(Refusal::AwaitsRuling);
    };
    let max = book.rules(take.clock.rules).returns;
    if order.returns >= max {
        return Err(Refusal::NoMore {
            step: StepName::Return,
            max,
        });
    }
    let due = take.due(&book.calendar).at;
    if now > due {
        return Err(Refusal::PastDeadline {
            step: StepName::Return,
            due,
        });
    }
    Ok(())
}

/// 裁定: names the owner, the same or another; final.
pub(in crate::order) fn rule(
    at: &Attempt<'_>,
    department: BodyCode,
    reason: Reason,
) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.when.entered;
    at.stands(Field::Department, &department)?;
    let department = book
        .directory
        .known_department(Field::Department, department.as_str())?;
    let rules = book.rules_at(now);
    let limit = rules.take(order.placement.urgency);
    Ok(vec![What::Ruled(Ruled {
        department,
        reason,
        take: Clock::start(ClockName::Take, now, limit, rules),
    })])
}

/// Whose business the body that returned it says it is.
pub fn proposed(order: &Order) -> Option<&BodyCode> {
    match &order.stage {
        Stage::Dispatched {
            taking: Taking::Returned { sent, .. },
            ..
        } => sent.propose.as_ref(),
        Stage::Dispatched {
            taking: Taking::Waits { .. },
            ..
        }
        | Stage::Submitted { .. }
        | Stage::Declined
        | Stage::InHand { .. }
        | Stage::Paused { .. }
        | Stage::Replied { .. }
        | Stage::Rework { .. }
        | Stage::Closed { .. }
        | Stage::Withdrawn { .. }
        | Stage::Merged { .. } => None,
    }
}

pub(in crate::order) fn is_open(order: &Order) -> bool {
    matches!(
        order.stage,
        Stage::Dispatched {
            taking: Taking::Returned { .. },
            ..
        }
    )
}

/// Who is to lead, and why.
pub(in crate::order) fn named(
    department: &str,
    reason: &str,
    directory: &Directory,
) -> Result<(BodyCode, Reason), Refusal> {
    let mut faults = Faults::default();
    let department = faults.keep(directory.known_department(Field::Department, department));
    let reason = faults.keep(Reason::parse(Field::Reason, reason));
    match (department, reason) {
        (Some(department), Some(reason)) => Ok((department, reason)),
        _ => Err(faults.refusal()),
    }
}

impl Step {
    pub fn rule(department: &str, reason: &str, directory: &Directory) -> Result<Self, Refusal> {
        let (department, reason) = named(department, reason, directory)?;
        Ok(Self::Rule { department, reason })
    }
}

pub(in crate::order) static RETURN: Form = Form {
    files: true,
    late: Late::WhileInTime,
    is_said: false,
    fields: &[
        Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
        Takes::needed(Field::Clause, Kind::Line(500)),
        Takes::optional(Field::Propose, Kind::Body),
    ],
    can: |at| can_return(at.case, at.now(), at.book),
    due: |at| Some(at.starts(ClockName::Ruling, at.rules().ruling)),
    read: |typed, reading| {
        let (reason, clause) = (typed.get(Field::Reason), typed.get(Field::Clause));
        let directory = &reading.book.directory;
        let sent = Return::parse(reason, clause, typed.get(Field::Propose), directory)?;
        Wish::step(Step::Return(sent))
    },
};

pub(in crate::order) static RULE: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[
        Takes::needed(Field::Department, Kind::Body),
        Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    can: |at| at.needs(is_open(at.case), StepName::Rule),
    due: dispatch::take_due,
    read: |typed, reading| {
        let directory = &reading.book.directory;
        Step::rule(
            typed.get(Field::Department),
            typed.get(Field::Reason),
            directory,
        )
        .map(Wish::Step)
    },
};

/// The ruling's clock starts, the order's runs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    #[serde(flatten)]
    pub sent: Return,
    pub ruling: Clock,
}

pub(in crate::order) static RETURNED: Happening<Returned> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |it, stage, _, _| match stage {
        Stage::Dispatched {
            lead,
            resolve,
            taking: Taking::Waits { .. },
        } => Some(Stage::Dispatched {
            lead,
            resolve,
            taking: Taking::Returned {
                sent: it.sent.clone(),
                ruling: it.ruling.into(),
            },
        }),
        _ => None,
    },
    apply: |_, order, _| order.returns += 1,
    told: |_, _| vec![Address::Centre],
    json: |it, telling| {
        json!({
            "reason": it.sent.reason,
            "clause": it.sent.clause,
            "propose": it.sent.propose,
            "due_at": telling.due(&it.ruling),
        })
    },
};

/// The owner is named, the same or another, and has its time to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    pub department: BodyCode,
    pub reason: Reason,
    pub take: Clock,
}

pub(in crate::order) static RULED: Happening<Ruled> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, stage, _, _| match stage {
        Stage::Dispatched {
            resolve,
            taking: Taking::Returned { .. },
            ..
        } => Some(Stage::Dispatched {
            lead: it.department.clone(),
            resolve,
            taking: Taking::Waits {
                take: it.take.into(),
            },
        }),
        _ => None,
    },
    apply: |_, order, _| order.handler = None,
    told: told::to_lead,
    json: |it, telling| {
        json!({
            "department": it.department,
            "reason": it.reason,
            "take_due_at": telling.due(&it.take),
        })
    },
};
