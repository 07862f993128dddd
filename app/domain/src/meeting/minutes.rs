//! 会议纪要: drafted from what was recorded, approved by the chair, numbered, frozen. What
//! is mended later is a new version.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, Sight, stays};
use super::guest::{Guest, Invitation};
use super::history::Meeting;
use super::step::{Attempt, MeetingStep, Taken, not_frozen};
use super::told;
use super::wish::{Form, MeetingWish, REASON, reason, step, whole};
use crate::case::Late;
use crate::case::step::never;
use crate::case::told::{Address, nobody};
use crate::form::{Kind, Takes};
use crate::refusal::{Field, Refusal};
use crate::text::{Prose, Reason};
use crate::time::Instant;

pub type MinutesText = Prose<20000>;

/// 〔2026〕3号: a serial of the year in which they were approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MinutesNumber {
    pub year: u16,
    pub serial: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Minutes {
    /// What is being written; `None` where the last version is approved.
    pub draft: Option<Draft>,
    /// Ascending; the last one holds.
    pub approved: Vec<Approved>,
    /// Why the next version is written.
    pub(super) amending: Option<Reason>,
    /// Counts every writing, so that nobody writes over another unseen.
    pub revision: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: MinutesText,
    pub at: Instant,
    /// Who wrote it last.
    pub by: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// From 1 on.
    pub version: u16,
    pub number: MinutesNumber,
    pub text: MinutesText,
    pub at: Instant,
    pub by: String,
    /// Why it takes the place of the version before it.
    pub why: Option<Reason>,
    /// Who was there, as it stood when it was approved.
    pub roll: Vec<Invitation>,
    /// Whether guests who are not recorded are named so.
    pub names_unrecorded: bool,
}

impl Minutes {
    pub fn number(&self) -> Option<MinutesNumber> {
        self.approved.last().map(|approved| approved.number)
    }

    /// Whether the last version is approved, and nothing is being written.
    pub fn is_frozen(&self) -> bool {
        !self.approved.is_empty() && self.amending.is_none()
    }

    /// Why the next version is written.
    pub fn amending(&self) -> Option<&Reason> {
        self.amending.as_ref()
    }

    /// Who was invited and came, as readers know it: what was signed, until the next version
    /// is. `None` where nothing is being written over what was signed.
    pub fn signed_roll(&self) -> Option<&[Invitation]> {
        let signed = self.approved.last().filter(|_| !self.is_frozen())?;
        Some(&signed.roll)
    }

    /// What a writer begins with.
    pub fn text(&self) -> Option<&MinutesText> {
        let draft = self.draft.as_ref().map(|draft| &draft.text);
        draft.or_else(|| self.approved.last().map(|approved| &approved.text))
    }
}

impl std::fmt::Display for MinutesNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "〔{}〕{}号", self.year, self.serial)
    }
}

pub(super) fn write(at: &Attempt<'_>, text: MinutesText, revision: u32) -> Taken {
    unmoved(at.case, revision)?;
    Ok(vec![MinutesWritten { text }.into()])
}

pub(super) fn approve(at: &Attempt<'_>, revision: u32, next: MinutesNumber) -> Taken {
    unmoved(at.case, revision)?;
    let number = at.case.minutes.number().unwrap_or(next);
    let names_unrecorded = true;
    Ok(vec![
        MinutesApproved {
            number,
            names_unrecorded,
        }
        .into(),
    ])
}

pub(super) fn amend(_: &Attempt<'_>, reason: Reason) -> Taken {
    Ok(vec![MinutesAmended { reason }.into()])
}

fn unmoved(meeting: &Meeting, revision: u32) -> Result<(), Refusal> {
    let current = meeting.minutes.revision;
    if current == revision {
        Ok(())
    } else {
        Err(Refusal::MinutesMoved { current })
    }
}

/// Who has the chair approves, and nobody else.
fn can_approve(at: &Attempt<'_>) -> Result<(), Refusal> {
    if at.actor.user != Some(at.case.plan.chair.user) {
        return Err(Refusal::NotTheChair);
    }
    not_frozen(at)?;
    match at.case.minutes.draft {
        Some(_) => Ok(()),
        None => Err(Refusal::NothingWritten),
    }
}

pub(super) static WRITE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: true,
    fields: &[
        Takes::needed(Field::Revision, Kind::Whole),
        Takes::needed(Field::MinutesText, Kind::Prose(MinutesText::MAX)),
    ],
    can: not_frozen,
    due: never,
    read: |typed, _| {
        let text = MinutesText::parse(Field::MinutesText, typed.get(Field::MinutesText))?;
        let revision = whole(typed, Field::Revision)?;
        step(MeetingStep::WriteMinutes { text, revision })
    },
};

pub(super) static APPROVE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: true,
    fields: &[Takes::needed(Field::Revision, Kind::Whole)],
    can: can_approve,
    due: never,
    read: |typed, _| {
        let revision = whole(typed, Field::Revision)?;
        Ok(MeetingWish::ApproveMinutes { revision })
    },
};

pub(super) static AMEND: Form = Form {
    files: false,
    late: Late::Never,
    is_said: true,
    fields: &[REASON],
    can: |at| match at.case.minutes.is_frozen() {
        true => Ok(()),
        false => Err(Refusal::NothingApproved),
    },
    due: never,
    read: |typed, _| {
        let reason = reason(typed)?;
        step(MeetingStep::AmendMinutes { reason })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesWritten {
    pub text: MinutesText,
}

pub(super) static WRITTEN: Happening<MinutesWritten> = Happening {
    sight: |_| Sight::OwnRole,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, event| {
        meeting.minutes.revision += 1;
        meeting.minutes.draft = Some(Draft {
            text: it.text.clone(),
            at: event.happened_at,
            by: event.by.name.clone(),
        });
    },
    told: |_, meeting| vec![Address::Person(meeting.plan.chair.user)],
    // What is being written is read where it is written.
    json: |_, _| json!({}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesApproved {
    pub number: MinutesNumber,
    /// Whether guests whose attendance was not recorded are named so on the paper;
    /// minutes of earlier versions counted them as absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub names_unrecorded: bool,
}

pub(super) static APPROVED: Happening<MinutesApproved> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, event| {
        let Some(draft) = meeting.minutes.draft.take() else {
            return;
        };
        let roll = meeting.invitations.clone();
        let version = meeting.minutes.approved.len() + 1;
        let why = meeting.minutes.amending.take();
        meeting.minutes.approved.push(Approved {
            version: u16::try_from(version).unwrap_or(u16::MAX),
            number: it.number,
            text: draft.text,
            at: event.happened_at,
            by: event.by.name.clone(),
            why,
            roll,
            names_unrecorded: it.names_unrecorded,
        });
    },
    // Enterprises read what was decided in their orders.
    told: |_, meeting| {
        let guests = meeting.plan.guests();
        let bodies = guests.filter(|guest| matches!(guest, Guest::Body(_)));
        bodies.map(told::address).chain([Address::Office]).collect()
    },
    json: |it, _| json!({"number": it.number.to_string()}),
};

/// A new version is begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesAmended {
    pub reason: Reason,
}

pub(super) static AMENDED: Happening<MinutesAmended> = Happening {
    // Readers read what was signed until the next version is.
    sight: |_| Sight::OwnRole,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, _| meeting.minutes.amending = Some(it.reason.clone()),
    told: nobody,
    json: |it, _| json!({"reason": it.reason}),
};
