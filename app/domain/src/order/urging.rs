//! 催办: an office asks the lead to be quicker. It moves nothing; the history keeps it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Reason;
use super::event::{Happening, Sight, What, nothing, stays};
use super::step::Step;
use super::told::{self, Address};
use super::wish::{Form, REASON, Wish};
use crate::refusal::Field;

pub(super) fn urge(text: Reason) -> Vec<What> {
    vec![What::Urged(Urged { text })]
}

pub(super) static FORM: Form = Form {
    files: false,
    late: false,
    is_said: true,
    fields: &REASON,
    read: |typed, _| Step::urge(typed.get(Field::Reason)).map(Wish::Step),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urged {
    pub text: Reason,
}

pub(super) static URGED: Happening<Urged> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: true,
    stage: stays,
    apply: nothing,
    told: |_, order| {
        let head = order.stage.lead().cloned().map(Address::Head);
        told::lead(order).chain(head).collect()
    },
    json: |it, _| json!({"reason": it.text}),
};
