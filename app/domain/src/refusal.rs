//! Why something was not done. Words for people are made of it elsewhere.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::actor::BodyCode;
use crate::directory::import::ListFault;
use crate::meeting::{MeetingState, MeetingStepName};
use crate::order::{Number, StageName, StepName};
use crate::rights::Action;
use crate::task::{TaskState, TaskStepName};
use crate::time::Instant;
use crate::time::notice::NoticeFault;
use chrono::NaiveDate;

/// Why the rules refuse a step.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Something typed cannot be right.
    #[error("{} fields are not right", faults.len())]
    Invalid { faults: Vec<FieldFault> },
    /// The order is theirs to see, the step is not theirs to do.
    #[error("{step:?} is not a step of this role")]
    NotYours { step: StepName },
    /// The order is not in a stage that allows the step.
    #[error("{step:?} is not possible in stage {stage:?}")]
    WrongStage { step: StepName, stage: StageName },
    /// Somebody was faster: the order has moved on since it was read.
    #[error("the order is at version {current} by now")]
    Changed { current: u32 },
    /// The enterprise may still rate; silence is not satisfaction.
    #[error("the enterprise can rate until {until}")]
    RatingOpen { until: Instant },
    /// Returned: the centre rules first.
    #[error("returned, and not ruled on yet")]
    AwaitsRuling,
    /// There is nothing of the kind that the step decides or answers.
    #[error("there is nothing to {step:?}")]
    NothingToDecide { step: StepName },
    /// Possible only until the deadline.
    #[error("{step:?} is possible until the deadline, {due}")]
    PastDeadline { step: StepName, due: Instant },
    /// The lead's deadline leaves no time for a part of it.
    #[error("no working time is left until the lead's deadline, {due}")]
    NoTimeLeft { due: Instant },
    /// An extension is asked in time.
    #[error("an extension could be asked until {until}")]
    AskedTooLate { until: Instant },
    /// One request of the lead at a time.
    #[error("something is asked for already")]
    AlreadyAsked,
    /// As often as the rules allow.
    #[error("{step:?} is possible {max} times")]
    NoMore { step: StepName, max: u16 },
    /// The rules have changed since the preview.
    #[error("the rules have changed since they were previewed")]
    RulesChanged,
    /// Other orders are joined to it, and are taken out first.
    #[error("other orders are joined to it")]
    HasMerged,
    /// A card waits for what its body says to it; elsewhere the body could not any more.
    #[error("a card is not explained")]
    CardOpen,
    /// It is due before the order that it is to be joined to, or more urgent.
    #[error("it comes before the order that it is to be joined to")]
    BeforeMain,
    /// One of several orders is not there, or not for this reader.
    #[error("no such order in sight")]
    OutOfSight,
    /// The key of a request came with another order before.
    #[error("the key has placed {number}, which says something else")]
    KeyUsed { number: Number },
    /// Of several orders some were refused, each with its reason.
    #[error("{} of several orders were refused", refused.len())]
    Several {
        done: usize,
        /// Not done in all: where one is refused, others may have to wait for it.
        left: usize,
        refused: Vec<(String, Box<Refusal>)>,
    },
    /// Not about one order, and not for this role.
    #[error("{action:?} is not for this role")]
    Forbidden { action: Action },
    /// What a meeting decided, or the mayor's office instructed, is not done yet.
    #[error("{} tasks are open", tasks.len())]
    TasksOpen { tasks: Vec<OpenTask> },
    /// The mayor's office has it in hand.
    #[error("it is on the mayor's express")]
    OnTheExpress,
    /// The meeting does not stand so that the step could be taken.
    #[error("{step:?} is not possible with a meeting that is {state:?}")]
    MeetingState {
        step: MeetingStepName,
        state: MeetingState,
    },
    /// The task does not stand so that the step could be taken.
    #[error("{step:?} is not possible with a task that is {state:?}")]
    TaskState {
        step: TaskStepName,
        state: TaskState,
    },
    /// Somebody was faster: the task is not as it was read.
    #[error("the task has moved on")]
    TaskMoved,
    /// The day of a task is moved while it has not passed.
    #[error("the day could be moved until {due}")]
    TaskPastDue { due: Instant },
    /// A meeting is not opened before its day.
    #[error("possible from {from} on")]
    NotYet { from: Instant },
    /// Only who has the chair approves minutes.
    #[error("only the chair approves minutes")]
    NotTheChair,
    /// Approved minutes are changed by a new version only.
    #[error("the minutes are approved")]
    MinutesFrozen,
    /// Somebody else has written meanwhile.
    #[error("the minutes are at revision {current} by now")]
    MinutesMoved { current: u32 },
    /// There are no approved minutes to amend.
    #[error("no minutes are approved")]
    NothingApproved,
    /// There is no draft to approve.
    #[error("no minutes are written")]
    NothingWritten,
    /// Somebody was faster: the meeting is not as it was read.
    #[error("the meeting has moved on")]
    MeetingMoved,
    /// A matter that was decided stays where it was decided.
    #[error("the matter is decided")]
    MatterDecided,
    /// Rated badly twice: the deputy mayor decides, not the centre.
    #[error("rated badly twice, which the deputy mayor decides")]
    WithDeputy,
}

