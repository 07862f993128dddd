//! Invented people: enterprises that order, a centre that is sometimes slow, bodies
//! that return, pause, extend, rework or go silent; and what befalls the program.

mod operations;
pub(super) mod tasks;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use chrono::{Datelike, NaiveDate, Weekday};
use domain::Refusal;
use domain::order::{ExpressState, Number, Overview, StageName};
use domain::task::TaskNumber;
use fastrand::Rng;

use super::life::{Act, BODIES, Days, Life, Operation};
use super::oracle::{self, Minute, Oracle, day_number};
use super::{Plan, SimulationError};
use tasks::Tasks;

const HOUR: Minute = 60;
const DAY: Minute = 24 * HOUR;
/// Nobody tries the same order more often.
const TRIES: u32 = 80;

pub struct Town {
    rng: Rng,
    faults: bool,
    begin: Minute,
    end: Minute,
    queue: BinaryHeap<Reverse<(Minute, u64, Event)>>,
    queued: u64,
    orders: Vec<Case>,
    tasks: Tasks,
    /// The notices that are out.
    notices: BTreeMap<i32, Days>,
    /// What the clock of the system shows too much.
    offset: Minute,
    /// The program does not run until then.
    down_until: Minute,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Wake(usize),
    /// Of a task by itself.
    Task(usize),
    Sweep,
    Publish(i32),
    /// The notice of a year is read once more, as it was or mended.
    Reread(i32),
    Meet,
    CatchUp,
    Fault,
    ClockRight,
}

/// An order as its people know it.
struct Case {
    placed: Minute,
    number: Option<Number>,
    urgency: &'static str,
    complexity: &'static str,
    stage: StageName,
    lead: &'static str,
    returned: bool,
    asked: Option<u16>,
    /// Co-handlers who have not replied yet.
    parts: Vec<&'static str>,
    extensions: u32,
    objected: Option<bool>,
    /// Whether the pause waits for the enterprise.
    supplement: bool,
    /// Whether a promise is open, and the event that made it.
    promised: bool,
    promise: u32,
    cycle: u8,
    /// What it was joined to.
    merged_into: Option<usize>,
    express: Option<ExpressState>,
    tasks: Vec<Task>,
    last: Minute,
    acknowledged: u32,
    tries: u32,
}

/// What a body is to do, as its people know it.
struct Task {
    /// The event that gave it.
    seq: u32,
    owner: &'static str,
    reported: bool,
    /// Its number with the oracle.
    known: u32,
}

impl Case {
    /// What its page shows.
    fn see(&mut self, overview: &Overview) {
        self.acknowledged = overview.version;
        self.stage = overview.stage;
        self.express = overview.express.map(|(state, _)| state);
    }

    fn new(
        placed: Minute,
        urgency: &'static str,
        complexity: &'static str,
        lead: &'static str,
    ) -> Self {
        Self {
            placed,
            number: None,
            urgency,
            complexity,
            stage: StageName::Submitted,
            lead,
            returned: false,
            asked: None,
            parts: Vec::new(),
            extensions: 0,
            objected: None,
            supplement: false,
            promised: false,
            promise: 0,
            cycle: 1,
            merged_into: None,
            express: None,
            tasks: Vec::new(),
            last: placed,
            acknowledged: 0,
            tries: 0,
        }
    }
}

impl Town {
    pub fn new(plan: &Plan) -> Self {
        let mut rng = Rng::with_seed(plan.seed);
        let begin = midnight(2025, 1, 2) + 9 * HOUR;
        let end = midnight(2025 + i32::from(plan.years), 1, 2);
        let mut town = Self {
            faults: plan.faults,
            begin,
            end,
            queue: BinaryHeap::new(),
            queued: 0,
            orders: Vec::new(),
            tasks: Tasks::new(0, (begin, end), Rng::with_seed(plan.seed)).0,
            notices: BTreeMap::new(),
            offset: 0,
            down_until: begin,
            rng: rng.fork(),
        };
        for order in 0..plan.orders as usize {
            let placed = rng.i64(begin..end - 20 * DAY);
            let urgency = ["normal", "normal", "urgent", "critical"][rng.usize(0..4)];
            let complexity = ["ordinary", "ordinary", "complex", "enquiry"][rng.usize(0..4)];
            let lead = BODIES[rng.usize(0..BODIES.len())];
            town.orders
                .push(Case::new(placed, urgency, complexity, lead));
            town.wake(order, placed);
        }
        town.at(begin, Event::Sweep);
        town.at(begin + 25 * DAY + HOUR, Event::Meet);
        // 2025 and 2026 are there from the first; the next ones come as they come,
        // sometimes only when their year has begun.
        for year in 2027..=2025 + i32::from(plan.years) {
            let late = if plan.faults { 95 } else { 40 };
            let day = midnight(year - 1, 11, 10) + rng.i64(0..late) * DAY;
            town.at(day + 10 * HOUR, Event::Publish(year));
            // The older one read again takes nothing from the newer; a mended one does.
            for reread in [year - 1, year] {
                let later = day + rng.i64(1..30) * DAY;
                town.at(later + 15 * HOUR, Event::Reread(reread));
            }
        }
        if plan.faults {
            town.at(begin + 5 * DAY, Event::Fault);
        }
        let (tasks, times) = Tasks::new(plan.orders, (begin, end), rng);
        town.tasks = tasks;
        for (task, at) in times.into_iter().enumerate() {
            town.at(at, Event::Task(task));
        }
        town
    }

