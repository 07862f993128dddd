//! 若不处理: what happens to an order if nobody acts, and when, and who is told.

use serde::{Deserialize, Serialize};

use super::history::Order;
use super::overview::Running;
use super::watch::Watch;
use crate::actor::BodyCode;
use crate::clock::{ClockName, Colour, Level, Term, Told};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// Something that comes by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreseen {
    pub at: Instant,
    /// 暂定: a year that it rests on has no published calendar yet.
    pub provisional: bool,
    pub clock: ClockName,
    /// Whose clock it is; `None` is the centre.
    pub body: Option<BodyCode>,
    pub fate: Fate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Fate {
    /// A pause ends by its cap; the clock runs again.
    Resumes,
    Yellow,
    /// The deadline passes.
    Red,
    Level {
        level: Level,
        card: Option<Colour>,
        tells: Vec<Told>,
    },
    /// The time to rate ends in silence.
    WindowEnds,
}

impl Order {
    /// What comes after `now` if nobody acts, in the order of time.
    pub fn ahead(&self, now: Instant, book: &Rulebook) -> Vec<Foreseen> {
        let mut foreseen = Vec::new();
        if self.merged_into().is_some() {
            // It stands still; what comes, comes to the main order.
            return foreseen;
        }
        if let (Some(pause), Some(term)) = (self.stage.pause(), self.stage.cycle()) {
            foreseen.push(Foreseen {
                at: pause.until,
                provisional: !book.calendar.is_settled_at(pause.until),
                clock: term.clock.name,
                body: self.stage.lead().cloned(),
                fate: Fate::Resumes,
            });
        }
        for watch in self.standing() {
            of_clock(&watch, book, &mut foreseen);
        }
        later(foreseen, now)
    }
}

impl Running {
    pub(super) fn of(term: &Term, book: &Rulebook) -> Self {
        Self {
            name: term.clock.name,
            due: term.due(&book.calendar),
            yellow_at: term.yellow(&book.calendar),
            rules: term.clock.rules,
        }
    }
}

fn of_clock(watch: &Watch, book: &Rulebook, foreseen: &mut Vec<Foreseen>) {
    let running = Running::of(&watch.term, book);
    let mut add = |at: Instant, fate| {
        foreseen.push(Foreseen {
            at,
            provisional: running.due.provisional || !book.calendar.is_settled_at(at),
            clock: running.name,
            body: watch.body.clone(),
            fate,
        });
    };
    if !running.name.binds_a_body() {
        add(running.due.at, Fate::WindowEnds);
        return;
    }
    add(running.yellow_at, Fate::Yellow);
    add(running.due.at, Fate::Red);
    let rungs = book.rules(running.rules).ladder.iter();
    for rung in rungs.filter(|_| running.name.climbs()) {
        add(
            watch.term.past(&book.calendar, rung.days_past),
            Fate::Level {
                level: rung.level,
                card: rung.card,
                tells: rung.tells.clone(),
            },
        );
    }
}

/// A level whose time has come fires at the next sweep: it is not ahead any more.
fn later(mut foreseen: Vec<Foreseen>, now: Instant) -> Vec<Foreseen> {
    foreseen.retain(|foreseen| foreseen.at > now);
    foreseen.sort_by_key(|foreseen| foreseen.at);
    foreseen
}
