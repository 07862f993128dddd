//! 议定事项与交办事项: what a meeting decided, or the mayor's office instructed, is a task
//! of a body, with a clock of its own. The order is not struck off before it is done
//! (mechanism 36).

use serde::{Deserialize, Serialize};
use serde_json::json;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::actor::{Actor, BodyCode};
use crate::clock::Running;
use crate::clock::Watch;
use crate::clock::{Clock, ClockName, Light, Term};
use crate::codes::codes;
use crate::form::{Kind, Takes};
use crate::meeting::MeetingNumber;
use crate::order::duty::Duty;
use crate::order::event::{Event, Happening, Sight, What, events};
use crate::order::history::Order;
use crate::order::stage::{Stage, StageName};
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, Wish, never, verdict};
use crate::order::{Reason, told};
use crate::refusal::{Fault, Faults, Field, FieldFault, OpenTask, Refusal};
use crate::rulebook::Rulebook;
use crate::text::{Line, Prose};
use crate::time::{Calendar, Due, Instant, Span};

/// Where a task comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// The mayor's office, without a meeting.
    Instruction,
    Decision {
        meeting: MeetingNumber,
    },
}

/// A task with what became of it. Its number within the order is the event that gave it.
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TaskState {
    Open,
    /// Its owner says that it is done; the mayor's office looks.
    Reported,
    Done,
    Replaced,
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
    /// When its clock stopped: reported, done or replaced.
    pub stopped_at: Option<Instant>,
    pub report: Option<Report>,
    pub not_done: Option<Reason>,
    /// The decision that took its place.
    pub replaced_by: Option<u32>,
}

/// A task of another order of the same matter, which this one waits for too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    pub main: crate::order::Number,
    pub task: u32,
    pub text: Prose<1000>,
    pub due: Instant,
}

impl Source {
    pub fn is_decision(self) -> bool {
        match self {
            Self::Decision { .. } => true,
            Self::Instruction => false,
        }
    }
}

impl Task {
    /// Its owner, and those who help.
    pub fn bodies(&self) -> impl Iterator<Item = &BodyCode> {
        std::iter::once(&self.duty.owner).chain(&self.duty.co_owners)
    }

    pub fn state(&self) -> TaskState {
        match (&self.end, &self.report) {
            (Some(TaskEnd::Done { .. }), _) => TaskState::Done,
            (Some(TaskEnd::Replaced { .. }), _) => TaskState::Replaced,
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
            Some(TaskEnd::Replaced { at, .. }) => Some(reported.unwrap_or(at)),
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

    fn line(&self, book: &Rulebook) -> TaskLine {
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
                Some(TaskEnd::Done { .. }) | None => None,
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
            TaskState::Done | TaskState::Replaced => false,
        }
    }

    pub fn light(&self, now: Instant) -> Light {
        match self.state {
            TaskState::Open => self.running().light(now),
            TaskState::Reported | TaskState::Done | TaskState::Replaced => Light::None,
        }
    }

    /// Whether its clock stopped after the deadline, or runs past it.
    pub fn is_late(&self, now: Instant) -> bool {
        self.state != TaskState::Replaced && self.stopped_at.unwrap_or(now) > self.due.at
    }

    /// Whether `body` owns it, or helps.
    pub fn concerns(&self, body: &BodyCode) -> bool {
        self.duty.concerns(body)
    }
}

impl Order {
    pub fn task(&self, seq: u32) -> Option<&Task> {
        self.tasks.iter().find(|task| task.seq == seq)
    }

    /// What it waits for before it can be struck off, as `reader` may know it: its own
    /// tasks, and those of the order that its matter is decided with. An enterprise knows
    /// of what a meeting decided about its order, and of nothing else.
    pub fn open_tasks(&self, reader: &Actor, book: &Rulebook) -> Vec<OpenTask> {
        let outside = reader.role.enterprise().is_some();
        let own = self.tasks.iter().filter(|task| task.is_open());
        let own = own.filter(|task| !outside || task.source.is_decision());
        let own = own.map(|task| OpenTask {
            text: task.duty.text.as_str().to_owned(),
            owner: Some(task.duty.owner.clone()),
            due: task.due(book).at,
        });
        let awaited = self.awaited.iter().filter(|_| !outside);
        let awaited = awaited.map(|awaited| OpenTask {
            text: awaited.text.as_str().to_owned(),
            owner: None,
            due: awaited.due,
        });
        own.chain(awaited).collect()
    }