/// A task that holds an order open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTask {
    pub text: String,
    /// `None`: of the matter that the order is decided with.
    pub owner: Option<BodyCode>,
    pub due: Instant,
}

/// One field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{field:?}: {fault:?}")]
pub struct FieldFault {
    pub field: Field,
    pub fault: Fault,
}

/// The fields that a person or a program fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    Title,
    Content,
    Category,
    Urgency,
    Township,
    Project,
    ProjectName,
    #[strum(serialize = "level")]
    ProjectLevel,
    /// The leader in charge of a project.
    Leader,
    /// Another order, by its number.
    Other,
    /// Several orders, by their numbers.
    Orders,
    TemplateTitle,
    /// That nothing private is left in a text.
    Cleared,
    /// A list of orders, as a file.
    Sheet,
    ContactName,
    ContactPhone,
    Department,
    Complexity,
    CoHandlers,
    CoHandler,
    /// What a co-handler is to do.
    Task,
    /// Why the lead replies without a co-handler.
    Without,
    /// That what looks like a blank of a template is meant so.
    Blanks,
    /// That a meeting ends although it is not recorded of everybody whether they came.
    Knowingly,
    /// That a meeting is on a day off.
    DayOff,
    /// That a meeting was held already.
    Held,
    /// Whether a guest came.
    Present,
    /// How many decisions about a matter the writer had read.
    Seen,
    /// Of minutes, as the writer had read them.
    Revision,
    /// What the enterprise said at the callback.
    Outcome,
    /// What it is to hand in.
    Things,
    Commitment,
    Attachments,
    /// What the enterprise said.
    #[strum(serialize = "comment")]
    Said,
    Message,
    Reason,
    #[strum(serialize = "kind")]
    ReplyKind,
    #[strum(serialize = "text")]
    ReplyText,
    #[strum(serialize = "until")]
    ReplyUntil,
    #[strum(serialize = "basis")]
    ReplyBasis,
    #[strum(serialize = "level")]
    RatingLevel,
    Comment,
    #[strum(serialize = "kind")]
    PauseKind,
    #[strum(serialize = "basis")]
    PauseBasis,
    #[strum(serialize = "until")]
    PauseUntil,
    Evidence,
    Clause,
    Propose,
    /// Working days.
    Days,
    Grant,
    Uphold,
    Card,
    Clock,
    /// A calendar, as CSV.
    Calendar,
    /// Bodies or categories, as CSV.
    List,
    /// The day from which rules apply.
    From,
    /// A row of the rules.
    Rule,
    /// Whether clocks that run are taken over.
    OpenOrders,
    Note,
    Version,
    HappenedAt,
    /// When something was handed in at the hall.
    ReceivedAt,
    #[strum(serialize = "name")]
    UserName,
    Password,
    NewPassword,
    /// The new password once more.
    Repeat,
    /// A one-time code.
    Code,
    #[strum(serialize = "enterprise")]
    EnterpriseName,
    CreditCode,
    /// As others see the person.
    Display,
    Phone,
    Role,
    Body,
    Successor,
    /// Whether a registration is approved.
    Approve,
    /// How a saved view is called.
    View,
    /// A difficulty in one sentence.
    Difficulty,
    /// What was tried.
    Tried,
    /// The clause or body that stands in the way.
    Obstacle,
    /// The money or the jobs at stake.
    Stakes,
    /// Who answers for a task, and who helps.
    Owner,
    CoOwners,
    /// Working days, or a day.
    Deadline,
    /// How one sees that it is done.
    Proof,
    /// What a body is to do.
    #[strum(serialize = "text")]
    TaskText,
    /// What a meeting holds of a matter, and in a word.
    Opinion,
    Verdict,
    /// What a decision rests on.
    Basis,
    /// The decision that another changes.
    Replaces,
    /// The meeting at which an order is placed.
    Meeting,
    #[strum(serialize = "kind")]
    MeetingKind,
    StartsAt,
    /// How long something takes.
    Minutes,
    Place,
    Chair,
    /// Who is invited.
    Bodies,
    Enterprises,
    Guest,
    Answer,
    Attendee,
    /// The text of minutes.
    #[strum(serialize = "text")]
    MinutesText,
    /// A value read back from the database.
    Stored,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    Empty,
    /// In characters.
    TooLong {
        max: usize,
        is: usize,
    },
    /// A character that turns the direction of writing, and where: line and character,
    /// both counted from 1.
    TurnsDirection {
        line: usize,
        at: usize,
    },
    /// None of the values that there are.
    Unknown,
    NotATelephone,
    /// A number of an exchange or a hotline: nobody can be called back at it.
    ShortTelephone,
    /// Of so many guests it is not recorded whether they came.
    NotRecorded {
        guests: usize,
    },
    /// Lines of a template that nobody has filled in.
    BlanksLeft {
        lines: Vec<String>,
    },
    NotADate,
    NotATime,
    NotANumber,
    /// A number, both ends included.
    OutOfRange {
        min: u16,
        max: u16,
    },
    InThePast,
    /// A meeting that is planned for a time that has passed.
    MeetingOver,
    /// The day on which something is given is not counted.
    TooEarly {
        earliest: NaiveDate,
    },
    InTheFuture,
    /// Before the step before it.
    BeforeTheLast {
        last: Instant,
    },
    /// Longer ago than so many working days.
    TooFarBack {
        days: u16,
    },
    /// Not for enterprises.
    OfficesOnly,
    /// This step cannot be entered late.
    NotLate,
    EndsBeforeItBegins,
    /// A pause ends on this day at the latest.
    BeyondCap {
        cap: NaiveDate,
    },
    /// An amount of the rules that is no number, or outside its range.
    Rule {
        name: String,
        min: u16,
        max: u16,
    },
    /// The levels of the ladder do not ascend.
    NotAscending,
    /// A row of a calendar; row 1 is the heading.
    Row {
        row: usize,
        wrong: NoticeFault,
    },
    /// A row of a list of bodies or categories, as its lines are numbered.
    ListRow {
        row: usize,
        wrong: ListFault,
    },
    /// 18 characters of those that the standard has.
    NotACreditCode,
    WrongCheckDigit,
    NotAnAccountName,
    /// An account or enterprise has it already.
    Taken,
    /// Neither so long, nor so long and of three kinds.
    WeakPassword {
        long: u16,
        mixed: u16,
    },
    /// Among those that are guessed first.
    CommonPassword,
    LikeTheName,
    /// One of the last so many.
    UsedBefore {
        last: u16,
    },
    NotTheSame,
    /// The present password, or a one-time code, is not right.
    Wrong,
    /// Nobody else would administer it.
    LastOne,
    /// One person does not hold both roles.
    NotTogether,
    /// Of the enterprise that they are invited to.
    AlreadyAMember,
    /// Done on the server itself only.
    OnTheServer,
    /// Nobody changes their own account so.
    NotOnesOwn,
    /// The colleague does not belong to the same body or enterprise.
    NotAColleague,
    /// A body that has a part already.
    Twice,
    /// The lead has no part beside the whole.
    IsTheLead,
    /// Co-handlers have not replied yet.
    PartsAreOpen,
    /// Filled in although the kind of reply has no place for it.
    NotOfThisKind,
    /// A file's name with folders in it, or such that it hides what it is.
    NotAFileName,
    /// None of the kinds of files that are taken.
    NotTaken {
        name: String,
    },
    /// A photograph as telephones keep it, which few office computers can show.
    NotTakenHeic {
        name: String,
    },
    /// A workbook with several lists: they are uploaded one by one.
    ManyLists,
    /// A picture of a kind that browsers do not show: to be saved as jpg.
    NotTakenPicture {
        name: String,
    },
    /// Another archive than zip.
    NotTakenArchive {
        name: String,
    },
    /// A file that opens with a password only, so that nobody can look into it.
    FileLocked {
        name: String,
    },
    /// A file, in megabytes.
    TooBig {
        max: u16,
    },
    EmptyFile,
    /// Unpacks to more than anybody needs.
    ArchiveBursts,
    /// Unpacks outside its folder.
    ArchiveEscapes,
    ArchiveLocked,
    ArchiveInArchive,
    ArchiveBroken,
    /// A file that is still on its way, or was not sent at all.
    NotUploaded,
    /// Files of one message, or things to hand in.
    TooMany {
        max: usize,
    },
    /// Files that wait for something to hang on, in megabytes.
    TooMuchWaits {
        max: u64,
    },
    /// The disk of the server.
    NoRoom,
    NotAProjectNumber,
    /// An order cannot be joined to, or linked with, itself.
    TheSame,
    /// A correction that changes nothing.
    Unchanged,
    /// A promise whose day has passed is kept, or stays broken.
    PromiseBroken,
    /// A field in braces that there is not.
    NoSuchSlot {
        name: String,
    },
    /// A file that no spreadsheet program wrote.
    NotASheet,
    /// Columns that a list must have and has not, beside its own headings.
    NoColumns {
        missing: Vec<String>,
        there: Vec<String>,
    },
    /// A list with more rows than are taken at once.
    TooManyRows {
        max: usize,
        is: usize,
    },
    /// A list without a row.
    NoRows,
    /// No enterprise of that name has an account; these have one like it.
    NoSuchEnterprise {
        name: String,
        near: Vec<String>,
    },
    /// Not a matter of the express that awaits a decision.
    NotAMatter,
    /// A matter twice in an agenda.
    OnTheAgenda,
    /// Asked about, and then allowed.
    DayOff,
}

impl From<FieldFault> for Refusal {
    fn from(fault: FieldFault) -> Self {
        Self::Invalid {
            faults: vec![fault],
        }
    }
}

/// Collects every fault of a form before refusing, so that one answer names all.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldFault>);

impl Faults {
    /// The value, or `None` with its fault kept.
    pub fn keep<T>(&mut self, parsed: Result<T, FieldFault>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(fault) => {
                self.0.push(fault);
                None
            }
        }
    }

    /// The faults of another refusal with these; what is refused for another reason is.
    pub fn gather(&mut self, checked: Result<(), Refusal>) -> Result<(), Refusal> {
        match checked {
            Err(Refusal::Invalid { faults }) => self.0.extend(faults),
            other => return other,
        }
        Ok(())
    }

    /// Refused where there is any.
    pub fn none(self) -> Result<(), Refusal> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    pub fn add(&mut self, field: Field, fault: Fault) {
        self.0.push(FieldFault { field, fault });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn refusal(self) -> Refusal {
        Refusal::Invalid { faults: self.0 }
    }
}

impl Field {
    /// The name of the field in forms and in the HTTP API.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
