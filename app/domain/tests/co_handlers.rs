//! Co-handlers (协办): their tasks, their clocks inside the lead's, their replies, and
//! to whom delay is charged.
#![allow(clippy::expect_used)]

mod city;

use city::{Told, at, centre, handler, member};
use domain::order::clocks::terms;
use domain::order::escalation::Cause;
use domain::order::events;
use domain::order::{
    Ask, ClockName, CoHandling, Complexity, Level, PauseDraft, PauseWish, Reply, StageName, Step,
    Turn, What, When, decide,
};
use domain::text::Prose;
use domain::{Actor, BodyCode, Fault, Field, Refusal};
use proptest::prelude::*;

fn text<const MAX: usize>(said: &str) -> Prose<MAX> {
    Prose::parse(Field::Reason, said).expect("a text")
}

fn part(body: &str) -> CoHandling {
    CoHandling {
        body: BodyCode::new(body),
        task: Some(text("出具意见")),
    }
}

fn dispatch(co_handlers: &[&str]) -> Step {
    Step::Dispatch {
        department: BodyCode::new("gd"),
        complexity: Complexity::Ordinary,
        co_handlers: co_handlers.iter().map(|body| part(body)).collect(),
    }
}

fn co_reply() -> Step {
    Step::CoReply {
        text: text("已办")
    }
}

fn reply(without: Option<&str>) -> Step {
    Step::Reply {
        reply: Reply::parse("solved", "已通电", "", "").expect("right"),
        without: without.map(text),
    }
}

fn decide_asked(granted: bool) -> Step {
    Step::DecideCoHandler {
        granted,
        reason: (!granted).then(|| text("由主办自行办理")),
    }
}

/// In hand at `gd` from Monday 2026-11-02 on, due Monday 11-23.
fn in_hand(co_handlers: &[&str]) -> Told {
    Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch(co_handlers))
        .then(&handler("gd"), "2026-11-02T16:00", Step::Take)
}

fn due(told: &Told, body: &str) -> domain::Instant {
    let order = told.order();
    let part = order
        .co_handlers
        .iter()
        .rfind(|part| part.body.as_str() == body);
    let term = order.term_of(part.expect("a part"));
    term.due(&told.book.calendar).at
}

#[test]
fn a_part_has_three_days_and_never_more_than_the_lead() {
    // (urgency, when it is added, when it is due, why)
    for (urgency, added, expected, why) in [
        (
            "normal",
            "2026-11-03T10:00",
            "2026-11-06T17:00",
            "three working days",
        ),
        (
            "normal",
            "2026-11-03T17:00",
            "2026-11-09T17:00",
            "received on the next day",
        ),
        (
            "normal",
            "2026-11-19T10:00",
            "2026-11-23T17:00",
            "only two are left",
        ),
        (
            "normal",
            "2026-11-20T10:00",
            "2026-11-23T17:00",
            "one is left",
        ),
        (
            "critical",
            "2026-11-03T10:00",
            "2026-11-05T17:00",
            "the lead has three in all",
        ),
    ] {
        let told = Told::placed("2026-11-02T10:00", urgency)
            .then(&centre(), "2026-11-02T10:30", dispatch(&[]))
            .then(&handler("gd"), "2026-11-02T10:40", Step::Take)
            .then(&centre(), added, Step::AddCoHandler(part("zjj")));
        assert_eq!(due(&told, "zjj"), at(expected), "{why}");
    }
    let mut told = in_hand(&[]);
    let late = told.attempt(
        &centre(),
        "2026-11-23T10:00",
        Step::AddCoHandler(part("zjj")),
    );
    let due = at("2026-11-23T17:00");
    assert_eq!(
        late,
        Err(Refusal::NoTimeLeft { due }),
        "the last day has no whole day left"
    );
}

