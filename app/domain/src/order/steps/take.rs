use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::order::event::{Happening, Sight, What};
use crate::order::stage::{Stage, Taking};
use crate::order::step::{Attempt, Step};
use crate::order::wish::{Form, Late, Wish};
use crate::order::{returning, told};
use crate::refusal::Refusal;

/// 接单. The resolve clock has been running since dispatch.
pub(in crate::order) fn take(_: &Attempt<'_>) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Taken(Taken)])
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[],
    can: |at| match returning::is_open(at.case) {
        true => Err(Refusal::AwaitsRuling),
        false => Ok(()),
    },
    due: |at| {
        let resolve = at.case.stage.resolving()?;
        Some(resolve.due(&at.book.calendar))
    },
    read: |_, _| Wish::step(Step::Take),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken;

pub(in crate::order) static TAKEN: Happening<Taken> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, stage, _, _| match stage {
        Stage::Dispatched {
            lead,
            resolve,
            taking: Taking::Waits { .. },
        } => Some(Stage::InHand { lead, resolve }),
        _ => None,
    },
    apply: |_, order, event| order.handler = event.by.user,
    told: told::nobody,
    json: |_, _| json!({}),
};
