use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Reason;
use super::event::{Happening, Sight, What};
use super::stage::Stage;
use super::step::Step;
use super::told;
use super::wish::{Form, REASON, Wish};
use crate::refusal::Field;

/// The enterprise no longer asks for it.
pub(super) fn withdraw(reason: Reason) -> What {
    What::Withdrawn(Withdrawn { reason })
}

pub(super) static FORM: Form = Form {
    files: false,
    late: true,
    is_said: false,
    fields: &REASON,
    read: |typed, _| Step::withdraw(typed.get(Field::Reason)).map(Wish::Step),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub reason: Reason,
}

pub(super) static WITHDRAWN: Happening<Withdrawn> = Happening {
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