    pub(in crate::order) fn has_open_tasks(&self) -> bool {
        self.tasks.iter().any(Task::is_open) || !self.awaited.is_empty()
    }

    /// The clocks of tasks that run; the round is the task's number.
    pub(in crate::order) fn task_watches(&self) -> impl Iterator<Item = Watch> {
        let running = self.tasks.iter().zip(0..);
        let running = running.filter(|(task, _)| task.state() == TaskState::Open);
        running.map(|(task, round)| Watch {
            term: task.term.clone(),
            body: Some(task.duty.owner.clone()),
            round,
        })
    }

    pub(in crate::order) fn task_lines(&self, book: &Rulebook) -> Vec<TaskLine> {
        self.tasks.iter().map(|task| task.line(book)).collect()
    }

    pub(in crate::order) fn give_task(
        &mut self,
        event: &Event,
        source: Source,
        duty: &Duty,
        basis: Option<Line<300>>,
        clock: Clock,
    ) {
        self.tasks.push(Task {
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
        });
    }

    pub(in crate::order) fn replace_task(&mut self, event: &Event, replaced: u32) {
        let (at, by) = (event.happened_at, event.seq);
        if let Some(task) = self.task_mut(replaced) {
            task.end = Some(TaskEnd::Replaced { at, by });
            task.stopped.get_or_insert(event.calendar);
        }
    }

    /// A new version of the rules took over the clocks of tasks that run.
    pub(in crate::order) fn rerule_tasks(&mut self, clock: Clock) {
        let same = |task: &&mut Task| {
            let old = task.term.clock;
            task.state() == TaskState::Open
                && old.received == clock.received
                && old.limit == clock.limit
        };
        for task in self.tasks.iter_mut().filter(same) {
            task.term.clock = clock;
        }
    }

    fn task_mut(&mut self, seq: u32) -> Option<&mut Task> {
        self.tasks.iter_mut().find(|task| task.seq == seq)
    }

    fn task_in(&self, seq: u32, state: TaskState) -> bool {
        let task = self.task(seq);
        task.is_some_and(|task| task.state() == state)
    }
}

/// Nothing is struck off, withdrawn or declined over an open task, named or not.
pub(in crate::order) fn none_open(
    order: &Order,
    actor: &Actor,
    book: &Rulebook,
) -> Result<(), Refusal> {
    if order.has_open_tasks() {
        let tasks = order.open_tasks(actor, book);
        return Err(Refusal::TasksOpen { tasks });
    }
    Ok(())
}

/// The tasks that the body of `actor` answers for and has not called done.
pub fn to_report<'a>(order: &'a Order, actor: &'a Actor) -> impl Iterator<Item = &'a Task> {
    let open = order.tasks.iter();
    let open = open.filter(|task| task.state() == TaskState::Open);
    open.filter(|task| actor.role.body() == Some(&task.duty.owner))
}

/// The tasks that their owners call done.
pub fn to_confirm(order: &Order) -> impl Iterator<Item = &Task> {
    let tasks = order.tasks.iter();
    tasks.filter(|task| task.state() == TaskState::Reported)
}

/// Which task: the event that gave it.
pub fn parse_number(text: &str) -> Result<u32, FieldFault> {
    crate::form::known(Field::Task, text, |text| text.trim().parse().ok())
}

pub(in crate::order) fn report(
    at: &Attempt<'_>,
    task: u32,
    text: Prose<2000>,
) -> Result<Vec<What>, Refusal> {
    let (order, actor) = (at.case, at.actor);
    if to_report(order, actor).any(|one| one.seq == task) {
        return Ok(vec![What::TaskReported(TaskReported { task, text })]);
    }
    Err(unknown())
}

/// With the last task done, what the enterprise was content with is struck off.
pub(in crate::order) fn confirm(
    at: &Attempt<'_>,
    task: u32,
    done: bool,
    reason: Option<Reason>,
) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    if !to_confirm(order).any(|one| one.seq == task) {
        return Err(unknown());
    }
    let open = order.tasks.iter().filter(|one| one.is_open());
    let others = open.filter(|one| one.seq != task).count() + order.awaited.len();
    let mut happened = vec![What::TaskDecided(TaskDecided { task, done, reason })];
    if done && others == 0 {
        happened.extend(closes(order));
    }
    Ok(happened)
}

