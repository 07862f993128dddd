//! Deadlines that move because a calendar was published or the rules were changed:
//! each order's history says so.

use super::clock::{Clock, ClockName, Term};
use super::entry::When;
use super::event::{Event, What};
use super::history::Order;
use super::step::record;
use crate::actor::Actor;
use crate::rulebook::{Rulebook, Rules};
use crate::time::{Calendar, Due, Instant, Limit};

/// A deadline that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub clock: ClockName,
    pub was: Due,
    pub is: Due,
}

/// The deadlines of an order that another calendar moves, or settles.
pub fn moves(order: &Order, before: &Calendar, after: &Calendar) -> Vec<Move> {
    let still = |term: &Term| Move {
        clock: term.clock.name,
        was: term.due(before),
        is: term.due(after),
    };
    let moved = order.stage.standing().map(still);
    moved.filter(|moved| moved.was != moved.is).collect()
}

/// The year's notice was applied: one event for each deadline that moves. `book`
/// has the new calendar, `before` is the one until now.
pub fn republish(
    order: &Order,
    actor: &Actor,
    now: Instant,
    year: i32,
    before: &Calendar,
    book: &Rulebook,
) -> Vec<Event> {
    let moved = moves(order, before, &book.calendar);
    let happened = moved.into_iter().map(|moved| What::Moved {
        clock: moved.clock,
        year,
        was: moved.was,
        is: moved.is,
    });
    record(
        order.version,
        actor,
        When::now(now),
        happened.collect(),
        book,
    )
}

/// The clocks of an open order as a new version of the rules would have them, each
/// with what that does to its deadline.
pub fn reruled(order: &Order, rules: &Rules, book: &Rulebook) -> Vec<(Clock, Move)> {
    let renewed = order.stage.standing().map(|term| {
        let clock = term.clock;
        Clock::start(
            clock.name,
            clock.received,
            limit(order, &clock, rules),
            rules,
        )
    });
    let standing = order.stage.standing();
    let changed = renewed.zip(standing).filter(|(new, old)| {
        new.limit != old.clock.limit || !rules.says_the_same(book.rules(old.clock.rules))
    });
    let changed = changed.map(|(clock, old)| {
        let mut renewed = old.clone();
        renewed.clock = clock;
        let moved = Move {
            clock: clock.name,
            was: old.due(&book.calendar),
            is: renewed.due(&book.calendar),
        };
        (clock, moved)
    });
    changed.collect()
}

/// A new version of the rules applies to orders under way too.
pub fn rerule(
    order: &Order,
    actor: &Actor,
    now: Instant,
    rules: &Rules,
    book: &Rulebook,
) -> Vec<Event> {
    let clocks = reruled(order, rules, book);
    let happened = clocks.into_iter().map(|(clock, change)| What::Reruled {
        clock,
        moved: change.was != change.is,
    });
    record(
        order.version,
        actor,
        When::now(now),
        happened.collect(),
        book,
    )
}

fn limit(order: &Order, clock: &Clock, rules: &Rules) -> Limit {
    let urgency = order.placement.urgency;
    match clock.name {
        ClockName::Triage => rules.triage,
        ClockName::Take => rules.take(urgency),
        ClockName::Ruling => rules.ruling,
        ClockName::Resolve => match order.complexity {
            Some(complexity) => rules.resolve(urgency, complexity),
            None => clock.limit,
        },
        ClockName::Rework => rules.rework,
        ClockName::Rating => rules.rating,
    }
}
