//! Tasks by themselves: the supervision office gives them, bodies report on them in time, late
//! or never, and are sent back.

use domain::Refusal;
use domain::task::changing::NewDay;
use domain::task::{TaskNumber, TaskStep, TaskWhat};
use fastrand::Rng;

use super::operations::{said, text};
use super::{BODIES, DAY, Event, HOUR, Life, Minute, Oracle, SimulationError, Town};

/// With the oracle they are cases beside the orders, from here on.
const BESIDE: usize = 1_000_000_000;
/// One for so many orders.
const ORDERS: u32 = 15;
const TRIES: u32 = 40;

/// A task as its people know it.
pub(super) struct Given {
    number: Option<TaskNumber>,
    owner: &'static str,
    days: u16,
    reported: bool,
    /// Its number with the oracle, another each time that its day is moved.
    known: u32,
    last: Minute,
    acknowledged: u32,
    tries: u32,
}

/// All of them, with dice of their own: what befalls orders does not go by them.
pub(super) struct Tasks {
    rng: Rng,
    all: Vec<Given>,
}

impl Tasks {
    pub fn new(orders: u32, (begin, end): (Minute, Minute), mut rng: Rng) -> (Self, Vec<Minute>) {
        let (mut all, mut times) = (Vec::new(), Vec::new());
        for _ in 0..orders / ORDERS {
            times.push(rng.i64(begin..end - 20 * DAY));
            all.push(Given {
                number: None,
                owner: BODIES[rng.usize(0..BODIES.len())],
                days: rng.u16(1..9),
                reported: false,
                known: 0,
                last: 0,
                acknowledged: 1,
                tries: 0,
            });
        }
        (Self { rng, all }, times)
    }

    /// Each that was given: its key with the oracle, its number, its version.
    pub fn given(&self) -> impl Iterator<Item = (usize, TaskNumber, u32)> {
        let all = self.all.iter().enumerate();
        all.filter_map(|(at, task)| Some((BESIDE + at, task.number?, task.acknowledged)))
    }
}

impl Town {
    /// Somebody does something about a task, and comes back to it later.
    pub(super) fn work_on(
        &mut self,
        which: usize,
        now: Minute,
        life: &mut Life,
        oracle: &mut Oracle,
    ) -> Result<(), SimulationError> {
        let read = now + self.offset;
        let key = BESIDE + which;
        let Tasks { rng, all } = &mut self.tasks;
        let task = &mut all[which];
        task.tries += 1;
        let later = now + rng.i64(HOUR..4 * DAY);
        let at = read.max(task.last);
        let Some(number) = task.number else {
            task.number = Some(life.give(read, task.owner, task.days)?);
            task.last = read;
            task.known = oracle.gives_task(key, read, task.days.into());
            self.at(later, Event::Task(which));
            return Ok(());
        };
        if task.tries > TRIES {
            return Ok(());
        }
        let days = rng.u16(1..9);
        let roll = rng.u8(0..100);
        let (who, step) = match (task.reported, roll) {
            (true, 0..60) => (
                "supervision",
                TaskStep::Confirm {
                    done: true,
                    reason: None,
                },
            ),
            (true, _) => {
                let reason = Some(text("材料不全"));
                (
                    "supervision",
                    TaskStep::Confirm {
                        done: false,
                        reason,
                    },
                )
            }
            (false, 0..25) => (task.owner, TaskStep::Report { text: said() }),
            (false, 25..40) => {
                let day = NewDay {
                    days,
                    moved_from: None,
                };
                let reason = text("等上级资金");
                ("supervision", TaskStep::Reschedule { day, reason })
            }
            (false, 40..44) => {
                let reason = text("另案处理");
                ("supervision", TaskStep::Withdraw { reason })
            }
            (false, 44..55) => (task.owner, TaskStep::Note { text: said() }),
            (false, _) => {
                self.at(later, Event::Task(which));
                return Ok(());
            }
        };
        match life.on_task(who, read, number, step.clone())? {
            Ok(version) => task.acknowledged = version,
            // Its day has passed, and is not moved.
            Err(Refusal::TaskPastDue { .. }) => {
                self.at(later, Event::Task(which));
                return Ok(());
            }
            Err(refusal) => return Err(refusal.into()),
        }
        oracle.is_acted_on(key, at);
        task.last = at;
        match step {
            TaskStep::Report { .. } => {
                task.reported = true;
                oracle.reports_task(key, task.known, at);
            }
            TaskStep::Confirm { done, .. } => {
                task.reported = false;
                oracle.judges_task(key, task.known, at, done);
                if done {
                    return Ok(());
                }
            }
            TaskStep::Reschedule { .. } => {
                oracle.ends(key, "task");
                task.known = oracle.gives_task(key, at, days.into());
            }
            TaskStep::Withdraw { .. } => {
                oracle.is_over(key);
                return Ok(());
            }
            TaskStep::Note { .. } | TaskStep::Elapse => {}
        }
        self.at(later, Event::Task(which));
        Ok(())
    }
}

/// Whether the supervision office is told of it, as whoever gave the task.
pub(in crate::simulate) fn is_told(what: &TaskWhat) -> bool {
    match what {
        TaskWhat::Reported(_)
        | TaskWhat::Noted(_)
        | TaskWhat::Escalated(_)
        | TaskWhat::Moved(_) => true,
        TaskWhat::Given(_)
        | TaskWhat::Confirmed(_)
        | TaskWhat::Rescheduled(_)
        | TaskWhat::Withdrawn(_)
        | TaskWhat::Reruled(_) => false,
    }
}
