//! What pages are given: already worked out, named and masked by the server.

mod administration;
mod express;
pub mod form;
mod knowledge;
mod laid;
mod people;
mod tasks;
mod watch;

use domain::order::{
    Ask, ClockName, ExpressState, Level, Light, PauseKind, RatingLevel, StageName, StepName, Turn,
    Urgency,
};
use domain::time::Remaining;
use domain::{Instant, Named};
use serde::{Deserialize, Serialize};

use self::form::FormSheet;
use crate::components::fields::Choice;

pub use administration::*;
pub use express::*;
pub use knowledge::*;
pub use laid::Laid;
pub use people::*;
pub use tasks::*;
pub use watch::*;

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub number: String,
    pub title: String,
    pub enterprise: String,
    pub category: Named,
    pub urgency: Urgency,
    pub township: Named,
    pub project: Option<String>,
    pub placed_at: Instant,
    pub rating: Option<RatingLevel>,
    /// Whether other enterprises' orders are joined to it.
    pub is_collective: bool,
    pub stage: StageName,
    pub light: Light,
    pub turn: Turn,
    pub lead: Option<Named>,
    pub deadline: Option<Deadline>,
    /// Of the clock that is the reader's own beside that: of their part as a
    /// co-handler, or of the centre's time to call back.
    pub own: Option<Deadline>,
    pub escalation: Option<Level>,
    /// Where it stands with the mayor's express, as the reader may know of it.
    pub express: Option<ExpressState>,
    pub asks: Vec<Ask>,
    /// Where words were looked for and stand in the content: what stands around them.
    pub snippet: Option<String>,
}

/// The clock that runs, as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub clock: ClockName,
    pub at: Instant,
    pub provisional: bool,
    pub remaining: Remaining,
}

/// A list that somebody has narrowed and keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewSheet {
    pub id: i64,
    pub name: String,
    pub address: String,
    pub shared: bool,
    pub own: bool,
}

/// What a list is narrowed to, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    pub stage: String,
    pub light: String,
    pub department: String,
    pub category: String,
    pub township: String,
    pub urgency: String,
    pub rating: String,
    /// Placed from this day on, and until that day: `2026-11-25`.
    pub from: String,
    pub until: String,
    pub q: String,
    /// The number of a project.
    pub project: String,
    /// `mine`: only orders of projects that the reader is in charge of; else the number
    /// of an account.
    pub leader: String,
    /// `yes`: only what was returned.
    pub returned: String,
    /// `yes`: only what other enterprises' orders are joined to.
    pub collective: String,
    /// A state of the mayor's express.
    pub express: String,
    /// What a number of the city's page counts.
    pub measure: String,
    /// Only these orders, with blanks between.
    pub numbers: String,
    /// The columns that the list shows, with commas between; as usual where it is empty.
    pub columns: String,
    /// `all`: what words are found in is counted to the end.
    pub count: String,
    /// `mine`: only what waits for the reader; `lead`: as the lead.
    pub turn: String,
    /// `today`: only what is due today.
    pub due: String,
    /// `mine`: only what the reader has to decide.
    pub asks: String,
    /// `mine`: only what the reader's body is awaited with a part of.
    pub part: String,
    /// `awaited`: only those whose enterprise is to be called back; `late`: only those
    /// whose time for it has passed.
    pub call: String,
    /// `yes`: only what is not finished.
    pub open: String,
    pub after: String,
}