/// Rated well while a task was open: struck off once nothing is.
pub(in crate::order) fn closes(order: &Order) -> Option<What> {
    match &order.stage {
        Stage::Replied {
            feedback: Some(feedback),
            ..
        } if !feedback.is_bad() => Some(What::Closed(events::Closed)),
        _ => None,
    }
}

/// Nothing is decided about what has ended.
pub(in crate::order) fn can_take(stage: StageName) -> bool {
    !stage.is_final()
}

fn unknown() -> Refusal {
    FieldFault {
        field: Field::Task,
        fault: Fault::Unknown,
    }
    .into()
}

impl Step {
    pub fn report_task(task: &str, text: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let task = faults.keep(parse_number(task));
        let text = faults.keep(Prose::parse(Field::ReplyText, text));
        match (task, text) {
            (Some(task), Some(text)) => Ok(Self::ReportTask { task, text }),
            _ => Err(faults.refusal()),
        }
    }

    /// `done` is `yes` or `no`; a reason is needed to say no.
    pub fn confirm_task(task: &str, done: &str, reason: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let task = faults.keep(parse_number(task));
        let verdict = match verdict(Field::Grant, done, reason) {
            Ok(verdict) => Some(verdict),
            Err(refusal) => {
                faults.gather(Err(refusal))?;
                None
            }
        };
        match (task, verdict) {
            (Some(task), Some((done, reason))) => Ok(Self::ConfirmTask { task, done, reason }),
            _ => Err(faults.refusal()),
        }
    }
}

pub(in crate::order) static REPORT: Form = Form {
    files: true,
    late: Late::Never,
    is_said: false,
    fields: &[
        Takes::needed(Field::Task, Kind::Event),
        Takes::needed(Field::ReplyText, Kind::Prose(2000)),
    ],
    can: |at| {
        let tasks = to_report(at.case, at.actor).next();
        at.needs(tasks.is_some(), StepName::ReportTask)
    },
    due: never,
    read: |typed, _| {
        Step::report_task(typed.get(Field::Task), typed.get(Field::ReplyText)).map(Wish::Step)
    },
};

pub(in crate::order) static CONFIRM: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[
        Takes::needed(Field::Task, Kind::Event),
        Takes::needed(Field::Grant, Kind::YesNo),
        Takes::optional(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    can: |at| {
        let tasks = to_confirm(at.case).next();
        at.needs(tasks.is_some(), StepName::ConfirmTask)
    },
    due: never,
    read: |typed, _| {
        Step::confirm_task(
            typed.get(Field::Task),
            typed.get(Field::Grant),
            typed.get(Field::Reason),
        )
        .map(Wish::Step)
    },
};

/// Its owner calls a task done; `task` is the event that gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskReported {
    pub task: u32,
    pub text: Prose<2000>,
}

pub(in crate::order) static TASK_REPORTED: Happening<TaskReported> = Happening {
    sight: |_| Sight::Offices,
    files: true,
    is_talk: false,
    stage: |it, stage, order, _| order.task_in(it.task, TaskState::Open).then_some(stage),
    apply: |it, order, event| {
        if let Some(task) = order.task_mut(it.task) {
            task.report = Some(Report {
                at: event.happened_at,
                text: it.text.clone(),
            });
            task.stopped = Some(event.calendar);
        }
    },
    told: |_, _| vec![Address::Office],
    json: |it, _| json!({"task": it.task, "text": it.text}),
};

/// The mayor's office takes it for done, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDecided {
    pub task: u32,
    pub done: bool,
    pub reason: Option<Reason>,
}

pub(in crate::order) static TASK_DECIDED: Happening<TaskDecided> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: |it, stage, order, _| {
        let reported = order.task_in(it.task, TaskState::Reported);
        reported.then_some(stage)
    },
    // What was not done goes on, without the time in which it was looked at.
    apply: |it, order, event| {
        let at = event.happened_at;
        let Some(task) = order.task_mut(it.task) else {
            return;
        };
        if it.done {
            task.end = Some(TaskEnd::Done { at });
        } else if let Some(report) = task.report.take() {
            let (from, until) = (report.at, at);
            task.term.joined.push(Span { from, until });
            task.not_done.clone_from(&it.reason);
            task.stopped = None;
        }
    },
    told: |it, order| {
        let task = order.task(it.task).into_iter();
        task.flat_map(|task| told::owners(&task.duty)).collect()
    },
    json: |it, telling| {
        let reason = it.reason.as_ref().filter(|_| !telling.is_outside());
        json!({"task": it.task, "done": it.done, "reason": reason})
    },
};
