//! 撤回分派: a dispatch that is taken back, and what becomes of the clocks.
#![allow(clippy::expect_used)]

mod city;

use city::{Told, actor, at, centre, handler, member};
use domain::order::clocks::terms;
use domain::order::events;
use domain::order::{
    ClockName, CoHandling, Complexity, Level, Reason, Return, StageName, Step, StepName, Turn, What,
};
use domain::{Actor, BodyCode, Field, Refusal, Role};

fn dispatch(body: &str, parts: &[&str]) -> Step {
    let part = |body: &&str| CoHandling {
        body: BodyCode::new(*body),
        task: None,
    };
    Step::Dispatch {
        department: BodyCode::new(body),
        complexity: Complexity::Ordinary,
        co_handlers: parts.iter().map(part).collect(),
    }
}

fn recall() -> Step {
    Step::Recall {
        reason: Reason::parse(Field::Reason, "应由住建主办").expect("a reason"),
    }
}

/// Dispatched on Monday 2026-11-02.
fn dispatched(parts: &[&str]) -> Told {
    Told::placed("2026-11-02T10:00", "normal").then(
        &centre(),
        "2026-11-02T14:00",
        dispatch("gd", parts),
    )
}

#[test]
fn the_centre_has_its_time_anew_and_the_next_body_all_of_its_own() {
    let told = dispatched(&[]).then(&centre(), "2026-11-03T10:00", recall());
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::Submitted);
    let overview = order.overview(&told.book);
    assert_eq!((overview.lead, overview.complexity), (None, None));
    let clock = overview.clock.expect("the centre's");
    assert_eq!(
        (clock.name, clock.due.at),
        (ClockName::Triage, at("2026-11-04T17:00"))
    );
    assert_eq!(
        order.overview(&told.book).turn(at("2026-11-03T11:00")),
        Turn::Centre
    );
    let told = told.then(&centre(), "2026-11-04T10:00", dispatch("zjj", &[]));
    let overview = told.order().overview(&told.book);
    assert_eq!(overview.lead, Some(BodyCode::new("zjj")));
    let all = terms(&told.events).expect("told");
    let resolves: Vec<_> = all
        .iter()
        .filter(|one| one.term.clock.name == ClockName::Resolve)
        .map(|one| {
            (
                one.body.clone(),
                one.term.due(&told.book.calendar).at,
                one.ended.is_some(),
            )
        })
        .collect();
    let body = |code| Some(BodyCode::new(code));
    assert_eq!(
        resolves,
        [
            (body("gd"), at("2026-11-23T17:00"), true),
            (body("zjj"), at("2026-11-25T17:00"), false)
        ]
    );
}

/// The body before has no level, and the next one has all of them.
#[test]
fn levels_are_those_of_the_body_that_has_it() {
    let clockwork = Actor::clockwork();
    let levels = |told: &Told| -> Vec<(Level, Option<BodyCode>)> {
        let late = |what: &What| match what {
            What::Escalated(events::Escalated {
                level,
                cause: domain::order::escalation::Cause::Overdue { late, .. },
                ..
            }) => Some((*level, late.clone())),
            _ => None,
        };
        told.events
            .iter()
            .filter_map(|event| late(&event.what))
            .collect()
    };
    let told = dispatched(&[])
        .then(&centre(), "2026-11-03T10:00", recall())
        .then(&centre(), "2026-11-03T11:00", dispatch("zjj", &[]))
        .then(&clockwork, "2026-11-05T09:00", Step::Elapse);
    assert_eq!(levels(&told), [(Level::Head, Some(BodyCode::new("zjj")))]);
}

