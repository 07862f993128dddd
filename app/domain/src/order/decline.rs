use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Reason;
use super::event::{Happening, Sight, What};
use super::stage::Stage;
use super::step::Step;
use super::told;
use super::wish::{Form, REASON, Wish};
use crate::refusal::Field;

/// 不予受理, with the reason and where to go instead.
pub(super) fn decline(reason: Reason) -> Vec<What> {
    vec![What::Declined(Declined { reason })]
}

pub(super) static FORM: Form = Form {
    files: true,
    late: true,
    is_said: false,
    fields: &REASON,
    read: |typed, _| Step::decline(typed.get(Field::Reason)).map(Wish::Step),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    pub reason: Reason,
}

pub(super) static DECLINED: Happening<Declined> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |_, stage, _, _| match stage {
        Stage::Submitted { .. } => Some(Stage::Declined),
        _ => None,
    },
    apply: |_, order, _| order.let_all_go(),
    told: told::to_enterprise,
    json: |it, _| json!({"reason": it.reason}),
};
