//! 议定事项与交办事项: what a meeting decided, or the mayor's office instructed, is a task
//! of a body, with a clock of its own. The order is not struck off before it is done
//! (mechanism 36).

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::Actor;
use crate::clock::{Clock, Watch};
use crate::form::{Kind, Takes};
use crate::order::Reason;
use crate::order::event::{Event, Happening, Sight, What, events};
use crate::order::history::Order;
use crate::order::stage::{Stage, StageName};
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, Wish, never, verdict};
use crate::refusal::{Fault, Faults, Field, FieldFault, OpenTask, Refusal};
use crate::rulebook::Rulebook;
use crate::task::{Duty, Source, Task, TaskLine, TaskState};
use crate::text::{Line, Prose};
use crate::time::Instant;

/// A task of another order of the same matter, which this one waits for too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    pub main: crate::order::Number,
    pub task: u32,
    pub text: Prose<1000>,
    pub due: Instant,
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
        running.filter_map(|(task, round)| task.watch(round))
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
        let task = Task::given(event, source, duty, basis, clock);
        self.tasks.push(task);
    }

    pub(in crate::order) fn replace_task(&mut self, event: &Event, replaced: u32) {
        if let Some(task) = self.task_mut(replaced) {
            task.replaced(event);
        }
    }

    /// A new version of the rules took over the clocks of tasks that run.
    pub(in crate::order) fn rerule_tasks(&mut self, clock: Clock) {
        self.tasks.iter_mut().for_each(|task| task.rerule(clock));
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
            task.reported(event, &it.text);
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
    apply: |it, order, event| {
        if let Some(task) = order.task_mut(it.task) {
            task.decided(event, it.done, it.reason.as_ref());
        }
    },
    told: |it, order| {
        let task = order.task(it.task).into_iter();
        task.flat_map(|task| task.duty.addresses()).collect()
    },
    json: |it, telling| {
        let reason = it.reason.as_ref().filter(|_| !telling.is_outside());
        json!({"task": it.task, "done": it.done, "reason": reason})
    },
};
