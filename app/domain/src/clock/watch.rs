//! Clocks of a case as they stand, each with who answers for it.

use serde::{Deserialize, Serialize};

use super::{ClockName, Light, Term};
use crate::actor::BodyCode;
use crate::rulebook::Rulebook;
use crate::time::{Due, Instant};

/// A clock of a case that has not ended, and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    pub term: Term,
    /// The body that is late when it runs out; `None` is the centre.
    pub body: Option<BodyCode>,
    /// Of several clocks of one name which this is: the kind of case says what it counts.
    pub round: u16,
}

/// The clock that runs, with its times worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    pub name: ClockName,
    pub due: Due,
    pub yellow_at: Instant,
    /// The version of the rules that it keeps.
    pub rules: u32,
}

impl Running {
    pub fn of(term: &Term, book: &Rulebook) -> Self {
        Self {
            name: term.clock.name,
            due: term.due(&book.calendar),
            yellow_at: term.yellow(&book.calendar),
            rules: term.clock.rules,
        }
    }

    pub fn light(&self, now: Instant) -> Light {
        if now > self.due.at {
            Light::Red
        } else if now >= self.yellow_at {
            Light::Yellow
        } else {
            Light::Green
        }
    }
}
