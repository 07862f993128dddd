//! 逾期: levels of the ladder that a task climbs past its deadline. Whoever is on the level is
//! told; cards are given for orders.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, TaskEvent, TaskWhat, offices, while_open};
use super::history::TaskCase;
use super::step::{Attempt, Taken};
use crate::actor::Actor;
use crate::case::step::record;
use crate::case::told::by_ladder;
use crate::case::{History, When};
use crate::clock::{Level, Rung, Told};
use crate::rulebook::Rulebook;
use crate::time::{Instant, rfc3339};

/// What has come by itself; nothing does but in business time.
pub(super) fn elapse(at: &Attempt<'_>) -> Taken {
    Ok(match at.book.calendar.is_open(at.now()) {
        true => {
            let come = come(at.case, at.now(), at.book).into_iter();
            come.map(|(_, what)| what).collect()
        }
        false => Vec::new(),
    })
}

/// What had come by itself before somebody acts at `now`, whether or not a sweep has come by
/// since: acting first does not undo it.
pub(super) fn before_a_step(case: &TaskCase, now: Instant, book: &Rulebook) -> Vec<TaskEvent> {
    let come = come(case, now, book);
    let Some(last) = come.last().map(|(at, _)| *at) else {
        return Vec::new();
    };
    let when = When {
        // Outside business time, at the business time at which it was due.
        happened: match book.calendar.is_open(now) {
            true => now,
            false => last,
        },
        entered: now,
    };
    let what = come.into_iter().map(|(_, what)| what).collect();
    record(case.version(), &Actor::clockwork(), when, what, book)
}

/// When the sweep must next look at it, if ever.
pub fn next_at(case: &TaskCase, book: &Rulebook) -> Option<Instant> {
    ahead(case, book).map(|(at, _)| at).min()
}

/// The levels whose time has come by `now`, in the order in which they fell due.
fn come(case: &TaskCase, now: Instant, book: &Rulebook) -> Vec<(Instant, TaskWhat)> {
    let due_at = case.task.due(book).at;
    let mut come: Vec<(Instant, &Rung)> = ahead(case, book).filter(|(at, _)| *at <= now).collect();
    come.sort_by_key(|(at, rung)| (*at, rung.level));
    let what = |rung: &Rung| {
        let (level, tells) = (rung.level, rung.tells.clone());
        Escalated {
            level,
            due_at,
            tells,
        }
        .into()
    };
    come.into_iter()
        .map(|(at, rung)| (at, what(rung)))
        .collect()
}

/// The levels that have not fired for the clock that runs, by the rules that it keeps.
fn ahead<'a>(case: &'a TaskCase, book: &'a Rulebook) -> impl Iterator<Item = (Instant, &'a Rung)> {
    let watches = case.standing().into_iter();
    watches.flat_map(move |watch| {
        let ladder = book.rules(watch.term.clock.rules).ladder.iter();
        let waits = ladder.filter(move |rung| !case.fired.contains(&(case.round, rung.level)));
        waits.map(move |rung| (watch.term.past(&book.calendar, rung.days_past), rung))
    })
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    pub level: Level,
    pub due_at: Instant,
    pub tells: Vec<Told>,
}

pub(super) static ESCALATED: Happening<Escalated> = Happening {
    sight: offices,
    files: false,
    is_talk: false,
    stage: while_open,
    apply: |it, case, _| case.fired.push((case.round, it.level)),
    told: |it, case| {
        let late = Some(&case.task.duty.owner);
        let told = it.tells.iter().map(|told| by_ladder(*told, late));
        // Whoever gave it learns of it, whatever the ladder says.
        told.chain([case.task.source.address()]).collect()
    },
    json: |it, _| json!({"level": it.level, "due_at": rfc3339(it.due_at)}),
};
