//! 并案, 关联, 拆分: orders that have to do with each other.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use city::{Told, at, book, centre, draft, handler, member};
use domain::order::clocks::terms;
use domain::order::event::What;
use domain::order::events;
use domain::order::merge::news;
use domain::order::placement::{self, Origin};
use domain::order::{
    Complexity, Event, Main, MergeWish, News, Number, Order, Placement, Portion, Reason, Reply,
    Stage, StageName, Step, StepName, Turn, Urgency, When,
};
use domain::{Actor, BodyCode, Fault, Field, FieldFault, Refusal};

fn reason(text: &str) -> Reason {
    Reason::parse(Field::Reason, text).expect("a reason")
}

fn main_order() -> Main {
    Main {
        number: Number::new(2026, 9),
        enterprise: 2,
        lead: Some(BodyCode::new("zjj")),
        urgency: Urgency::Normal,
        due: Some(at("2026-11-13T17:00")),
    }
}

fn merge() -> Step {
    Step::Merge {
        main: main_order(),
        reason: reason("同一条线路"),
    }
}

fn dispatch() -> Step {
    Step::Dispatch {
        department: BodyCode::new("gd"),
        complexity: Complexity::Ordinary,
        co_handlers: Vec::new(),
    }
}

fn in_hand() -> Told {
    Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch())
        .then(&handler("gd"), "2026-11-02T16:00", Step::Take)
}

fn due(order: &Order) -> Option<domain::Instant> {
    order.overview(&book()).clock.map(|clock| clock.due.at)
}

#[test]
fn a_joined_order_stands_still_and_stands_again_as_it_stood() {
    let told = in_hand();
    let before = due(&told.order());
    assert_eq!(before, Some(at("2026-11-23T17:00")));
    let told = told.then(&centre(), "2026-11-04T10:00", merge());
    let order = told.order();
    let overview = order.overview(&book());
    assert_eq!(overview.stage, StageName::Merged);
    assert_eq!(overview.merged_into, Some(Number::new(2026, 9)));
    assert_eq!(overview.turn(at("2026-11-05T10:00")), Turn::None);
    assert_eq!(overview.clock, None);
    assert!(
        order.ahead(at("2026-11-05T10:00"), &book()).is_empty(),
        "nothing comes by itself"
    );
    assert_eq!(
        overview.lead,
        Some(BodyCode::new("zjj")),
        "who has the main order works on it"
    );
    let told = told.then(
        &centre(),
        "2026-11-09T10:00",
        Step::unmerge("不是同一件").expect("a step"),
    );
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::InHand);
    assert_eq!(order.stage.lead(), Some(&BodyCode::new("gd")));
    // The closings of 4, 5 and 6 November lay in between.
    assert_eq!(due(&order), Some(at("2026-11-26T17:00")));
    let clocks = terms(&told.events).expect("a history");
    let resolve = clocks.last().expect("a clock");
    assert_eq!(resolve.ended, None, "it is the same clock, going on");
    assert_eq!(
        clocks.len(),
        3,
        "triage, take and resolve: none was begun anew"
    );
}

#[test]
fn nobody_is_late_with_what_stood_still() {
    let told = in_hand().then(&centre(), "2026-11-04T10:00", merge());
    let mut told = told;
    let swept = told.attempt(&Actor::clockwork(), "2026-12-30T10:00", Step::Elapse);
    assert_eq!(
        swept,
        Err(Refusal::WrongStage {
            step: StepName::Elapse,
            stage: StageName::Merged
        })
    );
    let back = Step::unmerge("不是同一件").expect("a step");
    let mut told = told.then(&centre(), "2026-12-30T10:00", back);
    let swept = told.attempt(&Actor::clockwork(), "2026-12-30T10:00", Step::Elapse);
    assert_eq!(swept, Ok(0), "the time in between does not count");
}

