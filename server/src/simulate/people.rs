//! Invented people: enterprises that order, a centre that is sometimes slow, bodies
//! that return, pause, extend, rework or go silent; and what befalls the program.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use domain::order::{
    Asked, Complexity, Number, Overview, PauseDraft, PauseWish, Rating, RatingLevel, Reply, Return,
    StageName, Step,
};
use domain::text::Prose;
use domain::{BodyCode, Field, Refusal};
use fastrand::Rng;

use super::life::{Act, BODIES, Life};
use super::oracle::{self, Minute, Oracle, day_number, reply_days};
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
    extensions: u32,
    objected: Option<bool>,
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
                extensions: 0,
                objected: None,
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

    /// Who does what next with an order; `None`: it is over.
    fn choose(&mut self, order: usize, read: Minute) -> Option<(&'static str, Step)> {
        let roll = self.rng.u8(0..100);
        let other = BODIES[self.rng.usize(0..BODIES.len())];
        let days = self.rng.u16(1..8);
        let case = &self.orders[order];
        let reason = || text("情况如此");
        let yes = |granted: bool| (granted, (!granted).then(reason));
        if roll == 99 && !matches!(case.stage, StageName::Replied) && !case.stage.is_final() {
            return Some(("firm", Step::Withdraw { reason: reason() }));
        }
        Some(match case.stage {
            StageName::Submitted if roll < 3 => ("centre", Step::Decline { reason: reason() }),
            StageName::Submitted => (
                "centre",
                Step::Dispatch {
                    department: BodyCode::new(case.lead),
                    complexity: complexity(case.complexity),
                },
            ),
            StageName::Dispatched if case.returned => (
                "centre",
                Step::Rule {
                    department: BodyCode::new(other),
                    reason: reason(),
                },
            ),
            StageName::Dispatched if roll < 12 => (
                case.lead,
                Step::Return(Return {
                    reason: reason(),
                    clause: text("三定方案第五条"),
                    propose: None,
                }),
            ),
            StageName::Dispatched => (case.lead, Step::Take),
            StageName::InHand | StageName::Rework => match case.asked {
                Some(_) if roll < 80 => {
                    let (granted, reason) = yes(roll < 60);
                    let who = if case.extensions == 0 {
                        "centre"
                    } else {
                        "deputy"
                    };
                    (who, Step::DecideExtension { granted, reason })
                }
                None if roll < 18 => {
                    let reason = reason();
                    (case.lead, Step::Extend(Asked { days, reason }))
                }
                Some(_) | None if roll < 40 => {
                    let supplement = roll.is_multiple_of(2);
                    let until = roll.is_multiple_of(3).then(|| after(read, i64::from(days)));
                    let draft = PauseDraft {
                        kind: if supplement { "supplement" } else { "special" }.into(),
                        reason: "情况如此".into(),
                        basis: "行政许可法".into(),
                        evidence: String::new(),
                        until: until.map(|day| day.to_string()).unwrap_or_default(),
                    };
                    (case.lead, Step::Pause(PauseWish::parse(&draft).ok()?))
                }
                Some(_) | None => (case.lead, reply()),
            },
            StageName::Paused => match case.objected {
                Some(_) if roll < 70 => {
                    let (upheld, reason) = yes(roll < 35);
                    ("centre", Step::DecideObjection { upheld, reason })
                }
                None if roll < 20 => ("firm", Step::Object { reason: reason() }),
                Some(_) | None if roll < 60 => (case.lead, Step::Resume),
                Some(_) | None => (case.lead, reply()),
            },
            // Silence; after the time to rate the centre strikes it off.
            StageName::Replied if roll < 30 => ("centre", Step::Close),
            StageName::Replied if case.cycle == 2 && roll > 90 => ("deputy", Step::Close),
            StageName::Replied => {
                let level = if roll < 55 {
                    RatingLevel::Dissatisfied
                } else {
                    RatingLevel::Satisfied
                };
                let comment = None;
                ("firm", Step::Rate(Rating { level, comment }))
            }
            StageName::Declined | StageName::Closed | StageName::Withdrawn => return None,
        })
    }

    /// Tells the oracle what was done; it does not see what the engine made of it.
    fn take_note(&mut self, order: usize, act: &Act, overview: &Overview, oracle: &mut Oracle) {
        let case = &mut self.orders[order];
        let at = act.happened.unwrap_or(act.now.max(case.last));
        case.last = at;
        case.acknowledged = overview.version;
        case.stage = overview.stage;
        let taking = oracle::taking(case.urgency);
        match &act.step {
            Step::Dispatch { .. } => {
                oracle.ends(order, "triage");
                oracle.starts(order, "take", at, taking);
                let days = reply_days(case.urgency, case.complexity);
                oracle.starts(order, "resolve", at, oracle::Limit::Days(days));
            }
            Step::Take => oracle.ends(order, "take"),
            Step::Return(_) => {
                case.returned = true;
                oracle.ends(order, "take");
                oracle.is_returned(order);
                oracle.starts(order, "ruling", at, oracle::Limit::Days(1));
            }
            Step::Rule { department, .. } => {
                case.returned = false;
                let lead = BODIES.iter().find(|body| **body == department.as_str());
                case.lead = lead.copied().unwrap_or(case.lead);
                oracle.ends(order, "ruling");
                oracle.starts(order, "take", at, taking);
            }
            Step::Pause(wish) => {
                case.objected = None;
                let days = match wish.kind.code() {
                    "supplement" => 10,
                    _ => 30,
                };
                oracle.pauses(order, at, days, wish.until);
            }
            Step::Resume => oracle.resumes(order, at),
            Step::Object { .. } => case.objected = Some(true),
            Step::DecideObjection { upheld, .. } => {
                // Decided: the pause cannot be objected to again.
                case.objected = None;
                if *upheld {
                    oracle.resumes(order, at);
                }
            }
            Step::Extend(asked) => case.asked = Some(asked.days),
            Step::DecideExtension { granted, .. } => {
                let days = case.asked.take().unwrap_or(0);
                if *granted {
                    case.extensions += 1;
                    oracle.extends(order, days.into());
                }
            }
            Step::Reply(_) => {
                case.asked = None;
                oracle.ends(order, "resolve");
                oracle.ends(order, "rework");
            }
            Step::Rate(_) if overview.stage == StageName::Rework => {
                case.cycle = 2;
                case.extensions = 0;
                oracle.is_sent_back(order);
                oracle.starts(order, "rework", at, oracle::Limit::Days(5));
            }
            _ => oracle.is_over(order),
        }
    }

    /// How long until somebody looks at the order again.
    fn next(&mut self, order: usize) -> Minute {
        let case = &self.orders[order];
        let (stage, urgency, kind) = (case.stage, case.urgency, case.complexity);
        match stage {
            StageName::InHand | StageName::Rework => {
                let days = i64::from(reply_days(urgency, kind));
                let most = days * DAY * 3 / 4;
                self.delay(30..most.max(DAY))
            }
            StageName::Paused => self.delay(HOUR..9 * DAY),
            StageName::Replied => self.delay(2 * HOUR..6 * DAY),
            _ => self.delay(10..500),
        }
    }

    /// Mostly in time, sometimes days later, rarely silent for weeks.
    fn delay(&mut self, usual: std::ops::Range<Minute>) -> Minute {
        match self.rng.u8(0..100) {
            0..80 => self.rng.i64(usual),
            80..95 => self.rng.i64(DAY..5 * DAY),
            _ => self.rng.i64(8 * DAY..40 * DAY),
        }
    }
}

fn reply() -> Step {
    match Reply::parse("solved", "已办结", "", "") {
        Ok(reply) => Step::Reply(reply),
        // The text is right; a refusal of it would show as an order never replied to.
        Err(_) => Step::Close,
    }
}

fn text(text: &str) -> Prose<500> {
    Prose::parse(Field::Reason, text).unwrap_or_else(|_| unreachable!("the text is right"))
}

fn complexity(code: &str) -> Complexity {
    Complexity::parse(code).unwrap_or(Complexity::Ordinary)
}

/// The day `days` after the one that a clock shows.
fn after(read: Minute, days: i64) -> NaiveDate {
    let days = u64::try_from(read.div_euclid(DAY) + days).unwrap_or(0);
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default();
    epoch.checked_add_days(Days::new(days)).unwrap_or(epoch)
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
