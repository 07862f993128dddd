use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::order::event::{Happening, Sight, What};
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step};
use crate::order::wish::{Form, Late, REASON, Wish, never};
use crate::order::{Reason, express, task, told};
use crate::refusal::{Field, Refusal};

/// 不予受理, with the reason and where to go instead.
pub(in crate::order) fn decline(_: &Attempt<'_>, reason: Reason) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Declined(Declined { reason })])
}

impl Step {
    pub fn decline(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Decline { reason })
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: true,
    late: Late::Allowed,
    is_said: false,
    fields: &REASON,
    can: |at| {
        express::not_on_it(at.case)?;
        task::none_open(at.case, at.actor, at.book)
    },
    due: never,
    read: |typed, _| Step::decline(typed.get(Field::Reason)).map(Wish::Step),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    pub reason: Reason,
}

pub(in crate::order) static DECLINED: Happening<Declined> = Happening {
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
