use domain::meeting::{MeetingKind, MeetingState};
use domain::task::TaskState;
use domain::{Instant, Named};
use serde::{Deserialize, Serialize};

use super::form::FormSheet;
use super::{TaskSheet, Unsent};
use crate::components::fields::Choice;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefSheet {
    pub difficulty: String,
    pub tried: Option<String>,
    pub obstacle: Option<String>,
    pub stakes: Option<String>,
}

/// A decision about a like matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrecedentSheet {
    /// Number and title; `None` where the reader may not open the order.
    pub order: Option<(String, String)>,
    pub text: String,
    pub basis: Option<String>,
    pub owner: Named,
    pub given_at: Instant,
    pub state: TaskState,
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingRow {
    pub number: String,
    pub kind: MeetingKind,
    pub title: String,
    pub starts_at: Instant,
    pub place: String,
    pub chair: String,
    pub state: MeetingState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingsSheet {
    pub ahead: Vec<MeetingRow>,
    pub over: Vec<MeetingRow>,
    pub can_call: bool,
    /// The address of the reader's calendar, where they have made it just now.
    pub feed: Option<String>,
}

/// A meeting is called, or its plan is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSheet {
    pub is_new: bool,
    pub form: FormSheet,
    pub bodies: Vec<Choice>,
    pub unsent: Vec<Unsent>,
}

/// A matter that waits for a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingMatter {
    pub order: String,
    pub difficulty: String,
    /// Whether one has decided about it before.
    pub decided: bool,
    /// The meeting that has it on its agenda already: its number and when it is.
    pub on: Option<(String, Instant)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemSheet {
    pub order: String,
    /// Whether the reader may open the order.
    pub opens: bool,
    pub difficulty: String,
    pub enterprise: String,
    pub brief: Option<BriefSheet>,
    pub minutes: u16,
    pub state: ItemState,
    /// Why it was deferred.
    pub deferred: Option<String>,
    pub tasks: Vec<TaskSheet>,
    /// What was decided without a task.
    pub conclusions: Vec<String>,
    /// What can be written down about it, each in its place.
    pub forms: Vec<Option<FormSheet>>,
    /// The meeting that has decided about it since it was put on.
    pub elsewhere: Option<String>,
    /// Other meetings that have it on their agendas, and when they are.
    pub also_on: Vec<(String, Instant)>,
    pub precedents: Vec<PrecedentSheet>,
    /// Whether it is being deliberated.
    pub present: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    Open,
    Decided,
    Deferred,
    /// Another meeting has decided about it meanwhile.
    Elsewhere,
}

/// The minutes of a meeting, to be read and written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesSheet {
    pub row: MeetingRow,
    pub number: Option<String>,
    /// What is written, or was drafted from what was recorded.
    pub text: String,
    pub is_drafted: bool,
    /// Which version the text is, from 1.
    pub version: u16,
    pub revision: u32,
    /// Who saved the draft, and when.
    pub saved: Option<(String, Instant)>,
    pub frozen: bool,
    /// Whether the text and the names are as they were signed.
    pub signed: bool,
    pub amending: Option<String>,
    pub can_write: bool,
    /// To approve them, before the paper; and to amend them, behind it.
    pub approve: Option<FormSheet>,
    pub amend: Option<FormSheet>,
    pub versions: Vec<VersionSheet>,
    pub present: Vec<String>,
    pub excused: Vec<String>,
    /// Neither there nor excused, as noted in the room.
    pub absent: Vec<String>,
    /// Of whom it was not recorded whether they came.
    pub unrecorded: Vec<String>,
    /// 列席: enterprises, which do not deliberate.
    pub attending: Vec<String>,
    pub chair: String,
    pub unsent: Vec<Unsent>,
    /// What was being typed before the minutes were approved: not of this version.
    pub stale: Vec<Unsent>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionSheet {
    pub version: u16,
    pub at: Instant,
    pub by: String,
    pub why: Option<String>,
    /// Lines of the text, each as it is against the version before.
    pub lines: Vec<ChangedLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedLine {
    pub change: Change,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Same,
    Added,
    Removed,
}
