//! What comes by itself on an order: levels and the cards that come with them, pauses that end.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::card::Card;
use super::event::{Event, Happening, Sight, What, events, while_open};
use super::history::{Fired, Order};
use super::step::{Attempt, record};
use super::told::Address;
use super::{commitment, pause, told};
use crate::actor::{Actor, BodyCode};
use crate::case::Happens;
use crate::case::When;
use crate::clock::Watch;
use crate::clock::{ClockName, Colour, Level, Rung, Told};
use crate::refusal::Refusal;
use crate::rulebook::Rulebook;
use crate::time::{Instant, rfc3339};

/// What has come by itself: a pause that is over; else levels and promises.
pub(super) fn elapse(at: &Attempt<'_>) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    Ok(match pause::over(order, at.now()) {
        Some(_) => vec![What::Resumed(events::Resumed)],
        None => escalate(order, at.now(), book),
    })
}

/// Every level of the ladder that is due by `now` and has not fired, and every promise
/// that rings, in the order in which they fell due. Nothing fires but in business time.
fn escalate(order: &Order, now: Instant, book: &Rulebook) -> Vec<What> {
    if !book.calendar.is_open(now) {
        return Vec::new();
    }
    let come = come(order, now, book).into_iter();
    come.map(|(_, what)| what).collect()
}

/// The levels and rings whose time has come by `now`, in the order in which they fell
/// due.
fn come(order: &Order, now: Instant, book: &Rulebook) -> Vec<(Instant, What)> {
    let mut levels: Vec<_> = ahead(order, book).filter(|rung| rung.at <= now).collect();
    levels.sort_by_key(|rung| (rung.at, rung.rung.level));
    let levels = levels.iter().map(|rung| (rung.at, rung.what()));
    let rings = commitment::rings(order, book).filter(|ring| ring.at <= now);
    let rings = rings.map(|ring| (ring.at, ring.what));
    let mut come: Vec<_> = levels.chain(rings).collect();
    come.sort_by_key(|(at, _)| *at);
    come
}

impl Ahead<'_> {
    fn what(&self) -> What {
        What::Escalated(Escalated {
            level: self.rung.level,
            cause: Cause::Overdue {
                clock: self.watch.term.clock.name,
                round: Some(self.watch.round),
                due_at: self.due,
                late: self.late.clone(),
            },
            card: self.rung.card,
            tells: self.rung.tells.clone(),
        })
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
        write(&mut order, over, vec![What::Resumed(events::Resumed)]);
    }
    let come = come(&order, now, book);
    if let Some(last) = come.last().map(|(at, _)| *at) {
        // Outside business time, at the business time at which it was due.
        let happened = if book.calendar.is_open(now) {
            now
        } else {
            last
        };
        let what = come.into_iter().map(|(_, what)| what).collect();
        write(&mut order, happened, what);
    }
    events
}

/// When the sweep must next look at the order, if ever: a pause that ends by
/// itself, the next level of the ladder, or a promise that rings.
pub fn next_at(order: &Order, book: &Rulebook) -> Option<Instant> {
    // In a pause the levels of tasks go on.
    let levels = ahead(order, book).map(|rung| rung.at);
    match order.stage.pause() {
        Some(pause) => levels.chain([pause.until]).min(),
        None => {
            let rings = commitment::rings(order, book).map(|ring| ring.at);
            levels.chain(rings).min()
        }
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
        .filter(|watch| watch.term.clock.name.climbs())
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
                    at: watch.term.past(&book.calendar, rung.days_past),
                })
        })
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    pub level: Level,
    pub cause: Cause,
    #[serde(default)]
    pub card: Option<Colour>,
    #[serde(default)]
    pub tells: Vec<Told>,
}

/// Why an order was carried up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// A deadline passed; `late` is the body that let it (`None`: the centre).
    Overdue {
        clock: ClockName,
        /// As `Watch` has it; not in histories that are older than co-handlers.
        #[serde(default)]
        round: Option<u16>,
        due_at: Instant,
        late: Option<BodyCode>,
    },
    SecondBadRating,
    /// Not solved, the enterprise says at the callback, after it was sent back before.
    StillNotSolved,
}

pub(super) static ESCALATED: Happening<Escalated> = Happening {
    sight: |it| match it.cause {
        Cause::Overdue { clock, .. } => Sight::of_clock(clock),
        Cause::SecondBadRating | Cause::StillNotSolved => Sight::Everybody,
    },
    files: false,
    is_talk: false,
    stage: while_open,
    apply: |it, order, event| {
        let late = match &it.cause {
            Cause::Overdue {
                clock, round, late, ..
            } => {
                order.fired.push(Fired {
                    cycle: order.cycle,
                    clock: *clock,
                    round: round.unwrap_or_else(|| order.round(*clock)),
                    level: it.level,
                });
                late.clone()
            }
            Cause::SecondBadRating | Cause::StillNotSolved => order.stage.lead().cloned(),
        };
        if !event.what.is_internal() {
            order.escalation = order.escalation.max(Some(it.level));
        }
        order.carried_up(event, it.level);
        let clock = match it.cause {
            Cause::Overdue { clock, .. } => Some(clock),
            Cause::SecondBadRating | Cause::StillNotSolved => None,
        };
        order.cards.extend(it.card.map(|colour| Card {
            order: order.number,
            seq: event.seq,
            colour,
            body: late,
            level: it.level,
            clock,
            given_at: event.happened_at,
            explained: None,
            lifted: None,
        }));
    },
    told: |it, order| {
        let late = match &it.cause {
            Cause::Overdue { late, .. } => late.as_ref(),
            Cause::SecondBadRating | Cause::StillNotSolved => order.stage.lead(),
        };
        let told = it.tells.iter().map(|told| told::by_ladder(*told, late));
        let mut told: Vec<Address> = told.collect();
        told.sort();
        told.dedup();
        told
    },
    // Who is carded is the administration's own.
    json: |it, telling| {
        let card = it.card.filter(|_| !telling.is_outside());
        match &it.cause {
            Cause::Overdue {
                clock,
                due_at,
                late,
                ..
            } => json!({
                "level": it.level,
                "cause": "overdue",
                "clock": clock,
                "due_at": rfc3339(*due_at),
                "late": late,
                "card": card,
            }),
            Cause::SecondBadRating => {
                json!({"level": it.level, "cause": "second_bad_rating", "card": card})
            }
            Cause::StillNotSolved => {
                json!({"level": it.level, "cause": "still_not_solved", "card": card})
            }
        }
    },
};