#[test]
fn a_part_stands_still_with_the_lead() {
    let pause = PauseWish::parse(&PauseDraft {
        kind: "supplement".into(),
        reason: "缺负荷说明".into(),
        basis: "行政许可法第三十二条".into(),
        ..PauseDraft::default()
    });
    let told = in_hand(&["zjj"]).then(
        &handler("gd"),
        "2026-11-04T10:00",
        Step::Pause(pause.expect("right")),
    );
    assert!(told.order().running().is_empty(), "nothing runs");
    let told = told.then(&handler("gd"), "2026-11-09T10:00", Step::Resume);
    // Wednesday, Thursday and Friday were taken out of Tuesday to Thursday.
    assert_eq!(due(&told, "zjj"), at("2026-11-10T17:00"));
}

#[test]
fn the_lead_replies_when_all_have_or_says_why_without() {
    let mut told = in_hand(&["zjj", "laiji"]);
    let fault = |told: &mut Told, step| match told.attempt(&handler("gd"), "2026-11-05T10:00", step)
    {
        Err(Refusal::Invalid { faults }) => faults[0].fault.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(&mut told, reply(None)), Fault::PartsAreOpen);
    let mut told = told.then(&handler("zjj"), "2026-11-03T10:00", co_reply());
    assert_eq!(
        fault(&mut told, reply(None)),
        Fault::PartsAreOpen,
        "one is still open"
    );
    let mut without = Told {
        events: told.events.clone(),
        book: told.book.clone(),
    };
    without
        .attempt(
            &handler("gd"),
            "2026-11-05T10:00",
            reply(Some("镇里意见不影响供电")),
        )
        .expect("said why");
    let left_out = without.events.iter().find_map(|event| match &event.what {
        What::CoHandlersLeftOut(events::CoHandlersLeftOut { bodies, .. }) => Some(bodies.clone()),
        _ => None,
    });
    assert_eq!(left_out, Some(vec![BodyCode::new("laiji")]));
    assert_eq!(without.order().stage.name(), StageName::Replied);
    let laiji = city::actor(domain::Role::Township {
        body: BodyCode::new("laiji"),
    });
    let mut told = told.then(&laiji, "2026-11-04T10:00", co_reply());
    assert_eq!(
        fault(&mut told, reply(Some("没有谁可等"))),
        Fault::NotOfThisKind
    );
    told.attempt(&handler("gd"), "2026-11-05T10:00", reply(None))
        .expect("all have");
}

#[test]
fn whose_step_is_which() {
    let told = in_hand(&["zjj"]);
    let order = told.order();
    let may = |actor: &Actor, step: Step| {
        decide(
            &order,
            actor,
            When::now(at("2026-11-03T10:00")),
            step,
            &told.book,
        )
        .is_ok()
    };
    let laiji = CoHandling {
        body: BodyCode::new("laiji"),
        task: None,
    };
    for (actor, adds, asks, replies, why) in [
        (centre(), true, false, false, "the centre adds"),
        (handler("gd"), false, true, false, "the lead asks"),
        (handler("zjj"), false, false, true, "the co-handler replies"),
        (member(), false, false, false, "the enterprise looks on"),
    ] {
        assert_eq!(
            may(&actor, Step::AddCoHandler(laiji.clone())),
            adds,
            "{why}"
        );
        assert_eq!(
            may(&actor, Step::AskCoHandler(laiji.clone())),
            asks,
            "{why}"
        );
        assert_eq!(may(&actor, co_reply()), replies, "{why}");
    }
    for (wish, fault) in [("gd", Fault::IsTheLead), ("zjj", Fault::Twice)] {
        let refused = decide(
            &order,
            &centre(),
            When::now(at("2026-11-03T10:00")),
            Step::AddCoHandler(part(wish)),
            &told.book,
        );
        assert!(
            matches!(&refused, Err(Refusal::Invalid { faults }) if faults[0].fault == fault),
            "{wish}: {refused:?}"
        );
    }
}