    /// Every order that was acknowledged: which, its number, its version.
    pub fn placed(&self) -> impl Iterator<Item = (usize, Number, u32)> {
        let orders = self.orders.iter().enumerate();
        orders.filter_map(|(at, case)| Some((at, case.number?, case.acknowledged)))
    }

    /// Every task by itself: its key with the oracle, its number, its version.
    pub fn given(&self) -> impl Iterator<Item = (usize, TaskNumber, u32)> {
        self.tasks.given()
    }

    pub fn live(&mut self, life: &mut Life, oracle: &mut Oracle) -> Result<(), SimulationError> {
        for (year, notice) in life.first_notices()? {
            life.publish(self.begin, &notice)?;
            oracle.publish(year, notice.iter().copied());
            self.notices.insert(year, notice);
        }
        while let Some(Reverse((now, _, event))) = self.queue.pop() {
            if now >= self.end {
                break;
            }
            if now < self.down_until {
                // Nobody is served; people come back later.
                let later = self.down_until + self.rng.i64(1..600);
                self.at(later, event);
                continue;
            }
            match event {
                Event::Wake(order) => self.act(order, now, life, oracle)?,
                Event::Task(task) => self.work_on(task, now, life, oracle)?,
                Event::Sweep => {
                    let next = now + self.rng.i64(15..100);
                    self.at(next, Event::Sweep);
                    life.sweep(now + self.offset)?;
                    oracle.sweep(now + self.offset);
                }
                Event::Publish(year) => {
                    let notice = invented(year, &mut self.rng);
                    life.publish(now + self.offset, &notice)?;
                    oracle.publish(year, notice.iter().copied());
                    self.notices.insert(year, notice);
                }
                Event::Reread(year) => {
                    let mut notice = self.notices.get(&year).cloned().unwrap_or_default();
                    if self.rng.bool() {
                        notice.retain(|(day, _)| day.year() == year);
                    }
                    life.publish(now + self.offset, &notice)?;
                    oracle.publish(year, notice);
                }
                Event::Meet => {
                    let next = now + self.rng.i64(12 * DAY..25 * DAY);
                    self.at(next, Event::Meet);
                    self.meet(now + self.offset, life, oracle)?;
                }
                Event::CatchUp => {
                    life.sweep(now + self.offset)?;
                    oracle.sweep(now + self.offset);
                }
                Event::Fault => self.befall(now, life, oracle)?,
                Event::ClockRight => self.offset = 0,
            }
        }
        Ok(())
    }

    fn at(&mut self, when: Minute, event: Event) {
        self.queued += 1;
        self.queue.push(Reverse((when, self.queued, event)));
    }

    fn wake(&mut self, order: usize, when: Minute) {
        self.at(when, Event::Wake(order));
    }

    /// Something happens to the program itself.
    fn befall(
        &mut self,
        now: Minute,
        life: &mut Life,
        oracle: &mut Oracle,
    ) -> Result<(), SimulationError> {
        let next = now + self.rng.i64(3 * DAY..20 * DAY);
        self.at(next, Event::Fault);
        let read = now + self.offset;
        match self.rng.u8(0..4) {
            0 => life.restart()?,
            1 => {
                // A standstill over hours or days; what fell due is caught up afterwards.
                self.down_until = now + self.rng.i64(HOUR..6 * DAY);
                life.restart()?;
                self.at(self.down_until, Event::CatchUp);
                return Ok(());
            }
            2 => {
                let row = self.rng.u32(1..40);
                life.crash_while_sweeping(read, row)?;
            }
            _ => {
                self.offset = self.rng.i64(-8 * HOUR..=8 * HOUR);
                let right = now + self.rng.i64(HOUR..DAY);
                self.at(right, Event::ClockRight);
                return Ok(());
            }
        }
        // The program sweeps before it serves anybody.
        life.sweep(read)?;
        oracle.sweep(read);
        Ok(())
    }

