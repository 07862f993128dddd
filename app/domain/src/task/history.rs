use thiserror::Error;

use super::course::Task;
use super::event::{TaskEvent, TaskWhat, events};
use super::number::TaskNumber;
use crate::actor::Actor;
use crate::case::Happens;
use crate::clock::ahead::{Fate, Foreseen, ahead};
use crate::clock::terms::{Timed, take_up};
use crate::clock::{Level, Watch};
use crate::rulebook::Rulebook;
use crate::text::Line;
use crate::time::Instant;

/// A task that is a case by itself, as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskCase {
    pub number: TaskNumber,
    pub title: Line<80>,
    pub task: Task,
    /// The number of its events.
    pub version: u32,
    /// How often its day was moved: each time its clock begins anew.
    pub(super) round: u16,
    /// The levels that have fired, each with the round in which.
    pub(super) fired: Vec<(u16, Level)>,
    /// The last event that moved something.
    moved: u32,
    /// When something of its course was last done.
    pub(super) last_step_at: Instant,
}

/// A history that the rules cannot have written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BrokenTask {
    #[error("a history begins with the giving of the task")]
    NoBeginning,
    #[error("event {seq} follows version {version}")]
    Gap { seq: u32, version: u32 },
    #[error("event {seq} cannot follow")]
    OutOfOrder { seq: u32 },
}

impl TaskCase {
    pub fn replay(events: &[TaskEvent]) -> Result<Self, BrokenTask> {
        let (first, rest) = events.split_first().ok_or(BrokenTask::NoBeginning)?;
        let TaskWhat::Given(events::Given {
            number,
            giving,
            clock,
        }) = &first.what
        else {
            return Err(BrokenTask::NoBeginning);
        };
        let basis = giving.basis.clone();
        let mut case = Self {
            number: *number,
            title: giving.title.clone(),
            task: Task::given(first, giving.source, &giving.duty, basis, *clock),
            version: first.seq,
            round: 0,
            fired: Vec::new(),
            moved: first.seq,
            last_step_at: first.happened_at,
        };
        for event in rest {
            case.apply(event)?;
        }
        Ok(case)
    }

    pub fn apply(&mut self, event: &TaskEvent) -> Result<(), BrokenTask> {
        let (seq, version) = (event.seq, self.version);
        if seq != version + 1 {
            return Err(BrokenTask::Gap { seq, version });
        }
        let state = event.what.stage(self.task.state(), self, event);
        event.what.apply(self, event);
        // What it says of where the task stands, and what that makes of it, are one.
        if state != Some(self.task.state()) {
            return Err(BrokenTask::OutOfOrder { seq });
        }
        self.version = seq;
        if !event.what.is_talk() {
            self.moved = seq;
            self.last_step_at = self.last_step_at.max(event.happened_at);
        }
        Ok(())
    }

    /// Whether `version` shows the task as it stands: what is only said moves nothing.
    pub fn stands_as_at(&self, version: u32) -> bool {
        (self.moved..=self.version).contains(&version)
    }

    /// The clocks that have not ended.
    pub fn standing(&self) -> Vec<Watch> {
        self.task.watch(self.round).into_iter().collect()
    }

    /// What comes after `now` if nobody acts, in the order of time.
    pub fn ahead(&self, now: Instant, book: &Rulebook) -> Vec<Foreseen> {
        let mut foreseen = ahead(Vec::new(), &self.standing(), now, book);
        for one in &mut foreseen {
            // Cards are given for orders.
            if let Fate::Level { card, .. } = &mut one.fate {
                *card = None;
            }
        }
        foreseen
    }

    /// Whether they are of the office that gave it.
    pub fn is_given_by(&self, actor: &Actor) -> bool {
        actor.role.name() == self.task.source.giver()
    }
}

/// The clocks that it has been under, in the order in which they started.
pub fn terms(events: &[TaskEvent]) -> Result<Vec<Timed>, BrokenTask> {
    let (first, rest) = events.split_first().ok_or(BrokenTask::NoBeginning)?;
    let mut case = TaskCase::replay(std::slice::from_ref(first))?;
    let mut timed = Vec::new();
    take_up(&mut timed, &case.standing(), 0, first);
    for event in rest {
        case.apply(event)?;
        take_up(&mut timed, &case.standing(), 0, event);
    }
    Ok(timed)
}
