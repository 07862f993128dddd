use super::clock::Clock;
use super::event::{Cause, What};
use super::history::{Fired, Order};
use crate::rulebook::{Rulebook, Rung};
use crate::time::Instant;
use crate::time::deadline::past;

/// Every level of the ladder that is due by `now` and has not fired, lowest first.
pub(super) fn escalate(order: &Order, now: Instant, book: &Rulebook) -> Vec<What> {
    let Some(clock) = watched(order) else {
        return Vec::new();
    };
    let due_at = clock.due(&book.calendar).at;
    ahead(order, clock, book)
        .filter(|(_, at)| *at <= now)
        .map(|(rung, _)| What::Escalated {
            level: rung.level,
            cause: Cause::Overdue {
                clock: clock.name,
                due_at,
                late: order.stage.lead().cloned(),
            },
        })
        .collect()
}

/// When the sweep must next look at the order, if ever.
pub fn next_at(order: &Order, book: &Rulebook) -> Option<Instant> {
    let clock = watched(order)?;
    ahead(order, clock, book).map(|(_, at)| at).min()
}

/// The clock that runs, if a body is late when it ends.
fn watched(order: &Order) -> Option<&Clock> {
    order
        .stage
        .clock()
        .filter(|clock| clock.name.binds_a_body())
}

/// The rungs that have not fired for this clock of this cycle, with their times.
fn ahead<'a>(
    order: &'a Order,
    clock: &'a Clock,
    book: &'a Rulebook,
) -> impl Iterator<Item = (&'a Rung, Instant)> {
    let due = clock.due(&book.calendar).at;
    book.rules
        .ladder
        .iter()
        .filter(move |rung| {
            !order.fired.contains(&Fired {
                cycle: order.cycle,
                clock: clock.name,
                level: rung.level,
            })
        })
        .map(move |rung| (rung, past(&book.calendar, due, rung.days_past)))
}
