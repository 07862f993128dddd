//! 记录: what was said, of a matter or of the meeting, and the papers for it. The
//! administration reads them; the draft of the minutes takes them up.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::agenda::on_it;
use super::event::{Happening, Sight, nothing, stays};
use super::step::{Attempt, MeetingStep, Taken, not_frozen};
use super::wish::{Form, matter, step};
use crate::case::Late;
use crate::case::step::never;
use crate::case::told::nobody;
use crate::form::{Kind, Takes};
use crate::order::Number;
use crate::refusal::{Faults, Field, Refusal};
use crate::text::Prose;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingNote {
    /// The matter that it is about; `None`: the meeting.
    pub matter: Option<Number>,
    pub text: Prose<2000>,
}

pub(super) fn note(at: &Attempt<'_>, note: MeetingNote) -> Taken {
    if let Some(matter) = note.matter {
        on_it(at.case, matter)?;
    }
    Ok(vec![Noted { note }.into()])
}

pub(super) static FORM: Form = Form {
    files: true,
    late: Late::Allowed,
    is_said: true,
    fields: &[
        Takes::optional(Field::Other, Kind::Order),
        Takes::needed(Field::Note, Kind::Prose(2000)),
    ],
    // What is found out while signed minutes are amended is written into them.
    can: |at| match at.case.minutes.amending() {
        Some(_) => Err(Refusal::MinutesFrozen),
        None => not_frozen(at),
    },
    due: never,
    read: |typed, _| {
        let mut faults = Faults::default();
        let matter = faults.keep(match typed.get(Field::Other).trim() {
            "" => Ok(None),
            _ => matter(typed).map(Some),
        });
        let text = faults.keep(Prose::parse(Field::Note, typed.get(Field::Note)));
        match (matter, text) {
            (Some(matter), Some(text)) => step(MeetingStep::Note(MeetingNote { matter, text })),
            (None, _) | (_, None) => Err(faults.refusal()),
        }
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    #[serde(flatten)]
    pub note: MeetingNote,
}

pub(super) static NOTED: Happening<Noted> = Happening {
    sight: |_| Sight::Offices,
    files: true,
    is_talk: true,
    stage: stays,
    apply: nothing,
    told: nobody,
    json: |it, _| {
        let matter = it.note.matter.map(|matter| matter.to_string());
        json!({"matter": matter, "text": it.note.text})
    },
};
