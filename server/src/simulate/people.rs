//! Invented people: enterprises that order, a centre that is sometimes slow, bodies
//! that return, pause, extend, rework or go silent; and what befalls the program.

mod deeds;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{Datelike, NaiveDate, Weekday};
use domain::Refusal;
use domain::order::{Number, StageName};
use fastrand::Rng;

use super::life::{Act, BODIES, Life};
use super::oracle::{self, Minute, Oracle, day_number};
use super::{Plan, SimulationError};

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
    /// What the clock of the system shows too much.
    offset: Minute,
    /// The program does not run until then.
    down_until: Minute,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Wake(usize),
    Sweep,
    Publish(i32),
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
    last: Minute,
    acknowledged: u32,
    tries: u32,
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
            offset: 0,
            down_until: begin,
            rng: rng.fork(),
        };
        for order in 0..plan.orders as usize {
            let placed = rng.i64(begin..end - 20 * DAY);
            let urgency = ["normal", "normal", "urgent", "critical"][rng.usize(0..4)];
            let complexity = ["ordinary", "ordinary", "complex", "enquiry"][rng.usize(0..4)];
            town.orders.push(Case {
                placed,
                number: None,
                urgency,
                complexity,
                stage: StageName::Submitted,
                lead: BODIES[rng.usize(0..BODIES.len())],
                returned: false,
                asked: None,
                parts: Vec::new(),
                extensions: 0,
                objected: None,
                supplement: false,
                promised: false,
                promise: 0,
                cycle: 1,
                last: placed,
                acknowledged: 0,
                tries: 0,
            });
            town.wake(order, placed);
        }
        town.at(begin, Event::Sweep);
        // 2025 and 2026 are there from the first; the next ones come as they come,
        // sometimes only when their year has begun.
        for year in 2027..=2025 + i32::from(plan.years) {
            let late = if plan.faults { 95 } else { 40 };
            let day = midnight(year - 1, 11, 10) + rng.i64(0..late) * DAY;
            town.at(day + 10 * HOUR, Event::Publish(year));
        }
        if plan.faults {
            town.at(begin + 5 * DAY, Event::Fault);
        }
        town
    }

    /// Every order that was acknowledged: which, its number, its version.
    pub fn placed(&self) -> impl Iterator<Item = (usize, Number, u32)> {
        let orders = self.orders.iter().enumerate();
        orders.filter_map(|(at, case)| Some((at, case.number?, case.acknowledged)))
    }

    pub fn live(&mut self, life: &mut Life, oracle: &mut Oracle) -> Result<(), SimulationError> {
        for notice in life.first_notices()? {
            life.publish(self.begin, &notice)?;
            oracle.publish(notice);
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
                Event::Sweep => {
                    let next = now + self.rng.i64(15..100);
                    self.at(next, Event::Sweep);
                    life.sweep(now + self.offset)?;
                    oracle.sweep(now + self.offset);
                }
                Event::Publish(year) => {
                    let notice = invented(year, &mut self.rng);
                    life.publish(now + self.offset, &notice)?;
                    oracle.publish(notice);
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
                let looks = self.rng.u32(1..4000);
                life.crash_while_sweeping(read, looks)?;
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
            case.acknowledged = placed.version;
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
        let Some((who, step)) = self.choose(order, read) else {
            return Ok(());
        };
        let is_office = who != "firm";
        let happened = (is_office && self.rng.u8(0..100) < 6)
            .then(|| read - self.rng.i64(1..3 * DAY))
            .filter(|happened| *happened >= self.orders[order].last);
        let act = Act {
            who,
            now: read,
            happened,
            number,
            step,
        };
        let crashes = self.faults && self.rng.u16(0..400) == 0;
        let refusal = if crashes {
            let before = life.overview(number)?.version;
            let looks = self.rng.u32(1..4000);
            life.crash_while_acting(&act, looks)?;
            let overview = life.overview(number)?;
            if overview.version > before {
                self.take_note(order, &act, &overview, oracle);
            }
            life.sweep(read)?;
            oracle.sweep(read);
            None
        } else {
            match life.act(&act)? {
                Ok(overview) => {
                    self.take_note(order, &act, &overview, oracle);
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
        let delay = self.next(order);
        self.wake(order, now + delay);
        Ok(())
    }
}

fn midnight(year: i32, month: u32, day: u32) -> Minute {
    let day = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    day_number(day) * DAY
}

/// A notice as the State Council could have written it: five breaks on working days,
/// some made up for on weekends.
fn invented(year: i32, rng: &mut Rng) -> Vec<(NaiveDate, bool)> {
    let mut days = std::collections::BTreeMap::new();
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
    days.into_iter().collect()
}