#[test]
fn what_the_lead_asks_for_the_centre_decides_one_request_at_a_time() {
    let told = in_hand(&[]).then(
        &handler("gd"),
        "2026-11-03T10:00",
        Step::AskCoHandler(part("zjj")),
    );
    let overview = told.order().overview(&told.book);
    assert_eq!(overview.asks, [Ask::CoHandler]);
    let mut told = told;
    for step in [
        Step::AskCoHandler(part("laiji")),
        Step::Extend(domain::order::Asked {
            days: 1,
            reason: text("外线"),
        }),
    ] {
        let refused = told.attempt(&handler("gd"), "2026-11-03T10:10", step);
        assert_eq!(refused, Err(Refusal::AlreadyAsked));
    }
    let refused = Told {
        events: told.events.clone(),
        book: told.book.clone(),
    }
    .then(&centre(), "2026-11-03T11:00", decide_asked(false));
    assert!(refused.order().co_handlers.is_empty());
    let granted = told.then(&centre(), "2026-11-03T11:00", decide_asked(true));
    assert_eq!(
        due(&granted, "zjj"),
        at("2026-11-06T17:00"),
        "from the decision on"
    );
    let overview = granted.order().overview(&granted.book);
    assert_eq!(
        (overview.asks.clone(), overview.turn(at("2026-11-03T12:00"))),
        (Vec::new(), Turn::CoHandler)
    );
}

#[test]
fn delay_is_charged_to_the_body_that_caused_it() {
    let late = |told: &Told| -> Vec<(Level, Option<String>, bool)> {
        let escalated = told.events.iter().filter_map(|event| match &event.what {
            What::Escalated(events::Escalated {
                level,
                cause: Cause::Overdue { clock, late, .. },
                ..
            }) => Some((
                *level,
                late.as_ref().map(ToString::to_string),
                clock.code() == "co_handle",
            )),
            _ => None,
        });
        escalated.collect()
    };
    let sweep = |told: Told, now: &str| told.then(&Actor::clockwork(), now, Step::Elapse);
    // The part is due on Thursday 11-05; nobody acts.
    let told = sweep(in_hand(&["zjj"]), "2026-11-06T09:00");
    let zjj = Some("zjj".to_owned());
    assert_eq!(late(&told), [(Level::Head, zjj.clone(), true)]);
    // The lead's own deadline passes with the part still open.
    let told = sweep(told, "2026-11-24T09:00");
    let last = late(&told);
    assert!(
        last.contains(&(Level::Head, zjj.clone(), false)),
        "{last:?}"
    );
    // Once the part is done, what comes is the lead's.
    let told = in_hand(&["zjj"]).then(&handler("zjj"), "2026-11-04T10:00", co_reply());
    let told = sweep(told, "2026-11-24T09:00");
    assert_eq!(late(&told), [(Level::Head, Some("gd".to_owned()), false)]);
}

#[test]
fn each_level_of_each_part_fires_once() {
    let mut told = in_hand(&["zjj", "laiji"]);
    for now in [
        "2026-11-06T09:00",
        "2026-11-06T09:00",
        "2026-11-11T09:00",
        "2026-11-13T10:00",
    ] {
        told.attempt(&Actor::clockwork(), now, Step::Elapse)
            .expect("swept");
    }
    let order = told.order();
    assert_eq!(order.fired.len(), 6, "two parts, three levels");
    let mut again = told;
    let more = again.attempt(&Actor::clockwork(), "2026-11-14T10:00", Step::Elapse);
    assert_eq!(more, Ok(0));
}