impl Query {
    /// Each by its name in the address.
    pub fn pairs(&self) -> [(&'static str, &String); 26] {
        [
            ("stage", &self.stage),
            ("light", &self.light),
            ("department", &self.department),
            ("category", &self.category),
            ("township", &self.township),
            ("urgency", &self.urgency),
            ("rating", &self.rating),
            ("from", &self.from),
            ("until", &self.until),
            ("q", &self.q),
            ("project", &self.project),
            ("leader", &self.leader),
            ("returned", &self.returned),
            ("collective", &self.collective),
            ("express", &self.express),
            ("measure", &self.measure),
            ("numbers", &self.numbers),
            ("columns", &self.columns),
            ("count", &self.count),
            ("turn", &self.turn),
            ("due", &self.due),
            ("asks", &self.asks),
            ("part", &self.part),
            ("call", &self.call),
            ("open", &self.open),
            ("after", &self.after),
        ]
    }
}

/// One order with everything its page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub row: Row,
    pub version: u32,
    pub content: String,
    pub township: Named,
    /// Who works on it in the lead body; not for enterprises.
    pub handler: Option<String>,
    pub contact_name: String,
    pub contact_phone: String,
    /// Whether one click would show the contact in full.
    pub can_unmask: bool,
    pub placed_at: Instant,
    /// Handed in at the hall, at that time.
    pub from_hall: bool,
    pub rating: Option<RatingLevel>,
    pub cycle: u8,
    /// What happens next and until when, in a sentence.
    pub next: String,
    pub history: Laid,
    pub pause: Option<PauseSheet>,
    pub cards: Vec<CardSheet>,
    /// What comes by itself.
    pub ahead: Vec<AheadLine>,
    /// The latest answer of the department.
    pub reply: Option<Line>,
    pub offers: Vec<Offer>,
    pub co_handlers: Vec<PartSheet>,
    /// What meetings decided and the mayor's office instructed.
    pub tasks: Vec<TaskSheet>,
    /// What meetings decided about it without a task.
    pub conclusions: Vec<String>,
    /// What was decided about like matters; only for offices.
    pub precedents: Vec<PrecedentSheet>,
    pub commitments: Vec<CommitmentSheet>,
    /// A reply that awaits its head; not for enterprises.
    pub unapproved: Option<(String, String)>,
    /// Whether the rating does not count, its appeal being upheld.
    pub set_aside: bool,
    /// Bodies that forms of the page name; only for who names one.
    pub bodies: Vec<Choice>,
    /// Orders that it has to do with.
    pub related: Vec<RelatedSheet>,
    /// Duplicates, perhaps; only for who dispatches it.
    pub alike: Vec<AlikeSheet>,
    /// Number and name of its project.
    pub project: Option<(String, String)>,
    /// The joint meeting at which it was placed, and whether the reader may open that.
    pub meeting: Option<(String, bool)>,
    /// Whether its reader is told of everything; `None` where they cannot be.
    pub watched: Option<bool>,
    /// Whether the reader can publish its reply as guidance.
    pub can_publish: bool,
    pub unsent: Vec<Unsent>,
    /// Files of the order itself.
    pub files: Vec<FileSheet>,
    pub waiting: Waiting,
}

/// Files that the reader has sent for the forms of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Waiting {
    pub files: Vec<FileSheet>,
    /// Megabytes of one at most.
    pub max: u16,
}

/// A co-handler's part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartSheet {
    pub body: Named,
    pub task: Option<String>,
    pub due: Instant,
    pub provisional: bool,
    pub replied_at: Option<Instant>,
    pub open: bool,
}

/// A file: of what is said, or waiting to go along with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSheet {
    pub id: i64,
    pub name: String,
    /// In bytes.
    pub size: u64,
    pub is_image: bool,
    pub has_preview: bool,
    /// Whether it is all there.
    pub whole: bool,
    /// The form that it waits for; empty where it hangs on something.
    pub form: String,
}

impl FileSheet {
    /// Whether it is shown as a small picture of itself: larger ones are looked at one by
    /// one.
    pub fn has_picture(&self) -> bool {
        self.is_image && self.size <= THUMBNAIL
    }
}

/// In bytes.
const THUMBNAIL: u64 = 2 * 1024 * 1024;

/// Something that happened, told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub at: Instant,
    /// Set where it was entered afterwards.
    pub entered_at: Option<Instant>,
    pub who: String,
    pub sentence: String,
    pub text: Option<String>,
    pub files: Vec<FileSheet>,
}

/// A step that the reader can take, or cannot take yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub step: StepName,
    pub label: String,
    /// Why it cannot be taken yet.
    pub not_yet: Option<String>,
    pub form: Option<FormSheet>,
}

/// Something that comes by itself, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AheadLine {
    pub at: Instant,
    pub provisional: bool,
    pub what: String,
}

/// A pause that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PauseSheet {
    pub kind: PauseKind,
    pub reason: String,
    pub basis: String,
    pub evidence: Option<String>,
    /// What the enterprise is to hand in.
    pub things: Vec<String>,
    pub from: Instant,
    pub until: Instant,
    pub provisional: bool,
    pub objection: Option<String>,
}

/// What the reader was typing into a form and has not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// Where the form is sent.
    pub form: String,
    pub typed: Vec<(String, String)>,
    pub at: Instant,
}

/// Something to be done, with the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    pub what: TodoName,
    pub title: String,
    /// When it is, or since when it waits.
    pub at: Option<Instant>,
    pub address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TodoName {
    AnswerInvitation,
    SignMinutes,
    WriteMinutes,
    AmendMinutes,
    SendInvitations,
    OpenMeeting,
    EndMeeting,
    LiftCard,
    ExplainCard,
    CallBack,
    Registration,
    ReportTask,
    ConfirmTask,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    pub what: TileName,
    pub count: u64,
    /// The list that the number opens into.
    pub address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileName {
    ToRate,
    ToSupplement,
    Open,
    All,
    ToDispatch,
    ToClose,
    ToTake,
    DueToday,
    Overdue,
    Rework,
    ToDecide,
    /// Parts that one's body is awaited with.
    ToCoHandle,
    /// Enterprises to be called back.
    ToCall,
    CallsLate,
    /// Promises that are followed, and those whose day has passed.
    Commitments,
    BrokenCommitments,
    CommonProblems,
    ToExplain,
    NewNotices,
    Registrations,
    CityDueToday,
    CityOverdue,
    Candidates,
    TasksMine,
    TasksToConfirm,
    TasksLate,
}
