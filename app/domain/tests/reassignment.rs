//! 改派: an order that was taken goes to another body, and what becomes of the clocks.
#![allow(clippy::expect_used)]

mod city;

use city::{Told, at, centre, handler};
use domain::order::escalation::Cause;
use domain::order::events;
use domain::order::told::Address;
use domain::order::{
    Asked, ClockName, CoHandling, Complexity, Level, Order, Reason, StageName, Step, StepName, What,
};
use domain::{Actor, BodyCode, Fault, Field, FieldFault, Refusal};

fn reason() -> Reason {
    Reason::parse(Field::Reason, "踏勘后确认属住建职责").expect("a reason")
}

fn reassign(body: &str) -> Step {
    Step::Reassign {
        department: BodyCode::new(body),
        reason: reason(),
    }
}

fn dispatch(parts: &[&str]) -> Step {
    let part = |body: &&str| CoHandling {
        body: BodyCode::new(*body),
        task: None,
    };
    Step::Dispatch {
        department: BodyCode::new("gd"),
        complexity: Complexity::Ordinary,
        co_handlers: parts.iter().map(part).collect(),
    }
}

/// Dispatched to 供电 on Monday 2026-11-02, taken on the day after.
fn taken(parts: &[&str]) -> Told {
    Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch(parts))
        .then(&handler("gd"), "2026-11-03T10:00", Step::Take)
}

fn co_reply() -> Step {
    Step::co_reply("已办").expect("right")
}

fn levels(told: &Told) -> Vec<(Level, ClockName, Option<BodyCode>)> {
    let late = |what: &What| match what {
        What::Escalated(events::Escalated {
            level,
            cause: Cause::Overdue { clock, late, .. },
            ..
        }) => Some((*level, *clock, late.clone())),
        _ => None,
    };
    let events = told.events.iter();
    events.filter_map(|event| late(&event.what)).collect()
}

#[test]
fn the_next_body_has_its_time_by_the_rules_and_takes_it_first() {
    let told = taken(&[]).then(&centre(), "2026-11-05T10:00", reassign("zjj"));
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::Dispatched);
    assert_eq!(order.handler, None);
    let overview = order.overview(&told.book);
    assert_eq!(overview.lead, Some(BodyCode::new("zjj")));
    let due = |clock: ClockName| {
        let mut running = order.running().into_iter();
        let found = running.find(|watch| watch.term.clock.name == clock);
        found.map(|watch| watch.term.due(&told.book.calendar).at)
    };
    assert_eq!(due(ClockName::Take), Some(at("2026-11-06T17:00")));
    assert_eq!(due(ClockName::Resolve), Some(at("2026-11-26T17:00")));
    let mut told = told;
    let stranger = told.attempt(&handler("gd"), "2026-11-05T11:00", Step::Take);
    assert!(matches!(stranger, Err(Refusal::NotYours { .. })));
    told.then(&handler("zjj"), "2026-11-05T11:00", Step::Take);
}

/// The first body was late to take it, and says why before it goes: the level of that is not
/// the next one's.
#[test]
fn the_levels_of_the_next_body_are_its_own() {
    let clockwork = Actor::clockwork();
    let mut told = Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch(&[]))
        .then(&clockwork, "2026-11-04T09:00", Step::Elapse)
        .then(&handler("gd"), "2026-11-04T10:00", Step::Take);
    let refused = told.attempt(&centre(), "2026-11-05T09:00", reassign("zjj"));
    assert_eq!(refused, Err(Refusal::CardOpen));
    let card = told.order().cards[0].seq.to_string();
    let explain = Step::explain(&card, "当日停电").expect("right");
    let told = told
        .then(&handler("gd"), "2026-11-05T09:30", explain)
        .then(&centre(), "2026-11-05T10:00", reassign("zjj"))
        .then(&clockwork, "2026-11-09T09:00", Step::Elapse);
    let of = |body| (Level::Head, ClockName::Take, Some(BodyCode::new(body)));
    assert_eq!(levels(&told), [of("gd"), of("zjj")]);
}

