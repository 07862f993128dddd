//! Deadlines of orders that move because a calendar was published or the rules were changed:
//! each order's history says so.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Event, Happening, Sight, What, nothing, while_open};
use super::history::Order;
use super::step::record;
use super::{co_handler, told};
use crate::actor::Actor;
use crate::case::When;
use crate::clock::recount::{self, Move};
use crate::clock::{Clock, ClockName, Term};
use crate::rulebook::{Rulebook, Rules};
use crate::time::Instant;
use crate::time::{Calendar, Due, Limit, rfc3339};

/// The deadlines of an order that another calendar moves, or settles. One that is joined to
/// another stands still: what is shown of it goes by the calendar, and nobody is told.
fn moves(order: &Order, before: &Calendar, after: &Calendar) -> Vec<Move> {
    match order.merged_into() {
        Some(_) => Vec::new(),
        None => recount::moves(&order.standing(), before, after),
    }
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
    let happened = moved.into_iter().map(|moved| {
        What::Moved(Moved {
            clock: moved.clock,
            year,
            was: moved.was,
            is: moved.is,
        })
    });
    let happened = happened.chain(kept_within(order, book)).collect();
    record(order.version, actor, When::now(now), happened, book)
}

/// Parts that the new calendar would carry beyond the lead's deadline end with it.
fn kept_within(order: &Order, book: &Rulebook) -> Vec<What> {
    let Some(lead) = order
        .stage
        .resolving()
        .filter(|_| order.merged_into().is_none())
    else {
        return Vec::new();
    };
    let beyond = |clock: &Clock| {
        let rules = book.rules(clock.rules);
        let limit = co_handler::limit(&book.calendar, clock.received, rules, lead);
        let limit = limit.unwrap_or(clock.limit.with(1));
        limit
            .is_less_than(clock.limit)
            .then_some(What::Reruled(Reruled {
                clock: Clock { limit, ..*clock },
                moved: true,
            }))
    };
    let parts = order.co_handlers.iter();
    let open = parts.filter(|part| part.cycle == order.cycle && part.end.is_none());
    let mut shortened: Vec<What> = open.filter_map(|part| beyond(&part.clock)).collect();
    // Parts that began together end together.
    shortened.dedup();
    shortened
}

/// What a preview lists of the events that a notice or a version of the rules would write.
pub fn moved(order: &Order, events: &[Event], book: &Rulebook) -> Vec<Move> {
    let mut after = order.clone();
    let mut moved: Vec<Move> = Vec::new();
    for event in events {
        match &event.what {
            What::Moved(Moved { clock, was, is, .. }) => moved.push(Move {
                clock: *clock,
                was: *was,
                is: *is,
            }),
            What::Reruled(Reruled { clock, moved: true }) => {
                let standing = order.standing().into_iter().map(|watch| watch.term);
                let mut old = standing.filter(|term| {
                    let old = term.clock;
                    (old.name, old.received) == (clock.name, clock.received)
                });
                if let Some(old) = old.next() {
                    let mut renewed = old.clone();
                    renewed.clock = *clock;
                    moved.push(Move {
                        clock: clock.name,
                        was: old.due(&book.calendar),
                        is: renewed.due(&book.calendar),
                    });
                }
            }
            _ => {}
        }
        // What follows goes by what has just been written.
        if after.apply(event).is_err() {
            break;
        }
    }
    moved.dedup();
    moved
}

/// The clocks of an open order as a new version of the rules would have them, each
/// with what that does to its deadline.
fn reruled(order: &Order, rules: &Rules, book: &Rulebook) -> Vec<(Clock, Move)> {
    if order.merged_into().is_some() {
        return Vec::new();
    }
    let standing = order.standing();
    let mut lead = order.stage.resolving().cloned();
    let mut changed: Vec<(Clock, Move)> = Vec::new();
    for old in standing.into_iter().map(|watch| watch.term) {
        let kept = old.clock;
        let limit = limit(order, &kept, lead.as_ref(), rules, book);
        let mut renewed = old.clone();
        renewed.clock = Clock::start(kept.name, kept.received, limit, rules);
        if matches!(kept.name, ClockName::Resolve | ClockName::Rework) {
            lead = Some(renewed.clone());
        }
        if limit == kept.limit && rules.says_the_same(book.rules(kept.rules)) {
            continue;
        }
        let moved = Move {
            clock: kept.name,
            was: old.due(&book.calendar),
            is: renewed.due(&book.calendar),
        };
        changed.push((renewed.clock, moved));
    }
    // Parts that began together change together.
    changed.dedup();
    changed
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
    let happened = clocks.into_iter().map(|(clock, change)| {
        What::Reruled(Reruled {
            clock,
            moved: change.was != change.is,
        })
    });
    record(
        order.version,
        actor,
        When::now(now),
        happened.collect(),
        book,
    )
}

/// `lead` is the clock of the cycle, already as `rules` have it.
fn limit(
    order: &Order,
    clock: &Clock,
    lead: Option<&Term>,
    rules: &Rules,
    book: &Rulebook,
) -> Limit {
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
        // Where the lead has no time left, the part ends when it did.
        ClockName::CoHandle => lead
            .and_then(|lead| co_handler::limit(&book.calendar, clock.received, rules, lead))
            .unwrap_or(clock.limit),
        // A meeting said how long.
        ClockName::Task => clock.limit,
        ClockName::Callback => rules.callback,
        ClockName::Rating => rules.rating,
    }
}

/// A year's notice moved a deadline: derived, so the event only tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub clock: ClockName,
    pub year: i32,
    pub was: Due,
    pub is: Due,
}

pub(super) static MOVED: Happening<Moved> = Happening {
    sight: |it| Sight::of_clock(it.clock),
    files: false,
    is_talk: false,
    stage: while_open,
    apply: nothing,
    told: told::to_both,
    json: |it, _| {
        json!({
            "clock": it.clock,
            "year": it.year,
            "due_at_before": rfc3339(it.was.at),
            "due_at": rfc3339(it.is.at),
            "due_provisional": it.is.provisional,
        })
    },
};

/// A new version of the rules took over a clock that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reruled {
    pub clock: Clock,
    /// Whether its deadline moved.
    pub moved: bool,
}

pub(super) static RERULED: Happening<Reruled> = Happening {
    sight: |it| Sight::of_clock(it.clock.name),
    files: false,
    is_talk: false,
    stage: |it, mut stage, _, _| {
        if stage.name().is_final() {
            return None;
        }
        let terms = stage.terms_mut();
        let same = terms.filter(|term| term.clock.name == it.clock.name);
        same.for_each(|term| term.clock = it.clock);
        Some(stage)
    },
    apply: |it, order, _| match it.clock.name {
        ClockName::CoHandle => order.rerule_parts(it.clock),
        ClockName::Task => order.rerule_tasks(it.clock),
        // Of the stage.
        ClockName::Triage
        | ClockName::Take
        | ClockName::Ruling
        | ClockName::Resolve
        | ClockName::Rework
        | ClockName::Callback
        | ClockName::Rating => {}
    },
    told: |it, order| match it.moved {
        true => told::to_both(it, order),
        false => Vec::new(),
    },
    json: |it, _| json!({"clock": it.clock.name, "rules": it.clock.rules}),
};
