//! What becomes of a task, whoever gave it: it runs, its owner calls it done, whoever gave it
//! takes it for done or not. Parts of orders and tasks by themselves have it in common.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use super::duty::Duty;
use crate::actor::{BodyCode, RoleName};
use crate::case::Event;
use crate::case::told::Address;
use crate::clock::{Clock, ClockName, Light, Running, Term, Told, Watch};
use crate::codes::codes;
use crate::meeting::MeetingNumber;
use crate::rulebook::Rulebook;
use crate::text::{Line, Prose, Reason};
use crate::time::{Calendar, Due, Instant, Span};

/// Where a task comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// The mayor's office, without a meeting (交办).
    Instruction,
    /// The supervision office, by hand (督办).
    Supervision,
    Decision {
        meeting: MeetingNumber,
    },
}

/// A task with what became of it. Its number within its case is the event that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub seq: u32,
    pub source: Source,
    pub duty: Duty,
    pub basis: Option<Line<300>>,
    pub term: Term,
    pub given_at: Instant,
    /// What its owner said at last, when it called it done.
    pub report: Option<Report>,
    /// Why it was not taken for done, at last.
    pub not_done: Option<Reason>,
    pub end: Option<TaskEnd>,
    /// The version of the calendar when its clock stopped.
    stopped: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub at: Instant,
    pub text: Prose<2000>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskEnd {
    Done {
        at: Instant,
    },
    /// Another decision took its place.
    Replaced {
        at: Instant,
        by: u32,
    },
    /// Whoever gave it took it back.
    Withdrawn {
        at: Instant,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TaskState {
    Open,
    /// Its owner says that it is done; whoever gave it looks.
    Reported,
    Done,
    Replaced,
    Withdrawn,
}

codes!(TaskState);

/// A task with its times worked out: what lists show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLine {
    pub seq: u32,
    pub source: Source,
    pub duty: Duty,
    pub basis: Option<Line<300>>,
    pub given_at: Instant,
    pub due: Due,
    pub yellow_at: Instant,
    /// The version of the rules that its clock keeps.
    pub rules: u32,
    pub state: TaskState,
    /// When its clock stopped: reported, done, replaced or taken back.
    pub stopped_at: Option<Instant>,
    pub report: Option<Report>,
    pub not_done: Option<Reason>,
    /// The decision that took its place.
    pub replaced_by: Option<u32>,
}

impl Source {
    pub fn is_decision(self) -> bool {
        match self {
            Self::Decision { .. } => true,
            Self::Instruction | Self::Supervision => false,
        }
    }

    /// As what somebody gives a task by itself; `None` where they give none.
    pub fn of(giver: RoleName) -> Option<Self> {
        match giver {
            RoleName::Supervision => Some(Self::Supervision),
            RoleName::Office => Some(Self::Instruction),
            RoleName::Enterprise
            | RoleName::Centre
            | RoleName::Handler
            | RoleName::Head
            | RoleName::Township
            | RoleName::Deputy
            | RoleName::Mayor
            | RoleName::Leader
            | RoleName::SystemAdmin
            | RoleName::SecurityAdmin
            | RoleName::Auditor
            | RoleName::Clockwork => None,
        }
    }

    /// Whoever looks whether it is done.
    pub fn giver(self) -> RoleName {
        match self {
            Self::Supervision => RoleName::Supervision,
            Self::Instruction | Self::Decision { .. } => RoleName::Office,
        }
    }

    /// The same as somebody whom a level tells.
    pub(crate) fn told(self) -> Told {
        match self {
            Self::Supervision => Told::Supervision,
            Self::Instruction | Self::Decision { .. } => Told::Office,
        }
    }

    pub(crate) fn address(self) -> Address {
        match self {
            Self::Supervision => Address::Supervision,
            Self::Instruction | Self::Decision { .. } => Address::Office,
        }
    }
}

impl Task {
    pub(crate) fn given<W>(
        event: &Event<W>,
        source: Source,
        duty: &Duty,
        basis: Option<Line<300>>,
        clock: Clock,
    ) -> Self {
        Self {
            seq: event.seq,
            source,
            duty: duty.clone(),
            basis,
            term: clock.into(),
            given_at: event.happened_at,
            report: None,
            not_done: None,
            end: None,
            stopped: None,
        }
    }

    pub(crate) fn reported<W>(&mut self, event: &Event<W>, text: &Prose<2000>) {
        self.report = Some(Report {
            at: event.happened_at,
            text: text.clone(),
        });
        self.stopped = Some(event.calendar);
    }

    /// What was not done goes on, without the time in which it was looked at.
    pub(crate) fn decided<W>(&mut self, event: &Event<W>, done: bool, reason: Option<&Reason>) {
        let at = event.happened_at;
        if done {
            self.end = Some(TaskEnd::Done { at });
        } else if let Some(report) = self.report.take() {
            let (from, until) = (report.at, at);
            self.term.joined.push(Span { from, until });
            self.not_done = reason.cloned();
            self.stopped = None;
        }
    }

    pub(crate) fn replaced<W>(&mut self, event: &Event<W>) {
        let (at, by) = (event.happened_at, event.seq);
        self.end = Some(TaskEnd::Replaced { at, by });
        self.stopped.get_or_insert(event.calendar);
    }

    pub(crate) fn withdrawn<W>(&mut self, event: &Event<W>) {
        let at = event.happened_at;
        self.end = Some(TaskEnd::Withdrawn { at });
        self.stopped.get_or_insert(event.calendar);
    }

    /// A new version of the rules takes over its clock, where it runs and is that one.
    pub(crate) fn rerule(&mut self, clock: Clock) {
        let old = self.term.clock;
        let is_it = old.received == clock.received && old.limit == clock.limit;
        if is_it && self.state() == TaskState::Open {
            self.term.clock = clock;
        }
    }

    /// Its clock, where that runs.
    pub(crate) fn watch(&self, round: u16) -> Option<Watch> {
        (self.state() == TaskState::Open).then(|| Watch {
            term: self.term.clone(),
            body: Some(self.duty.owner.clone()),
            round,
        })
    }

    pub fn state(&self) -> TaskState {
        match (&self.end, &self.report) {
            (Some(TaskEnd::Done { .. }), _) => TaskState::Done,
            (Some(TaskEnd::Replaced { .. }), _) => TaskState::Replaced,
            (Some(TaskEnd::Withdrawn { .. }), _) => TaskState::Withdrawn,
            (None, Some(_)) => TaskState::Reported,
            (None, None) => TaskState::Open,
        }
    }

    /// Not done, and not replaced.
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Whether `body` owns it, or helps.
    pub fn concerns(&self, body: &BodyCode) -> bool {
        self.duty.concerns(body)
    }

    fn stopped_at(&self) -> Option<Instant> {
        let reported = self.report.as_ref().map(|report| report.at);
        match self.end {
            Some(TaskEnd::Done { at }) => reported.or(Some(at)),
            Some(TaskEnd::Replaced { at, .. } | TaskEnd::Withdrawn { at }) => {
                Some(reported.unwrap_or(at))
            }
            None => reported,
        }
    }

    /// Explained by the calendar of the time in which its clock stopped.
    pub fn due(&self, book: &Rulebook) -> Due {
        self.term.due(self.calendar(book))
    }

    fn calendar<'a>(&self, book: &'a Rulebook) -> &'a Calendar {
        match self.stopped {
            Some(version) => book.calendar_at(version),
            None => &book.calendar,
        }
    }

    pub fn line(&self, book: &Rulebook) -> TaskLine {
        TaskLine {
            seq: self.seq,
            source: self.source,
            duty: self.duty.clone(),
            basis: self.basis.clone(),
            given_at: self.given_at,
            due: self.due(book),
            yellow_at: self.term.yellow(self.calendar(book)),
            rules: self.term.clock.rules,
            state: self.state(),
            stopped_at: self.stopped_at(),
            report: self.report.clone(),
            not_done: self.not_done.clone(),
            replaced_by: match self.end {
                Some(TaskEnd::Replaced { by, .. }) => Some(by),
                Some(TaskEnd::Done { .. } | TaskEnd::Withdrawn { .. }) | None => None,
            },
        }
    }
}

impl TaskLine {
    pub fn running(&self) -> Running {
        Running {
            name: ClockName::Task,
            due: self.due,
            yellow_at: self.yellow_at,
            rules: self.rules,
        }
    }

    pub fn is_open(&self) -> bool {
        match self.state {
            TaskState::Open | TaskState::Reported => true,
            TaskState::Done | TaskState::Replaced | TaskState::Withdrawn => false,
        }
    }

    pub fn light(&self, now: Instant) -> Light {
        match self.state {
            TaskState::Open => self.running().light(now),
            TaskState::Reported | TaskState::Done | TaskState::Replaced | TaskState::Withdrawn => {
                Light::None
            }
        }
    }

    /// Whether its clock stopped after the deadline, or runs past it.
    pub fn is_late(&self, now: Instant) -> bool {
        match self.state {
            TaskState::Open | TaskState::Reported | TaskState::Done => {
                self.stopped_at.unwrap_or(now) > self.due.at
            }
            TaskState::Replaced | TaskState::Withdrawn => false,
        }
    }

    /// Whether `body` owns it, or helps.
    pub fn concerns(&self, body: &BodyCode) -> bool {
        self.duty.concerns(body)
    }
}
