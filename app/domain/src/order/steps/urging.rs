//! 催办: an office asks the lead to be quicker. It moves nothing; the history keeps it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::order::event::{Happening, Sight, What, nothing, stays};
use crate::order::step::{Attempt, Step};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, REASON, Wish, always, never};
use crate::order::{Reason, told};
use crate::refusal::{Field, Refusal};

pub(in crate::order) fn urge(_: &Attempt<'_>, text: Reason) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Urged(Urged { text })])
}

impl Step {
    pub fn urge(text: &str) -> Result<Self, Refusal> {
        let text = Reason::parse(Field::Reason, text)?;
        Ok(Self::Urge { text })
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Never,
    is_said: true,
    fields: &REASON,
    can: always,
    due: never,
    read: |typed, _| Step::urge(typed.get(Field::Reason)).map(Wish::Step),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urged {
    pub text: Reason,
}

pub(in crate::order) static URGED: Happening<Urged> = Happening {
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
