use super::clock::Term;
use super::event::{Cause, What};
use super::history::Order;
use super::ladder::Rung;
use crate::actor::BodyCode;
use crate::rulebook::Rulebook;
use crate::time::Instant;
use crate::time::deadline::past;

/// Every level of the ladder that is due by `now` and has not fired, in the order
/// in which they fell due. A level fires only in business time.
pub(super) fn escalate(order: &Order, now: Instant, book: &Rulebook) -> Vec<What> {
    if !book.calendar.is_open(now) {
        return Vec::new();
    }
    let mut due: Vec<_> = ahead(order, book).filter(|rung| rung.at <= now).collect();
    due.sort_by_key(|rung| (rung.at, rung.rung.level));
    due.into_iter()
        .map(|due| What::Escalated {
            level: due.rung.level,
            cause: Cause::Overdue {
                clock: due.term.clock.name,
                due_at: due.due,
                late: due.late,
            },
            card: due.rung.card,
            tells: due.rung.tells.clone(),
        })
        .collect()
}

/// When the sweep must next look at the order, if ever: a pause that ends by
/// itself, or the next level of the ladder.
pub fn next_at(order: &Order, book: &Rulebook) -> Option<Instant> {
    match order.stage.pause() {
        Some(pause) => Some(pause.until),
        None => ahead(order, book).map(|rung| rung.at).min(),
    }
}

/// A level that has not fired yet, with its time.
struct Ahead<'a> {
    term: &'a Term,
    late: Option<BodyCode>,
    rung: &'a Rung,
    due: Instant,
    at: Instant,
}

/// The levels that have not fired for the clocks that run, each clock by the
/// version of the rules that it keeps.
fn ahead<'a>(order: &'a Order, book: &'a Rulebook) -> impl Iterator<Item = Ahead<'a>> {
    let watched = order.stage.running();
    watched
        .filter(|term| term.clock.name.binds_a_body())
        .flat_map(move |term| {
            let due = term.due(&book.calendar).at;
            let ladder = &book.rules(term.clock.rules).ladder;
            ladder
                .iter()
                .filter(move |rung| !order.has_fired(term.clock.name, rung.level))
                .map(move |rung| Ahead {
                    term,
                    late: order.stage.late_body(term.clock.name).cloned(),
                    rung,
                    due,
                    at: past(&book.calendar, due, rung.days_past),
                })
        })
}