#[test]
fn a_ruling_for_a_co_handler_makes_its_part_the_whole() {
    use domain::order::Return;
    let told = Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch(&["zjj"]))
        .then(
            &handler("gd"),
            "2026-11-02T15:00",
            Step::Return(Return {
                reason: text("属住建职责"),
                clause: text("三定方案第五条"),
                propose: None,
            }),
        )
        .then(
            &centre(),
            "2026-11-02T16:00",
            Step::Rule {
                department: BodyCode::new("zjj"),
                reason: text("依三定方案"),
            },
        );
    assert_eq!(told.order().open_parts().count(), 0);
    let told = told
        .then(&handler("zjj"), "2026-11-03T10:00", Step::Take)
        .then(&handler("zjj"), "2026-11-04T10:00", reply(None));
    assert_eq!(told.order().stage.name(), StageName::Replied);
}

proptest! {
    /// Whatever pauses come, a part is never due after the lead.
    #[test]
    fn a_part_is_never_due_after_the_lead(
        added in 0_i64..20 * 24, paused in 0_i64..20 * 24, resumed in 0_i64..20 * 24,
    ) {
        let hours = |n: i64| at("2026-11-02T16:00") + chrono::Duration::hours(n);
        let rfc = |n: i64| domain::time::local(hours(n)).format("%Y-%m-%dT%H:%M").to_string();
        let mut told = in_hand(&[]);
        let pause = PauseWish::parse(&PauseDraft {
            kind: "special".into(),
            reason: "专家评审".into(),
            basis: "行政许可法第四十五条".into(),
            ..PauseDraft::default()
        });
        let mut deeds = vec![
            (added, centre(), Step::AddCoHandler(part("zjj"))),
            (paused, handler("gd"), Step::Pause(pause.expect("right"))),
            (resumed, handler("gd"), Step::Resume),
        ];
        deeds.sort_by_key(|(hour, _, _)| *hour);
        for (hour, actor, step) in deeds {
            // What the rules refuse did not happen.
            let _ = told.attempt(&actor, &rfc(hour), step);
        }
        let order = told.order();
        if let (Some(lead), Some(part)) = (order.stage.resolving(), order.co_handlers.first()) {
            let calendar = &told.book.calendar;
            prop_assert!(order.term_of(part).due(calendar).at <= lead.due(calendar).at);
        }
        prop_assert_eq!(domain::order::Order::replay(&told.events), Ok(order));
    }
}

#[test]
fn a_part_that_has_ended_keeps_the_deadline_that_it_ended_with() {
    let pause = PauseWish::parse(&PauseDraft {
        kind: "supplement".into(),
        reason: "缺负荷说明".into(),
        basis: "行政许可法第三十二条".into(),
        ..PauseDraft::default()
    });
    let paused = || {
        let pause = Step::Pause(pause.clone().expect("right"));
        in_hand(&["zjj"]).then(&handler("gd"), "2026-11-03T10:00", pause)
    };
    let resume = |told: Told| told.then(&handler("gd"), "2026-11-05T10:00", Step::Resume);
    // (what happened, due, why)
    for (told, expected, why) in [
        (
            resume(paused()).then(&handler("zjj"), "2026-11-09T10:00", co_reply()),
            "2026-11-09T17:00",
            "two working days were taken out, and it was in time",
        ),
        (
            resume(paused().then(&handler("zjj"), "2026-11-04T10:00", co_reply())),
            "2026-11-06T17:00",
            "for a part that ends the pause is over, not open until its cap",
        ),
        (
            resume(paused()).then(
                &member(),
                "2026-11-06T10:00",
                Step::withdraw("不再需要").expect("right"),
            ),
            "2026-11-09T17:00",
            "an order that ends ends its parts",
        ),
    ] {
        let shown = told.order().overview(&told.book).co_handlers[0].due.at;
        assert_eq!(shown, at(expected), "{why}");
        let all = terms(&told.events).expect("replays");
        let part = all
            .iter()
            .find(|timed| timed.term.clock.name == ClockName::CoHandle)
            .expect("a part");
        let receipt = part.term.due(part.calendar(&told.book)).at;
        assert_eq!(receipt, at(expected), "its receipt: {why}");
    }
}
