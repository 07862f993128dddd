//! What the city is measured by (domain rules §3): 按时办结率, 解决率, 满意率 and 参评率.
//! A rate of nothing is none, never a hundred percent.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use super::callback::Outcome;
use super::event::{Event, What, events};
use super::history::Order;
use crate::clock::{ClockName, Term};
use crate::codes::codes;
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// Whether the lead kept its time to resolve the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Resolved {
    InTime,
    Late,
}

codes!(Resolved);

/// The time to resolve, as it stood when the first reply ended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ended {
    term: Term,
    at: Instant,
    calendar: u32,
}

/// Which orders a number of the city's page is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Measure {
    /// Replied to, or overdue and not replied to.
    Due,
    /// Called back, and reached.
    CalledBack,
    /// Replied to in time.
    InTime,
    /// Replied to late, or overdue and not replied to.
    Late,
    Solved,
    NotSolved,
    /// Rated with one of the first three.
    Satisfied,
    Rated,
    Replied,
}

codes!(Measure);

/// How many orders of each there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub in_time: u64,
    pub late: u64,
    pub solved: u64,
    pub not_solved: u64,
    pub satisfied: u64,
    pub rated: u64,
    pub replied: u64,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub part: u64,
    pub whole: u64,
}

impl Rate {
    /// In tenths of a percent, rounded down; `None` of nothing.
    pub fn permille(self) -> Option<u64> {
        (self.whole > 0).then(|| self.part * 1000 / self.whole)
    }
}

impl Counts {
    /// 按时办结率: closed in time ÷ due.
    pub fn on_time(&self) -> Rate {
        Rate {
            part: self.in_time,
            whole: self.in_time + self.late,
        }
    }

    /// 解决率: confirmed solved at callback ÷ valid callbacks.
    pub fn solving(&self) -> Rate {
        Rate {
            part: self.solved,
            whole: self.solved + self.not_solved,
        }
    }

    /// 满意率: the first three ratings ÷ rated.
    pub fn satisfaction(&self) -> Rate {
        Rate {
            part: self.satisfied,
            whole: self.rated,
        }
    }

    /// 参评率: rated ÷ replied.
    pub fn participation(&self) -> Rate {
        Rate {
            part: self.rated,
            whole: self.replied,
        }
    }
}

impl Order {
    /// `None` until it is replied to for the first time.
    pub fn resolved(&self, book: &Rulebook) -> Option<Resolved> {
        let ended = self.ended.as_ref()?;
        let due = ended.term.due(book.calendar_at(ended.calendar)).at;
        Some(if ended.at <= due {
            Resolved::InTime
        } else {
            Resolved::Late
        })
    }

    /// What the enterprise said at the last valid callback.
    pub fn solved(&self) -> Option<bool> {
        self.solved
    }

    /// Before the event is taken in: the clock of the cycle ends with the first reply.
    pub(super) fn measure(&mut self, event: &Event) {
        match &event.what {
            What::Replied(_) if self.ended.is_none() => {
                let cycle = self.stage.cycle();
                let resolve = cycle.filter(|term| term.clock.name == ClockName::Resolve);
                self.ended = resolve.map(|term| Ended {
                    term: term.clone().ended(event.happened_at),
                    at: event.happened_at,
                    calendar: event.calendar,
                });
            }
            What::CalledBack(events::CalledBack { call }) => match call.outcome {
                Outcome::Solved => self.solved = Some(true),
                Outcome::NotSolved => self.solved = Some(false),
                Outcome::NotReached => {}
            },
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_of_nothing_is_none() {
        assert_eq!(Counts::default().on_time().permille(), None);
        let counts = Counts {
            in_time: 2,
            late: 1,
            ..Counts::default()
        };
        assert_eq!(counts.on_time().permille(), Some(666), "never rounded up");
    }
}
