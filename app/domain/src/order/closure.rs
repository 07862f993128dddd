use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, Sight, What, nothing};
use super::stage::Stage;
use super::step::Step;
use super::told;
use super::wish::{Form, Wish};

/// 销号.
pub(super) fn close() -> Vec<What> {
    vec![What::Closed(Closed)]
}

pub(super) static FORM: Form = Form {
    files: false,
    late: true,
    is_said: false,
    fields: &[],
    read: |_, _| Wish::step(Step::Close),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed;

pub(super) static CLOSED: Happening<Closed> = Happening {
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
