//! Deadlines that move because a calendar was published or the rules were changed.

use super::watch::Watch;
use super::{ClockName, Term};
use crate::time::{Calendar, Due, Instant};

/// A deadline that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub clock: ClockName,
    pub was: Due,
    pub is: Due,
}

impl Move {
    /// Whether it was not over at that time, and is.
    pub fn makes_late(&self, at: Instant) -> bool {
        self.is.at < at && self.was.at >= at
    }
}

/// The deadlines that another calendar moves, or settles.
pub(crate) fn moves(standing: &[Watch], before: &Calendar, after: &Calendar) -> Vec<Move> {
    let still = |term: &Term| Move {
        clock: term.clock.name,
        was: term.due(before),
        is: term.due(after),
    };
    let mut moved: Vec<Move> = standing.iter().map(|watch| still(&watch.term)).collect();
    moved.retain(|moved| moved.was != moved.is);
    // Clocks that began together move together.
    moved.dedup();
    moved
}