    fn act(
        &mut self,
        order: usize,
        now: Minute,
        life: &mut Life,
        oracle: &mut Oracle,
    ) -> Result<(), SimulationError> {
        let read = now + self.offset;
        let Some(number) = self.orders[order].number else {
            let case = &self.orders[order];
            let placed = life.place(read, case.urgency)?;
            let case = &mut self.orders[order];
            case.number = Some(placed.number);
            case.placed = read;
            case.last = read;
            case.see(&placed);
            oracle.starts(order, "triage", read, oracle::Limit::Days(1));
            let delay = self.delay(10..600);
            self.wake(order, now + delay);
            return Ok(());
        };
        let case = &mut self.orders[order];
        case.tries += 1;
        if case.tries > TRIES {
            return Ok(());
        }
        let Some((who, operation)) = self.choose(order, read, life)? else {
            return Ok(());
        };
        let is_office = who != "firm" && matches!(operation, Operation::Step(_));
        let happened = (is_office && self.rng.u8(0..100) < 6)
            .then(|| read - self.rng.i64(1..3 * DAY))
            .filter(|happened| *happened >= self.orders[order].last);
        let act = Act {
            who,
            now: read,
            happened,
            number,
            operation,
        };
        self.carry_out(order, &act, life, oracle)?;
        let delay = self.next(order);
        self.wake(order, now + delay);
        Ok(())
    }

    /// Does it, or crashes in the middle of it, and tells the oracle what stands.
    fn carry_out(
        &mut self,
        order: usize,
        act: &Act,
        life: &mut Life,
        oracle: &mut Oracle,
    ) -> Result<(), SimulationError> {
        let is_split = matches!(act.operation, Operation::Split(_));
        let crashes = self.faults && !is_split && self.rng.u16(0..400) == 0;
        let refusal = if crashes {
            let before = life.overview(act.number)?.version;
            let row = self.rng.u32(1..9);
            life.crash_while_acting(act, row)?;
            let overview = life.overview(act.number)?;
            if overview.version > before {
                self.take_note(order, act, &overview, oracle);
            }
            life.sweep(act.now)?;
            oracle.sweep(act.now);
            None
        } else {
            match life.act(act)? {
                Ok(overview) => {
                    self.take_note(order, act, &overview, oracle);
                    None
                }
                Err(store::Error::Refused(refusal)) => Some(refusal),
                Err(store::Error::NotFound) => None,
                Err(error) => return Err(error.into()),
            }
        };
        if let Some(Refusal::WrongStage { stage, .. }) = refusal {
            self.orders[order].stage = stage;
        }
        Ok(())
    }

    /// A meeting of the mayor's express: what was taken for a matter is decided, one by
    /// one, as tasks of bodies.
    fn meet(
        &mut self,
        read: Minute,
        life: &mut Life,
        oracle: &mut Oracle,
    ) -> Result<(), SimulationError> {
        let cases = self.orders.iter().enumerate();
        let matters = cases.filter(|(_, case)| case.express == Some(ExpressState::Matter));
        let matters: Vec<(usize, Number)> = matters
            .filter_map(|(order, case)| Some((order, case.number?)))
            .take(12)
            .collect();
        // It begins a minute later; in the last minute of a day that is not today.
        if matters.is_empty() || (read + 1) % DAY == 0 {
            return Ok(());
        }
        let numbers: Vec<Number> = matters.iter().map(|(_, number)| *number).collect();
        let (meeting, on_it) = life.open_meeting(read, &numbers)?;
        for (order, number) in matters {
            if !on_it.contains(&number) {
                self.orders[order].express = None;
                continue;
            }
            let act = Act {
                who: "office",
                now: read,
                happened: None,
                number,
                operation: match self.rng.u8(0..6) {
                    0 => Operation::Conclude {
                        meeting,
                        conclusion: operations::conclusion(),
                    },
                    _ => Operation::Decide {
                        meeting,
                        duty: self.duty(),
                    },
                },
            };
            self.carry_out(order, &act, life, oracle)?;
        }
        Ok(())
    }
}

fn midnight(year: i32, month: u32, day: u32) -> Minute {
    let day = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    day_number(day) * DAY
}

/// A notice as the State Council could have written it: five breaks on working days,
/// some made up for on weekends, sometimes with days of the December before.
fn invented(year: i32, rng: &mut Rng) -> Vec<(NaiveDate, bool)> {
    let mut days = BTreeMap::new();
    for month in [1, 2, 4, 5, 10] {
        let first = rng.u32(1..20);
        for day in first..first + rng.u32(1..6) {
            if let Some(date) = NaiveDate::from_ymd_opt(year, month, day) {
                days.insert(date, false);
            }
        }
        let before = NaiveDate::from_ymd_opt(year, month, 21).unwrap_or_default();
        let weekend = before.iter_days().take(7);
        let mut weekend =
            weekend.filter(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        if let Some(day) = weekend.nth(rng.usize(0..2)) {
            days.insert(day, true);
        }
    }
    if rng.bool() {
        for day in rng.u32(28..31)..=31 {
            let date = NaiveDate::from_ymd_opt(year - 1, 12, day).unwrap_or_default();
            days.insert(date, false);
        }
    }
    days.into_iter().collect()
}
