//! Every clock that an order has been under, for the receipts of its deadlines.

use super::event::Event;
use super::history::{Broken, Order};
use super::watch::Watch;
use crate::actor::{Actor, BodyCode};
use crate::clock::Term;
use crate::rulebook::Rulebook;
use crate::time::{Calendar, Instant};

/// A clock of an order, from its start to its end.
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

/// Those that `reader` may know of, in the order in which they started.
pub fn seen_terms(events: &[Event], reader: &Actor) -> Result<Vec<Timed>, Broken> {
    let outside = reader.role.enterprise().is_some();
    let mut all = terms(events)?;
    all.retain(|timed| !outside || !timed.term.clock.name.is_internal());
    Ok(all)
}

/// In the order in which they started.
pub fn terms(events: &[Event]) -> Result<Vec<Timed>, Broken> {
    let Some((first, rest)) = events.split_first() else {
        return Err(Broken::NoBeginning);
    };
    let mut order = Order::replay(std::slice::from_ref(first))?;
    let mut timed = Vec::new();
    take_up(&mut timed, &order, first);
    for event in rest {
        order.apply(event)?;
        take_up(&mut timed, &order, event);
    }
    Ok(timed)
}

/// Brings the list up to what stands after `event`.
fn take_up(timed: &mut Vec<Timed>, order: &Order, event: &Event) {
    let standing = order.standing();
    for watch in &standing {
        match timed.iter_mut().find(|timed| timed.is(watch)) {
            Some(known) => known.term = watch.term.clone(),
            None => timed.push(Timed {
                term: watch.term.clone(),
                cycle: order.cycle,
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
