//! The enterprise is told of a pause and may object to it; the centre decides.

use super::Reason;
use super::event::What;
use super::history::Order;
use super::step::Step;
use super::step::StepName;
use super::wish::{Form, REASON, UPHOLD, Wish};
use crate::refusal::Field;
use crate::refusal::Refusal;

pub(super) fn object(reason: Reason) -> Vec<What> {
    vec![What::Objected { reason }]
}

/// Upheld, the pause ends at once; the working days it has taken out stay out.
pub(super) fn decide(upheld: bool, reason: Option<Reason>) -> Vec<What> {
    let decided = What::ObjectionDecided { upheld, reason };
    if upheld {
        vec![decided, What::Resumed]
    } else {
        vec![decided]
    }
}

/// One objection to each pause.
pub(super) fn can_object(order: &Order) -> Result<(), Refusal> {
    match order.stage.pause() {
        Some(pause) if pause.objection.is_some() => Err(Refusal::NoMore {
            step: StepName::Object,
            max: 1,
        }),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn is_open(order: &Order) -> bool {
    let objection = order.stage.pause().and_then(|p| p.objection.as_ref());
    objection.is_some_and(|objection| objection.upheld.is_none())
}

pub(super) static OBJECT: Form = Form {
    files: true,
    late: true,
    is_said: false,
    fields: &REASON,
    read: |typed, _| Step::object(typed.get(Field::Reason)).map(Wish::Step),
};

pub(super) static DECIDE: Form = Form {
    files: false,
    late: false,
    is_said: false,
    fields: &UPHOLD,
    read: |typed, _| {
        Step::decide_objection(typed.get(Field::Uphold), typed.get(Field::Reason)).map(Wish::Step)
    },
};
