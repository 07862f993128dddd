//! 关联: two orders that have to do with each other; neither moves.

use super::Number;
use super::event::What;
use super::history::Order;
use super::merge::known_number;
use super::step::StepName;
use super::wish::{Form, Wish};
use crate::form::{Kind, Takes};
use crate::refusal::{Fault, Field, FieldFault, Refusal};

/// Orders that one order can be linked with.
const MOST: usize = 20;

pub(super) fn link(order: &Order, other: Number) -> Result<Vec<What>, Refusal> {
    let fault = |fault| {
        Refusal::from(FieldFault {
            field: Field::Other,
            fault,
        })
    };
    if other == order.number {
        return Err(fault(Fault::TheSame));
    }
    if order.links.contains(&other) {
        return Err(fault(Fault::Twice));
    }
    if order.links.len() >= MOST {
        return Err(fault(Fault::TooMany { max: MOST }));
    }
    Ok(vec![What::Linked { other }])
}

pub(super) fn unlink(order: &Order, other: Number) -> Result<Vec<What>, Refusal> {
    if order.links.contains(&other) {
        Ok(vec![What::Unlinked { other }])
    } else {
        Err(Refusal::NothingToDecide {
            step: StepName::Unlink,
        })
    }
}

pub(super) static LINK: Form = Form {
    files: false,
    late: false,
    is_said: true,
    fields: &OTHER,
    read: |typed, _| {
        let other = known_number(typed.get(Field::Other))?;
        Ok(Wish::Link { other })
    },
};

pub(super) static UNLINK: Form = Form {
    files: false,
    late: false,
    is_said: true,
    fields: &OTHER,
    read: |typed, _| {
        let other = known_number(typed.get(Field::Other))?;
        Ok(Wish::Unlink { other })
    },
};

const OTHER: [Takes; 1] = [Takes::needed(Field::Other, Kind::Order)];
