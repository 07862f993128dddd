//! 关联: two orders that have to do with each other; neither moves.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What, stays};
use crate::order::merge::known_number;
use crate::order::step::{Attempt, StepName};
use crate::order::wish::{Form, Late, Wish, always, never};
use crate::order::{Number, told};
use crate::refusal::{Fault, Field, FieldFault, Refusal};

/// Orders that one order can be linked with.
const MOST: usize = 20;

pub(in crate::order) fn link(at: &Attempt<'_>, other: Number) -> Result<Vec<What>, Refusal> {
    let order = at.case;
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
    Ok(vec![What::Linked(Linked { other })])
}

pub(in crate::order) fn unlink(at: &Attempt<'_>, other: Number) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    if order.links.contains(&other) {
        Ok(vec![What::Unlinked(Unlinked { other })])
    } else {
        Err(Refusal::NothingToDecide {
            step: StepName::Unlink,
        })
    }
}

pub(in crate::order) static LINK: Form = Form {
    files: false,
    late: Late::Never,
    is_said: true,
    fields: &OTHER,
    can: always,
    due: never,
    read: |typed, _| {
        let other = known_number(typed.get(Field::Other))?;
        Ok(Wish::Link { other })
    },
};

pub(in crate::order) static UNLINK: Form = Form {
    files: false,
    late: Late::Never,
    is_said: true,
    fields: &OTHER,
    can: |at| at.needs(!at.case.links.is_empty(), StepName::Unlink),
    due: never,
    read: |typed, _| {
        let other = known_number(typed.get(Field::Other))?;
        Ok(Wish::Unlink { other })
    },
};

const OTHER: [Takes; 1] = [Takes::needed(Field::Other, Kind::Order)];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    pub other: Number,
}

pub(in crate::order) static LINKED: Happening<Linked> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: true,
    stage: stays,
    apply: |it, order, _| order.links.push(it.other),
    told: told::nobody,
    json: |it, _| json!({"order": it.other.to_string()}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlinked {
    pub other: Number,
}

pub(in crate::order) static UNLINKED: Happening<Unlinked> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: true,
    stage: stays,
    apply: |it, order, _| order.links.retain(|one| *one != it.other),
    told: told::nobody,
    json: |it, _| json!({"order": it.other.to_string()}),
};