#[test]
fn what_happens_to_the_main_order_is_news_to_those_joined_to_it() {
    let order = in_hand()
        .then(&centre(), "2026-11-04T10:00", merge())
        .order();
    let follow = |news: News| {
        domain::order::decide(
            &order,
            &Actor::clockwork(),
            When::now(at("2026-11-05T10:00")),
            Step::Follow(news),
            &book(),
        )
    };
    let lead = |code: &str| News::Lead {
        lead: BodyCode::new(code),
    };
    assert_eq!(follow(lead("zjj")).expect("news"), Vec::<Event>::new());
    let changed = follow(lead("gd")).expect("news");
    assert!(
        matches!(&changed[0].what, What::Followed(events::Followed { lead }) if lead.as_str() == "gd")
    );
    let ended = follow(News::Ended).expect("news");
    assert!(matches!(
        ended[0].what,
        What::Unmerged(events::Unmerged { reason: None })
    ));
    let reply = Reply::parse("solved", "线路已通电", "", "").expect("a reply");
    let answered = follow(News::Replied {
        reply: Box::new(reply.clone()),
        corrected: None,
        attachments: Vec::new(),
    })
    .expect("news");
    assert!(
        matches!(&answered[0].what, What::Answered(events::Answered { reply: told, .. }) if *told == reply)
    );
    // What was answered does not run again when the main order is withdrawn.
    let mut after = order.clone();
    for event in &answered {
        after.apply(event).expect("follows");
    }
    let ended = domain::order::decide(
        &after,
        &Actor::clockwork(),
        When::now(at("2026-11-06T10:00")),
        Step::Follow(News::Ended),
        &book(),
    );
    assert_eq!(ended, Ok(Vec::new()));
    // Made of the main order's own events.
    let step = Step::reply(reply.clone(), "").expect("a step");
    let main = in_hand().then(&handler("gd"), "2026-11-05T10:00", step);
    let last = main.events.last().expect("a reply");
    let told = news(last).expect("news");
    assert_eq!(
        told,
        News::Replied {
            reply: Box::new(reply),
            corrected: None,
            attachments: Vec::new()
        }
    );
    let taken = &main.events[2];
    assert_eq!(news(taken), None, "that it was taken concerns nobody else");
}

#[test]
fn an_order_is_not_joined_to_itself_nor_with_others_on_its_back() {
    let itself = Step::Merge {
        main: Main::of(&in_hand().order(), &book()),
        reason: reason("同一件"),
    };
    let refused = in_hand().attempt(&centre(), "2026-11-04T10:00", itself);
    let fault = FieldFault {
        field: Field::Other,
        fault: Fault::TheSame,
    };
    assert_eq!(refused, Err(fault.into()));
    let absorb = |enterprise| Step::Absorb {
        order: Number::new(2026, 7),
        enterprise,
    };
    let told = in_hand().then(&centre(), "2026-11-04T10:00", absorb(2));
    assert!(told.order().is_collective(), "two enterprises");
    let mut told = told;
    assert_eq!(
        told.attempt(&centre(), "2026-11-04T11:00", merge()),
        Err(Refusal::HasMerged)
    );
    let release = Step::Release {
        order: Number::new(2026, 7),
    };
    let told = told.then(&centre(), "2026-11-04T11:00", release.clone());
    assert!(!told.order().is_collective());
    let mut told = told.then(&centre(), "2026-11-04T12:00", absorb(1));
    assert!(
        !told.order().is_collective(),
        "the same enterprise asked twice"
    );
    assert!(told.attempt(&centre(), "2026-11-04T12:30", release).is_ok());
    assert!(MergeWish::parse("XM-2026-000009", "").is_err());
    assert!(MergeWish::parse("XM-26-9", "同一件").is_err());
}

#[test]
fn a_link_is_made_once_and_undone() {
    let other = Number::new(2026, 9);
    let mut told = in_hand().then(&handler("gd"), "2026-11-04T10:00", Step::Link { other });
    assert_eq!(told.order().links, [other]);
    let version = told.order().version - 1;
    assert!(
        told.order().stands_as_at(version),
        "a link makes nobody's open form old"
    );
    let again = told.attempt(&centre(), "2026-11-04T10:00", Step::Link { other });
    let fault = |fault| {
        Err(FieldFault {
            field: Field::Other,
            fault,
        }
        .into())
    };
    assert_eq!(again, fault(Fault::Twice));
    let itself = Step::Link {
        other: Number::new(2026, 1),
    };
    assert_eq!(
        told.attempt(&centre(), "2026-11-04T10:00", itself),
        fault(Fault::TheSame)
    );
    let told = told.then(&centre(), "2026-11-04T10:00", Step::Unlink { other });
    assert!(told.order().links.is_empty());
}

#[test]
fn nobody_gains_a_day_by_splitting() {
    let book = book();
    let portion = Portion::parse("路灯不亮", "另一件事", "utility", &book.directory);
    let portion = portion.expect("a portion");
    let whole = Told::placed("2026-11-02T10:00", "normal").order();
    let split = |whole: &Order, now: &str| {
        let number = Number::new(2026, 2);
        let event = placement::split(number, whole, &centre(), at(now), &portion, &book);
        Order::replay(&[event]).expect("an order")
    };
    let new = split(&whole, "2026-11-03T11:00");
    assert_eq!(due(&new), due(&whole), "the time to dispatch runs on");
    assert_eq!(new.enterprise, whole.enterprise);
    assert_eq!(
        new.member, whole.member,
        "who placed the whole answers for it"
    );
    assert_eq!(new.placement.title.as_str(), "路灯不亮");
    assert_eq!(new.placement.contact, whole.placement.contact);
    let back = Step::unmerge("不是同一件").expect("a step");
    let stood = Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T11:00", merge())
        .then(&centre(), "2026-11-05T11:00", back)
        .order();
    assert_eq!(due(&stood), Some(at("2026-11-05T17:00")));
    let new = split(&stood, "2026-11-05T12:00");
    assert_eq!(due(&new), due(&stood), "nor loses one that stood still");
    let later = split(&in_hand().order(), "2026-11-04T11:00");
    assert_eq!(
        due(&later),
        Some(at("2026-11-05T17:00")),
        "once the whole is dispatched, it has a time of its own"
    );
}

