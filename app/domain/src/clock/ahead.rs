//! 若不处理: what comes of the clocks of a case if nobody acts, and when, and who is told.

use serde::{Deserialize, Serialize};

use super::watch::{Running, Watch};
use super::{ClockName, Colour, Level, Told};
use crate::actor::BodyCode;
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

/// What comes after `now`, in the order of time: of the clocks that stand, beside what the
/// kind of case foresees itself.
pub fn ahead(
    mut foreseen: Vec<Foreseen>,
    standing: &[Watch],
    now: Instant,
    book: &Rulebook,
) -> Vec<Foreseen> {
    for watch in standing {
        of_clock(watch, book, &mut foreseen);
    }
    // A level whose time has come fires at the next sweep: it is not ahead any more.
    foreseen.retain(|foreseen| foreseen.at > now);
    foreseen.sort_by_key(|foreseen| foreseen.at);
    foreseen
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
