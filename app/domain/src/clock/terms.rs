//! Every clock that a case has been under, for the receipts of its deadlines.

use super::Term;
use super::watch::Watch;
use crate::actor::BodyCode;
use crate::case::Event;
use crate::rulebook::Rulebook;
use crate::time::{Calendar, Instant};

/// A clock of a case, from its start to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timed {
    pub term: Term,
    pub cycle: u8,
    /// The body that is late when it runs out; `None` is the centre, or nobody.
    pub body: Option<BodyCode>,
    round: u16,
    /// When it stopped, and the version of the calendar at that time.
    pub ended: Option<(Instant, u32)>,
}

impl Timed {
    /// The calendar that its receipt goes by: of the time when it ended, and while
    /// it runs the present one.
    pub fn calendar<'a>(&self, book: &'a Rulebook) -> &'a Calendar {
        match self.ended {
            Some((_, version)) => book.calendar_at(version),
            None => &book.calendar,
        }
    }

    fn is(&self, watch: &Watch) -> bool {
        let (this, other) = (&self.term.clock, &watch.term.clock);
        self.ended.is_none()
            && this.name == other.name
            && this.received == other.received
            && self.round == watch.round
    }
}

/// Brings a list, in the order in which clocks started, up to what stands after `event`.
pub fn take_up<W>(timed: &mut Vec<Timed>, standing: &[Watch], cycle: u8, event: &Event<W>) {
    for watch in standing {
        match timed.iter_mut().find(|timed| timed.is(watch)) {
            Some(known) => known.term = watch.term.clone(),
            None => timed.push(Timed {
                term: watch.term.clone(),
                cycle,
                body: watch
                    .body
                    .clone()
                    .filter(|_| watch.term.clock.name.binds_a_body()),
                round: watch.round,
                ended: None,
            }),
        }
    }
    for known in timed.iter_mut().filter(|timed| timed.ended.is_none()) {
        if !standing.iter().any(|watch| known.is(watch)) {
            known.term = known.term.clone().ended(event.happened_at);
            known.ended = Some((event.happened_at, event.calendar));
        }
    }
}