#[test]
fn what_was_handed_in_at_the_hall_counts_from_there() {
    let book = book();
    let placement = Placement::parse(&draft(), &book.directory).expect("right");
    let enter = |actor: &Actor, happened: &str, now: &str| {
        let when = When::entered_late(Some(at(happened)), at(now));
        let number = Number::new(2026, 3);
        placement::enter(number, actor, when, 7, placement.clone(), None, &book)
    };
    let event = enter(&centre(), "2026-11-02T09:30", "2026-11-03T15:00").expect("entered");
    let order = Order::replay(std::slice::from_ref(&event)).expect("an order");
    assert_eq!(order.enterprise, 7);
    assert_eq!(order.member, None, "no account of the enterprise placed it");
    assert_eq!(order.placed_at, at("2026-11-02T09:30"));
    assert_eq!(order.entered_at, at("2026-11-03T15:00"));
    assert_eq!(due(&order), Some(at("2026-11-03T17:00")));
    assert!(matches!(
        event.what,
        What::Placed(events::Placed {
            origin: Some(Origin::Hall),
            ..
        })
    ));
    let refused = enter(&centre(), "2026-11-04T09:30", "2026-11-03T15:00");
    assert!(refused.is_err(), "tomorrow has not come");
    let refused = enter(&centre(), "2026-10-12T09:30", "2026-11-03T15:00");
    assert!(refused.is_err(), "too long ago");
    let refused = enter(&member(), "2026-11-02T09:30", "2026-11-03T15:00");
    assert!(matches!(refused, Err(Refusal::Forbidden { .. })));
}

#[test]
fn a_stage_before_a_merge_is_kept_whole() {
    let told = in_hand().then(&centre(), "2026-11-04T10:00", merge());
    let Stage::Merged { before, .. } = told.order().stage else {
        panic!("it is merged");
    };
    assert_eq!(before.name(), StageName::InHand);
}

#[test]
fn a_merge_that_ended_by_itself_bounds_what_is_entered_late() {
    let told = in_hand().then(&centre(), "2026-11-04T10:00", merge()).then(
        &Actor::clockwork(),
        "2026-11-06T10:00",
        Step::Follow(News::Ended),
    );
    // A pause entered afterwards cannot reach back into the time that stood still.
    assert_eq!(told.order().last_step_at, at("2026-11-06T10:00"));
}

/// A limit in days ends at the closing of its last day.
#[test]
fn what_is_late_is_not_taken_out_of_sight_by_a_merge() {
    let mut told = in_hand();
    let due = at("2026-11-23T17:00");
    let refused = told.attempt(&centre(), "2026-11-23T17:01", merge());
    let step = StepName::Merge;
    assert_eq!(refused, Err(Refusal::PastDeadline { step, due }));
    assert_eq!(told.attempt(&centre(), "2026-11-23T17:00", merge()), Ok(1));
}

#[test]
fn what_is_due_first_or_more_urgent_is_the_main_order() {
    let mut told = in_hand();
    let into = |main: Main| Step::Merge {
        main,
        reason: reason("同一条线路"),
    };
    let later = Main {
        due: Some(at("2026-11-24T17:00")),
        ..main_order()
    };
    let refused = told.attempt(&centre(), "2026-11-04T10:00", into(later));
    assert_eq!(refused, Err(Refusal::BeforeMain));
    let mut told = Told::placed("2026-11-02T10:00", "urgent");
    let refused = told.attempt(&centre(), "2026-11-02T11:00", into(main_order()));
    assert_eq!(refused, Err(Refusal::BeforeMain), "more urgent");
}

#[test]
fn a_clock_is_moved_by_merges_only_so_often() {
    let mut told = in_hand();
    for day in ["04", "05"] {
        let back = Step::unmerge("不是同一件").expect("a step");
        told = told
            .then(&centre(), &format!("2026-11-{day}T16:59"), merge())
            .then(&centre(), &format!("2026-11-{day}T17:01"), back);
    }
    let refused = told.attempt(&centre(), "2026-11-06T10:00", merge());
    let (step, max) = (StepName::Merge, 2);
    assert_eq!(refused, Err(Refusal::NoMore { step, max }));
}
