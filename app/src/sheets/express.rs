use domain::meeting::{MeetingKind, MeetingState, MeetingStepName};
use domain::order::{Counts, ExpressState, RatingLevel};
use domain::task::TaskState;
use domain::{Instant, Named};
use serde::{Deserialize, Serialize};

use super::form::FormSheet;
use super::{Laid, Row, TaskSheet, Unsent, Waiting};
use crate::components::fields::Choice;

/// What stands on the mayor's express.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpressSheet {
    pub candidates: Queue,
    pub matters: Queue,
    pub decided: Queue,
    pub concluded: Queue,
    pub sent_back: Queue,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    pub items: Vec<MatterSheet>,
    pub total: u64,
}

/// A candidate or a matter, with all that one decides by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterSheet {
    pub row: Row,
    pub state: ExpressState,
    pub since: Instant,
    /// Who put it forward, in words.
    pub by: String,
    pub brief: Option<BriefSheet>,
    /// Whoever holds it up, and since when they have had it.
    pub stuck_with: Option<Named>,
    pub stuck_since: Instant,
    /// Orders that are decided with it.
    pub joined: Vec<String>,
    pub tasks: Vec<TaskSheet>,
    /// The meetings whose agenda it stands on, and what became of it there, in words;
    /// empty where that is still to come.
    /// What meetings decided about it without a task.
    pub conclusions: Vec<String>,
    pub meetings: Vec<(MeetingRow, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefSheet {
    pub difficulty: String,
    pub tried: Option<String>,
    pub obstacle: Option<String>,
    pub stakes: Option<String>,
}

/// A decision about a like matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// A meeting with everything its page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingSheet {
    pub row: MeetingRow,
    pub version: u32,
    pub minutes: u16,
    /// What the whole agenda takes; `None` for who does not know all of it.
    pub planned_minutes: Option<u32>,
    /// Why it was called off.
    pub cancelled: Option<String>,
    pub agenda: Vec<ItemSheet>,
    pub guests: Vec<GuestSheet>,
    pub offers: Vec<MeetingStepName>,
    /// Of the meeting itself, each in its place.
    pub forms: Vec<Option<FormSheet>>,
    pub bodies: Vec<Choice>,
    /// What happened, as far as the reader sees it.
    pub history: Laid,
    /// Whether its reader is told of everything; `None` where they cannot be.
    pub watched: Option<bool>,
    pub paper: PaperState,
    /// Whether the reader can place an order at it.
    pub takes_order: bool,
    /// Orders that enterprises placed at it, as far as the reader may see them.
    pub placed: Laid,
    pub unsent: Vec<Unsent>,
    pub waiting: Waiting,
}

/// How far the minutes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperState {
    pub number: Option<String>,
    pub has_draft: bool,
    pub frozen: bool,
    /// Whether the reader can read them.
    pub readable: bool,
    pub writes: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    Open,
    Decided,
    Deferred,
    /// Another meeting has decided about it meanwhile.
    Elsewhere,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestSheet {
    /// As forms name it.
    pub code: String,
    pub name: String,
    /// `comes`, `substitute`, `excused`; empty: not answered; `None`: not for the reader.
    pub answer: Option<String>,
    pub attendee: Option<String>,
    pub reason: Option<String>,
    pub present: Option<bool>,
    /// Whether it is the reader's own.
    pub own: bool,
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

/// The city on one screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitySheet {
    pub at: Instant,
    /// The first day that the measures count from.
    pub since: chrono::NaiveDate,
    pub measures: Counts,
    /// How many stand there, and those that have waited longest.
    pub candidates: u64,
    pub matters: u64,
    pub decided: u64,
    pub waiting: Vec<CityMatter>,
    /// Bodies with overdue orders, the most first.
    pub reds: Vec<RedBody>,
    pub tasks_open: u64,
    pub tasks_late: u64,
    pub late: Vec<TaskSheet>,
    pub next: Option<MeetingRow>,
    /// Orders of the express that were settled this month.
    pub settled: Vec<String>,
    /// How their enterprises rated them.
    pub rated: Vec<(RatingLevel, u64)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityMatter {
    pub order: String,
    pub difficulty: String,
    pub state: ExpressState,
    /// Working days on the express.
    pub days: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedBody {
    /// Empty is the centre.
    pub code: String,
    pub body: Option<Named>,
    /// Overdue now.
    pub orders: u64,
    /// Deadlines missed in each of the last weeks, the present one last.
    pub weeks: Vec<u64>,
}

/// What a deputy mayor answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputySheet {
    /// Whether bodies are named; else all are shown.
    pub named: bool,
    pub bodies: Vec<StandingSheet>,
    pub coming: Vec<ComingSheet>,
    /// What the reader has to decide.
    pub decide: Laid,
    /// What waits for the reader otherwise.
    pub waits: Laid,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingSheet {
    pub name: Named,
    pub code: String,
    pub open: u64,
    pub overdue: u64,
    pub cards: u64,
    pub tasks: u64,
    pub late_tasks: u64,
    pub extensions: u64,
}

/// A matter that a meeting is to deliberate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComingSheet {
    pub order: String,
    pub title: String,
    pub body: Named,
    pub meeting: String,
    pub meeting_title: String,
    pub starts_at: Instant,
    /// Whether another meeting has decided about it.
    pub decided: bool,
}
