use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, Sight, What};
use super::stage::{Stage, Taking};
use super::step::{Attempt, Step};
use super::wish::{Form, Late, Wish};
use super::{returning, told};
use crate::refusal::Refusal;

/// 接单. The resolve clock has been running since dispatch.
pub(super) fn take(_: &Attempt<'_>) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Taken(Taken)])
}

pub(super) static FORM: Form = Form {
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

pub(super) static TAKEN: Happening<Taken> = Happening {
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
