use serde::{Deserialize, Serialize};

use super::guest::{Answer, Guest};
use super::minutes::{MinutesNumber, MinutesText};
use super::number::MeetingNumber;
use super::plan::{Chair, Plan};
use crate::case;
use crate::order::Number;
use crate::text::Reason;

/// Something that happened to a meeting.
pub type MeetingEvent = case::Event<MeetingWhat>;

impl case::Happens for MeetingWhat {
    const KIND: &'static str = "meeting";
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MeetingWhat {
    Called {
        number: MeetingNumber,
        plan: Plan,
    },
    /// Who is not invited any more has answered nothing.
    Changed {
        plan: Plan,
        /// The day or the place is another one: whoever had answered is asked anew.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        asks_anew: bool,
    },
    Invited,
    Answered {
        guest: Guest,
        #[serde(flatten)]
        answer: Answer,
    },
    Reminded,
    PutOn {
        matter: Number,
        minutes: u16,
    },
    TakenOff {
        matter: Number,
    },
    MovedUp {
        matter: Number,
    },
    Opened,
    /// `None`: the note is taken back.
    Attended {
        guest: Guest,
        present: Option<bool>,
    },
    /// `decision` is the event of the order that holds it.
    Decided {
        matter: Number,
        decision: u32,
    },
    Deferred {
        matter: Number,
        reason: Reason,
    },
    Ended,
    /// Another has the chair: it is theirs to approve.
    ChairNamed {
        chair: Chair,
    },
    Cancelled {
        reason: Reason,
    },
    MinutesWritten {
        text: MinutesText,
    },
    MinutesApproved {
        number: MinutesNumber,
        /// Whether guests whose attendance was not recorded are named so on the paper;
        /// minutes of earlier versions counted them as absent.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        names_unrecorded: bool,
    },
    /// A new version is begun.
    MinutesAmended {
        reason: Reason,
    },
}

impl MeetingWhat {
    /// Whether the plan, the agenda or the state of the meeting is another one by it.
    pub fn moves(&self) -> bool {
        match self {
            Self::Answered { .. } | Self::Reminded | Self::Attended { .. } => false,
            Self::Called { .. }
            | Self::Changed { .. }
            | Self::Invited
            | Self::PutOn { .. }
            | Self::TakenOff { .. }
            | Self::MovedUp { .. }
            | Self::Opened
            | Self::Decided { .. }
            | Self::Deferred { .. }
            | Self::Ended
            | Self::ChairNamed { .. }
            | Self::Cancelled { .. }
            | Self::MinutesWritten { .. }
            | Self::MinutesApproved { .. }
            | Self::MinutesAmended { .. } => true,
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Self::Called { .. } => "called",
            Self::Changed { .. } => "changed",
            Self::Invited => "invited",
            Self::Answered { .. } => "answered",
            Self::Reminded => "reminded",
            Self::PutOn { .. } => "put_on",
            Self::TakenOff { .. } => "taken_off",
            Self::MovedUp { .. } => "moved_up",
            Self::Opened => "opened",
            Self::Attended { .. } => "attended",
            Self::Decided { .. } => "decided",
            Self::Deferred { .. } => "deferred",
            Self::Ended => "ended",
            Self::ChairNamed { .. } => "chair_named",
            Self::Cancelled { .. } => "cancelled",
            Self::MinutesWritten { .. } => "minutes_written",
            Self::MinutesApproved { .. } => "minutes_approved",
            Self::MinutesAmended { .. } => "minutes_amended",
        }
    }
}
