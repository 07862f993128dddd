use super::course::Task;
use super::event::{TaskEvent, TaskWhat, events};
use super::number::TaskNumber;
use crate::actor::Actor;
use crate::case::Happens;
use crate::case::history::{Broken, History, Position};
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
    position: Position,
    /// How often its day was moved: each time its clock begins anew.
    pub(super) round: u16,
    /// The levels that have fired, each with the round in which.
    pub(super) fired: Vec<(u16, Level)>,
}

impl History for TaskCase {
    fn begun(first: &TaskEvent) -> Option<Self> {
        let TaskWhat::Given(events::Given {
            number,
            giving,
            clock,
        }) = &first.what
        else {
            return None;
        };
        let basis = giving.basis.clone();
        Some(Self {
            number: *number,
            title: giving.title.clone(),
            task: Task::given(first, giving.source, &giving.duty, basis, *clock),
            position: Position::begun(first, first.happened_at),
            round: 0,
            fired: Vec::new(),
        })
    }

    fn position(&self) -> &Position {
        &self.position
    }

    fn position_mut(&mut self) -> &mut Position {
        &mut self.position
    }

    fn follow(&mut self, event: &TaskEvent) -> Option<()> {
        let state = event.what.stage(self.task.state(), self, event)?;
        event.what.apply(self, event);
        // What it says of where the task stands, and what that makes of it, are one.
        (state == self.task.state()).then_some(())
    }

    fn is_of_its_course(what: &TaskWhat) -> bool {
        !what.is_talk()
    }
}

impl TaskCase {
    /// The clocks that have not ended.
    pub fn standing(&self) -> Vec<Watch> {
        self.task.watch(self.round).into_iter().collect()
    }

    /// What comes after `now` if nobody acts, in the order of time.
    pub fn ahead(&self, now: Instant, book: &Rulebook) -> Vec<Foreseen> {
        let mut foreseen = ahead(Vec::new(), &self.standing(), now, book);
        for one in &mut foreseen {
            // Cards are given for orders; whoever gave it is told, too.
            if let Fate::Level { card, tells, .. } = &mut one.fate {
                *card = None;
                let giver = self.task.source.told();
                if !tells.contains(&giver) {
                    tells.push(giver);
                }
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
pub fn terms(events: &[TaskEvent]) -> Result<Vec<Timed>, Broken> {
    let (first, rest) = events.split_first().ok_or(Broken::NoBeginning)?;
    let mut case = TaskCase::replay(std::slice::from_ref(first))?;
    let mut timed = Vec::new();
    take_up(&mut timed, &case.standing(), 0, first);
    for event in rest {
        case.apply(event)?;
        take_up(&mut timed, &case.standing(), 0, event);
    }
    Ok(timed)
}
