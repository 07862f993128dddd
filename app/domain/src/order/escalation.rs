use super::entry::When;
use super::event::{Cause, Event, What};
use super::history::Order;
use super::ladder::Rung;
use super::pause;
use super::step::record;
use super::watch::Watch;
use crate::actor::{Actor, BodyCode};
use crate::rulebook::Rulebook;
use crate::time::Instant;
use crate::time::deadline::past;

/// Every level of the ladder that is due by `now` and has not fired, in the order
/// in which they fell due. A level fires only in business time.
pub(super) fn escalate(order: &Order, now: Instant, book: &Rulebook) -> Vec<What> {
    if !book.calendar.is_open(now) {
        return Vec::new();
    }
    come(order, now, book).iter().map(Ahead::what).collect()
}

/// The levels whose time has come by `now`, in the order in which they fell due.
fn come<'a>(order: &'a Order, now: Instant, book: &'a Rulebook) -> Vec<Ahead<'a>> {
    let mut come: Vec<_> = ahead(order, book).filter(|rung| rung.at <= now).collect();
    come.sort_by_key(|rung| (rung.at, rung.rung.level));
    come
}

impl Ahead<'_> {
    fn what(&self) -> What {
        What::Escalated {
            level: self.rung.level,
            cause: Cause::Overdue {
                clock: self.watch.term.clock.name,
                round: Some(self.watch.round),
                due_at: self.due,
                late: self.late.clone(),
            },
            card: self.rung.card,
            tells: self.rung.tells.clone(),
        }
    }
}

/// What had come by itself before somebody acts at `now`, whether or not a sweep has
/// come by since: a pause that was over, levels whose time has passed. Entered with
/// the step, so that acting first does not undo it.
pub fn before_a_step(order: &Order, now: Instant, book: &Rulebook) -> Vec<Event> {
    let clockwork = Actor::clockwork();
    let mut order = order.clone();
    let mut events = Vec::new();
    let mut write = |order: &mut Order, happened: Instant, what: Vec<What>| {
        let when = When {
            happened,
            entered: now,
        };
        for event in record(order.version, &clockwork, when, what, book) {
            // What the rules have just decided follows.
            if order.apply(&event).is_ok() {
                events.push(event);
            }
        }
    };
    if let Some(over) = pause::over(&order, now) {
        write(&mut order, over, pause::resume());
    }
    let come = come(&order, now, book);
    if let Some(last) = come.iter().map(|ahead| ahead.at).max() {
        // Outside business time, at the business time at which it was due.
        let happened = if book.calendar.is_open(now) {
            now
        } else {
            last
        };
        let what = come.iter().map(Ahead::what).collect();
        drop(come);
        write(&mut order, happened, what);
    }
    events
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
    watch: Watch,
    late: Option<BodyCode>,
    rung: &'a Rung,
    due: Instant,
    at: Instant,
}

/// The levels that have not fired for the clocks that run, each clock by the
/// version of the rules that it keeps.
fn ahead<'a>(order: &'a Order, book: &'a Rulebook) -> impl Iterator<Item = Ahead<'a>> {
    let watched = order.running().into_iter();
    watched
        .filter(|watch| watch.term.clock.name.binds_a_body())
        .flat_map(move |watch| {
            let clock = watch.term.clock;
            let due = watch.term.due(&book.calendar).at;
            let late = order.charged(&watch, book);
            let ladder = book.rules(clock.rules).ladder.iter();
            ladder
                .filter(move |rung| !order.has_fired(clock.name, watch.round, rung.level))
                .map(move |rung| Ahead {
                    watch: watch.clone(),
                    late: late.clone(),
                    rung,
                    due,
                    at: past(&book.calendar, due, rung.days_past),
                })
        })
}