/// Otherwise an order would be given the whole time again whenever it is nearly late.
#[test]
fn what_is_late_is_not_taken_back_and_nothing_more_than_twice() {
    let step = StepName::Recall;
    // The time to take ends on Tuesday at 17:00.
    let mut late = dispatched(&[]);
    let due = at("2026-11-03T17:00");
    let refused = late.attempt(&centre(), "2026-11-03T17:05", recall());
    assert_eq!(refused, Err(Refusal::PastDeadline { step, due }));
    let twice = dispatched(&[])
        .then(&centre(), "2026-11-03T10:00", recall())
        .then(&centre(), "2026-11-03T11:00", dispatch("gd", &[]))
        .then(&centre(), "2026-11-04T10:00", recall());
    let mut twice = twice.then(&centre(), "2026-11-04T11:00", dispatch("gd", &[]));
    let again = twice.attempt(&centre(), "2026-11-05T10:00", recall());
    assert_eq!(again, Err(Refusal::NoMore { step, max: 2 }));
}

#[test]
fn parts_end_with_it_and_can_be_asked_for_again() {
    let told = dispatched(&["zjj"]).then(&centre(), "2026-11-03T10:00", recall());
    let order = told.order();
    assert!(
        order.overview(&told.book).co_handlers.is_empty(),
        "out of its sight"
    );
    assert!(
        terms(&told.events)
            .expect("told")
            .iter()
            .all(|one| { one.term.clock.name == ClockName::Triage || one.ended.is_some() })
    );
    let told = told.then(&centre(), "2026-11-03T11:00", dispatch("gd", &["zjj"]));
    let open = told.order().overview(&told.book).co_handlers;
    assert_eq!(open.iter().filter(|part| part.open).count(), 1);
}

#[test]
fn who_answered_before_the_dispatch_was_taken_back_can_be_asked_again() {
    let answered = Step::CoReply {
        text: domain::text::Prose::parse(Field::ReplyText, "已办").expect("a text"),
    };
    let told = dispatched(&["zjj"])
        .then(&handler("zjj"), "2026-11-02T15:00", answered)
        .then(&centre(), "2026-11-03T10:00", recall())
        .then(&centre(), "2026-11-03T11:00", dispatch("gd", &["zjj"]));
    let parts = told.order().overview(&told.book).co_handlers;
    assert_eq!(parts.iter().filter(|part| part.open).count(), 1);
}

/// Found by the simulation: the part of the body that a ruling had made the lead woke up
/// when the order went to a third one.
#[test]
fn a_part_of_whoever_became_the_lead_ends_with_the_dispatch_too() {
    let told = dispatched(&["zjj"]);
    let sent = Return::parse("不属本单位", "三定方案第五条", "zjj", &told.book.directory);
    let rule = Step::Rule {
        department: BodyCode::new("zjj"),
        reason: Reason::parse(Field::Reason, "由住建主办").expect("a reason"),
    };
    let told = told
        .then(
            &handler("gd"),
            "2026-11-02T15:00",
            Step::Return(sent.expect("right")),
        )
        .then(&centre(), "2026-11-02T16:00", rule)
        .then(&centre(), "2026-11-03T10:00", recall())
        .then(&centre(), "2026-11-03T11:00", dispatch("gd", &[]));
    let parts = told.order().overview(&told.book).co_handlers;
    assert!(parts.iter().all(|part| !part.open), "{parts:?}");
}

#[test]
fn what_is_taken_returned_or_decided_is_not_taken_back() {
    let step = StepName::Recall;
    let mut taken = dispatched(&[]).then(&handler("gd"), "2026-11-02T15:00", Step::Take);
    let stage = StageName::InHand;
    let late = taken.attempt(&centre(), "2026-11-03T10:00", recall());
    assert_eq!(late, Err(Refusal::WrongStage { step, stage }));
    let sent = Return::parse("不属本单位", "三定方案第五条", "", &taken.book.directory);
    let sent = Step::Return(sent.expect("right"));
    let mut returned = dispatched(&[]).then(&handler("gd"), "2026-11-02T15:00", sent);
    let open = returned.attempt(&centre(), "2026-11-03T10:00", recall());
    assert_eq!(open, Err(Refusal::NothingToDecide { step }));
    for stranger in [member(), handler("gd"), actor(Role::Mayor)] {
        let theirs = dispatched(&[]).attempt(&stranger, "2026-11-02T15:00", recall());
        assert_eq!(theirs, Err(Refusal::NotYours { step }));
    }
}
