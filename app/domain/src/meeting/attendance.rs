//! 签到: who came, as it is noted in the room, and mended until the minutes are signed.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, Sight, stays};
use super::guest::Guest;
use super::history::MeetingState;
use super::step::{Attempt, MeetingStep, Taken, fault, not_frozen};
use super::wish::{Form, step};
use crate::case::Late;
use crate::case::step::never;
use crate::case::told::nobody;
use crate::form::{Kind, Takes};
use crate::refusal::{Fault, Field};

pub(super) fn attend(at: &Attempt<'_>, guest: Guest, present: Option<bool>) -> Taken {
    if at.case.invitation(&guest).is_none() {
        return Err(fault(Field::Guest, Fault::Unknown));
    }
    Ok(vec![Attended { guest, present }.into()])
}

pub(super) static FORM: Form = Form {
    files: false,
    late: Late::Never,
    is_said: true,
    fields: &[
        Takes::needed(Field::Guest, Kind::Line(80)),
        // Neither takes back what was noted.
        Takes::optional(Field::Present, Kind::YesNo),
    ],
    can: not_frozen,
    due: never,
    read: |typed, _| {
        let guest = Guest::parse(typed.get(Field::Guest))?;
        let present = match typed.get(Field::Present) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        step(MeetingStep::Attend { guest, present })
    },
};

/// `None`: the note is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    pub guest: Guest,
    pub present: Option<bool>,
}

pub(super) static ATTENDED: Happening<Attended> = Happening {
    // Others read in the list of who was there, as it was signed.
    sight: |_| Sight::OwnRole,
    files: false,
    is_talk: true,
    stage: stays,
    apply: |it, meeting, _| {
        if let Some(invitation) = meeting.invitation_mut(&it.guest) {
            invitation.present = it.present;
        }
        if meeting.state == MeetingState::Ended {
            // Whoever signs has read the list as it is now.
            meeting.minutes.revision += 1;
        }
    },
    told: nobody,
    json: |it, _| json!({"guest": it.guest.code(), "present": it.present}),
};
