//! 改派: the centre gives an order that was taken to another body, with a reason that everybody
//! reads. The other has its time to take and to resolve it by the rules of that moment; parts
//! end with the time of the body before, and can be given again.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::BodyCode;
use crate::clock::{Clock, ClockName};
use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What};
use crate::order::stage::{Stage, Taking};
use crate::order::step::{Attempt, Step, StepName};
use crate::order::wish::{Form, Late, Wish};
use crate::order::{Complexity, Reason, dispatch, recall, returning, told};
use crate::refusal::{Fault, Field, FieldFault, Refusal};

pub(in crate::order) fn reassign(
    at: &Attempt<'_>,
    department: BodyCode,
    reason: Reason,
) -> Result<Vec<What>, Refusal> {
    let field = Field::Department;
    at.stands(field, &department)?;
    let step = StepName::Reassign;
    let from = at.case.stage.lead().cloned();
    let from = from.ok_or(Refusal::NothingToDecide { step })?;
    if from == department {
        let fault = Fault::IsTheLead;
        return Err(FieldFault { field, fault }.into());
    }
    let now = at.when.entered;
    let rules = at.book.rules_at(now);
    let urgency = at.case.placement.urgency;
    let complexity = at.case.complexity.unwrap_or(Complexity::Ordinary);
    let resolve = rules.resolve(urgency, complexity);
    Ok(vec![What::Reassigned(Reassigned {
        from,
        department,
        reason,
        parts: at.case.awaited_bodies(),
        take: Clock::start(ClockName::Take, now, rules.take(urgency), rules),
        resolve: Clock::start(ClockName::Resolve, now, resolve, rules),
    })])
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[
        Takes::needed(Field::Department, Kind::Body),
        Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    can: |at| recall::can_restart(at, StepName::Reassign),
    due: dispatch::take_due,
    read: |typed, reading| {
        let (department, reason) = (typed.get(Field::Department), typed.get(Field::Reason));
        let directory = &reading.book.directory;
        let (department, reason) = returning::named(department, reason, directory)?;
        Wish::step(Step::Reassign { department, reason })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reassigned {
    /// The body that had it.
    pub from: BodyCode,
    pub department: BodyCode,
    pub reason: Reason,
    /// Those whose parts end with it.
    pub parts: Vec<BodyCode>,
    pub take: Clock,
    pub resolve: Clock,
}

pub(in crate::order) static REASSIGNED: Happening<Reassigned> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, stage, _, _| match stage {
        Stage::InHand { .. } => Some(Stage::Dispatched {
            lead: it.department.clone(),
            taking: Taking::Waits {
                take: it.take.into(),
            },
            resolve: it.resolve.into(),
        }),
        _ => None,
    },
    // What the body before had asked for, or not sent out yet, ends with its time.
    apply: |_, order, event| {
        order.restart(event.happened_at);
        order.handler = None;
        order.co_asked = None;
        order.unapproved = None;
        order.to_mend = None;
    },
    told: |it, order| {
        let both = told::to_both(it, order).into_iter();
        both.chain(told::bodies(&it.parts)).collect()
    },
    json: |it, telling| {
        json!({
            "from": it.from,
            "department": it.department,
            "reason": it.reason,
            "bodies": (!telling.is_outside()).then_some(&it.parts),
            "take_due_at": telling.due(&it.take),
            "due_at": telling.due(&it.resolve),
        })
    },
};
