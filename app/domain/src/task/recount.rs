//! Deadlines of tasks that move because a calendar was published or the rules were changed:
//! each task's history says so.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, TaskEvent, TaskWhat, nothing, offices, while_open};
use super::history::TaskCase;
use crate::actor::Actor;
use crate::case::step::record;
use crate::case::told::Address;
use crate::case::{History, When};
use crate::clock::recount::{self, Move};
use crate::clock::{Clock, ClockName};
use crate::rulebook::{Rulebook, Rules};
use crate::time::{Calendar, Due, Instant, rfc3339};

/// The year's notice was applied. `book` has the new calendar, `before` is the one until now.
pub fn republish(
    case: &TaskCase,
    actor: &Actor,
    now: Instant,
    year: i32,
    before: &Calendar,
    book: &Rulebook,
) -> Vec<TaskEvent> {
    let moves = recount::moves(&case.standing(), before, &book.calendar);
    let moved = moves.into_iter().map(|moved| {
        let Move { was, is, .. } = moved;
        Moved { year, was, is }.into()
    });
    record(case.version(), actor, When::now(now), moved.collect(), book)
}

/// A new version of the rules applies to tasks under way too: to their lights and levels. How
/// long they run was said with each.
pub fn rerule(
    case: &TaskCase,
    actor: &Actor,
    now: Instant,
    rules: &Rules,
    book: &Rulebook,
) -> Vec<TaskEvent> {
    let terms = case.standing().into_iter().map(|watch| watch.term.clock);
    let kept = terms.filter(|clock| !rules.says_the_same(book.rules(clock.rules)));
    let reruled = kept.map(|kept| {
        let clock = Clock::start(ClockName::Task, kept.received, kept.limit, rules);
        Reruled { clock }.into()
    });
    record(
        case.version(),
        actor,
        When::now(now),
        reruled.collect(),
        book,
    )
}

/// What a preview lists of the events that a notice would write.
pub fn moved(events: &[TaskEvent]) -> Vec<Move> {
    let moved = events.iter().filter_map(|event| match &event.what {
        TaskWhat::Moved(it) => Some(Move {
            clock: ClockName::Task,
            was: it.was,
            is: it.is,
        }),
        TaskWhat::Given(_)
        | TaskWhat::Reported(_)
        | TaskWhat::Confirmed(_)
        | TaskWhat::Noted(_)
        | TaskWhat::Rescheduled(_)
        | TaskWhat::Withdrawn(_)
        | TaskWhat::Escalated(_)
        | TaskWhat::Reruled(_) => None,
    });
    moved.collect()
}

/// A year's notice moved its deadline: derived, so the event only tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub year: i32,
    pub was: Due,
    pub is: Due,
}

pub(super) static MOVED: Happening<Moved> = Happening {
    sight: offices,
    files: false,
    is_talk: false,
    stage: while_open,
    apply: nothing,
    told: |_, case| {
        let owner = Address::Body(case.task.duty.owner.clone());
        vec![owner, case.task.source.address()]
    },
    json: |it, _| {
        json!({
            "year": it.year,
            "due_at_before": rfc3339(it.was.at),
            "due_at": rfc3339(it.is.at),
            "due_provisional": it.is.provisional,
        })
    },
};

/// A new version of the rules took over its clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reruled {
    pub clock: Clock,
}

pub(super) static RERULED: Happening<Reruled> = Happening {
    sight: offices,
    files: false,
    is_talk: false,
    stage: while_open,
    apply: |it, case, _| case.task.rerule(it.clock),
    told: |_, _| Vec::new(),
    json: |it, _| json!({"rules": it.clock.rules}),
};