/// Within the same bounds as a dispatch that is taken back, counted together.
#[test]
fn nothing_late_goes_to_another_body_and_no_time_is_gained_without_end() {
    let step = StepName::Reassign;
    let mut late = taken(&[]);
    let refused = late.attempt(&centre(), "2026-11-24T09:00", reassign("zjj"));
    let due = at("2026-11-23T17:00");
    assert_eq!(refused, Err(Refusal::PastDeadline { step, due }));
    let mut often = Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch(&[]))
        .then(
            &centre(),
            "2026-11-02T15:00",
            Step::Recall { reason: reason() },
        )
        .then(&centre(), "2026-11-02T15:10", dispatch(&[]))
        .then(&handler("gd"), "2026-11-02T15:20", Step::Take)
        .then(&centre(), "2026-11-02T15:30", reassign("zjj"))
        .then(&handler("zjj"), "2026-11-02T15:40", Step::Take);
    let refused = often.attempt(&centre(), "2026-11-02T15:50", reassign("gd"));
    assert_eq!(refused, Err(Refusal::NoMore { step, max: 2 }));
}

/// Parts end with it, stood still or not, and can be given again; so does what was asked for.
#[test]
fn parts_end_and_what_the_body_had_asked_for() {
    let asked = Asked::parse("5", "施工").expect("right");
    let mut told = taken(&["zrzy"])
        .then(&handler("gd"), "2026-11-04T10:00", Step::Extend(asked))
        .then(&centre(), "2026-11-05T10:00", reassign("zjj"));
    let order = told.order();
    assert_eq!(order.open_parts().count(), 0);
    let overview = order.overview(&told.book);
    assert!(overview.asks.is_empty() && overview.co_handlers.is_empty());
    let told_of_it = told.events.last().expect("told").what.told(&order);
    assert!(told_of_it.contains(&Address::Body(BodyCode::new("zrzy"))));
    let late = told.attempt(&handler("zrzy"), "2026-11-05T10:30", co_reply());
    assert!(matches!(late, Err(Refusal::NotYours { .. })), "{late:?}");
    let part = CoHandling {
        body: BodyCode::new("zrzy"),
        task: None,
    };
    let mut told = told
        .then(&handler("zjj"), "2026-11-05T11:00", Step::Take)
        .then(&centre(), "2026-11-05T12:00", Step::AddCoHandler(part));
    assert_eq!(told.order().open_parts().count(), 1);
    let granted = Step::decide_extension("yes", "").expect("right");
    let refused = told.attempt(&centre(), "2026-11-05T12:30", granted);
    let step = StepName::DecideExtension;
    assert_eq!(refused, Err(Refusal::NothingToDecide { step }));
}

/// A body with a part becomes the lead; when another leads, the part does not come back.
#[test]
fn the_part_of_the_next_lead_does_not_come_back() {
    let told = taken(&["zjj"])
        .then(&centre(), "2026-11-04T10:00", reassign("zjj"))
        .then(&handler("zjj"), "2026-11-04T11:00", Step::Take)
        .then(&centre(), "2026-11-12T10:00", reassign("zrzy"));
    assert_eq!(told.order().open_parts().count(), 0);
}

#[test]
fn the_lead_has_it_since_it_was_given_to_it() {
    let told = taken(&[]);
    let since = |told: &Told| Order::lead_since(&told.events);
    assert_eq!(since(&told), Ok(at("2026-11-02T14:00")));
    let told = told.then(&centre(), "2026-11-05T10:00", reassign("zjj"));
    assert_eq!(since(&told), Ok(at("2026-11-05T10:00")));
    let told = told.then(&handler("zjj"), "2026-11-05T11:00", Step::Take);
    assert_eq!(since(&told), Ok(at("2026-11-05T10:00")));
}

#[test]
fn not_to_the_body_that_has_it() {
    let refused = taken(&[]).attempt(&centre(), "2026-11-05T10:00", reassign("gd"));
    let (field, fault) = (Field::Department, Fault::IsTheLead);
    assert_eq!(refused, Err(FieldFault { field, fault }.into()));
}
