use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::order::event::{Happening, Sight, What, nothing};
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step};
use crate::order::wish::{Form, Late, Wish, never};
use crate::order::{task, told};
use crate::refusal::Refusal;

/// 销号.
pub(in crate::order) fn close(_: &Attempt<'_>) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Closed(Closed)])
}

/// With the enterprise's confirmation, or when its time to rate has passed in silence, or,
/// rated badly twice, by those it was carried to.
fn may_close(at: &Attempt<'_>) -> Result<(), Refusal> {
    task::none_open(at.case, at.actor, at.book)?;
    match &at.case.stage {
        Stage::Replied {
            window,
            feedback: None,
            ..
        } if at.actor.role.enterprise().is_none() => {
            let until = window.due(&at.book.calendar).at;
            if at.now() <= until {
                return Err(Refusal::RatingOpen { until });
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[],
    can: may_close,
    due: never,
    read: |_, _| Wish::step(Step::Close),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed;

pub(in crate::order) static CLOSED: Happening<Closed> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, stage, _, _| match stage {
        Stage::Replied {
            lead,
            reply,
            feedback,
            ..
        } => Some(Stage::Closed {
            lead,
            reply,
            rating: feedback.and_then(|feedback| feedback.rating().cloned()),
        }),
        _ => None,
    },
    apply: nothing,
    told: told::nobody,
    json: |_, _| json!({}),
};
