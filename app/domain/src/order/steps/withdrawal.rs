use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::order::event::{Happening, Sight, What};
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step};
use crate::order::wish::{Form, Late, REASON, Wish, never};
use crate::order::{Reason, pause, task, told};
use crate::refusal::{Field, Refusal};

/// The enterprise no longer asks for it.
pub(in crate::order) fn withdraw(at: &Attempt<'_>, reason: Reason) -> Result<Vec<What>, Refusal> {
    let withdrawn = What::Withdrawn(Withdrawn { reason });
    Ok(pause::closed_before(at.case, withdrawn))
}

impl Step {
    pub fn withdraw(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Withdraw { reason })
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &REASON,
    can: |at| task::none_open(at.case, at.actor, at.book),
    due: never,
    read: |typed, _| Step::withdraw(typed.get(Field::Reason)).map(Wish::Step),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub reason: Reason,
}

pub(in crate::order) static WITHDRAWN: Happening<Withdrawn> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, stage, _, _| {
        let open = !stage.name().is_final() && stage.pause().is_none();
        let lead = stage.lead().cloned();
        open.then_some(Stage::Withdrawn { lead })
    },
    apply: |_, order, event| {
        order.void_commitments(event.happened_at);
        order.let_all_go();
    },
    told: told::nobody,
    json: |it, _| json!({"reason": it.reason}),
};
