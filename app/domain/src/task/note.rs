//! 沟通: what those whom a task concerns say to each other about it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, nothing, offices, stays};
use super::step::{Attempt, Form, Taken, TaskStep, step};
use crate::case::Late;
use crate::case::step::{always, never};
use crate::form::{Kind, Takes};
use crate::refusal::Field;
use crate::text::Prose;

pub(super) fn note(_: &Attempt<'_>, text: Prose<2000>) -> Taken {
    Ok(vec![Noted { text }.into()])
}

pub(super) static FORM: Form = Form {
    files: true,
    late: Late::Never,
    is_said: true,
    fields: &[Takes::needed(Field::Note, Kind::Prose(2000))],
    can: always,
    due: never,
    read: |typed, _| {
        let text = Prose::parse(Field::Note, typed.get(Field::Note))?;
        step(TaskStep::Note { text })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    pub text: Prose<2000>,
}

pub(super) static NOTED: Happening<Noted> = Happening {
    sight: offices,
    files: true,
    is_talk: true,
    stage: stays,
    apply: nothing,
    told: |_, case| {
        let owners = case.task.duty.addresses();
        owners.chain([case.task.source.address()]).collect()
    },
    json: |it, _| json!({"text": it.text}),
};
