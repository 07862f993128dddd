//! The mayor's express: from the candidate to the matter, the decision, the task, and the
//! order that is struck off only then, with every refusal on the way.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use city::{Told, actor, at, centre, handler, member};
use domain::case::Happens;
use domain::meeting::MeetingNumber;
use domain::order::event::What;
use domain::order::events;
use domain::order::permission::offers;
use domain::order::turn::{If, Waits};
use domain::order::{
    BriefDraft, ClockName, Complexity, Decision, ExpressState, Fate, Light, MatterNews, Number,
    Order, Rating, RatingLevel, Reply, ReplyKind, StageName, Step, StepName, Turn, clocks, express,
};
use domain::task::{DutyDraft, TaskState};
use domain::text::Prose;
use domain::{Actor, BodyCode, Fault, Field, Refusal, Role};

fn text<const N: usize>(text: &str) -> Prose<N> {
    Prose::parse(Field::Reason, text).expect("a text")
}

fn body(code: &str) -> BodyCode {
    BodyCode::new(code)
}

fn office() -> Actor {
    actor(Role::Office)
}

fn deputy() -> Actor {
    actor(Role::Deputy)
}

fn head(code: &str) -> Actor {
    actor(Role::Head { body: body(code) })
}

fn meeting() -> MeetingNumber {
    MeetingNumber::new(2026, 1)
}

fn brief() -> BriefDraft {
    BriefDraft {
        difficulty: "专线路由穿越规划绿地，两部门意见不一。".into(),
        tried: "已会商两次。".into(),
        obstacle: "绿线管理办法第十条".into(),
        stakes: "投资3亿元，就业200人".into(),
    }
}

fn duty(owner: &str, deadline: &str) -> DutyDraft {
    DutyDraft {
        text: "出具专线路由批复。".into(),
        proof: "批复文件".into(),
        owner: owner.into(),
        co_owners: Vec::new(),
        deadline: deadline.into(),
    }
}

fn refer() -> Step {
    Step::Refer(brief().parse().expect("a brief"))
}

fn accept() -> Step {
    Step::AcceptMatter(brief().parse().expect("a brief"))
}

fn decision(told: &Told, now: &str, duty: &DutyDraft, replaces: &str) -> Step {
    let decision = Decision::parse(duty, "", replaces, at(now), &told.book);
    Step::Decide {
        meeting: meeting(),
        decision: decision.expect("a decision"),
    }
}

fn report(task: u32) -> Step {
    Step::report_task(&task.to_string(), "批复已印发。").expect("a report")
}

fn confirm(task: u32, done: &str) -> Step {
    Step::confirm_task(&task.to_string(), done, "批复缺附图").expect("a verdict")
}

fn dispatch() -> Step {
    Step::Dispatch {
        department: body("gd"),
        complexity: Complexity::Ordinary,
        co_handlers: Vec::new(),
    }
}

fn reply() -> Step {
    Step::Reply {
        reply: Reply {
            kind: ReplyKind::Solved,
            text: text("线路已通电。"),
        },
        without: None,
    }
}

fn rate(level: RatingLevel) -> Step {
    Step::Rate(Rating {
        level,
        comment: None,
    })
}

fn in_hand() -> Told {
    Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch())
        .then(&handler("gd"), "2026-11-02T16:00", Step::Take)
}

fn matter() -> Told {
    in_hand().then(&deputy(), "2026-11-03T10:00", refer()).then(
        &office(),
        "2026-11-03T11:00",
        accept(),
    )
}

/// Decided on 11-04: 5 working days, until 11-11.
fn decided() -> (Told, u32) {
    let told = matter();
    let step = decision(&told, "2026-11-04T10:00", &duty("zjj", "5"), "");
    let told = told.then(&office(), "2026-11-04T10:00", step);
    let task = told.order().tasks[0].seq;
    (told, task)
}

fn state(order: &Order) -> Option<ExpressState> {
    order.express()
}

#[test]
fn a_candidate_becomes_a_matter_a_decision_a_task_and_then_the_order_is_closed() {
    let (told, task) = decided();
    let order = told.order();
    assert_eq!(state(&order), Some(ExpressState::Decided));
    let overview = order.overview(&told.book);
    let line = &overview.tasks[0];
    assert_eq!(line.due.at, at("2026-11-11T17:00"));
    assert_eq!(line.light(at("2026-11-04T11:00")), Light::Green);
    assert_eq!(line.light(at("2026-11-11T09:00")), Light::Yellow);
    assert_eq!(line.light(at("2026-11-11T17:01")), Light::Red);
    // The order keeps its own clock.
    assert_eq!(
        overview.clock.map(|clock| clock.due.at),
        Some(at("2026-11-23T17:00"))
    );

    let mut told = told.then(&handler("gd"), "2026-11-05T10:00", reply()).then(
        &member(),
        "2026-11-06T10:00",
        rate(RatingLevel::Satisfied),
    );
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::Replied, "a task is open");
    assert_eq!(
        order.overview(&told.book).turn(at("2026-11-06T11:00")),
        Turn::Office
    );
    // Nobody strikes it off meanwhile, and each is told which task it is.
    for who in [centre(), member(), actor(Role::Mayor)] {
        let refused = told.attempt(&who, "2026-11-30T10:00", Step::Close);
        match refused {
            Err(Refusal::TasksOpen { tasks }) => {
                assert_eq!(tasks[0].text, "出具专线路由批复。");
            }
            Err(Refusal::NotYours { .. }) => assert_eq!(who.role.name(), domain::RoleName::Mayor),
            other => panic!("{who:?}: {other:?}"),
        }
    }
    told = told.then(&handler("zjj"), "2026-11-10T10:00", report(task));
    assert_eq!(told.order().tasks[0].state(), TaskState::Reported);
    told = told.then(&office(), "2026-11-10T15:00", confirm(task, "yes"));
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::Closed, "with its last task");
    assert_eq!(state(&order), Some(ExpressState::Settled));
}

#[test]
fn what_is_refused_on_the_way() {
    let cases: Vec<(&str, Told, Actor, Step, Refusal)> = vec![
        (
            "a handler does not refer",
            in_hand(),
            handler("gd"),
            refer(),
            Refusal::NotYours {
                step: StepName::Refer,
            },
        ),
        (
            "another's head neither",
            in_hand(),
            head("zjj"),
            refer(),
            Refusal::NotYours {
                step: StepName::Refer,
            },
        ),
        (
            "an enterprise only after its second bad answer",
            in_hand(),
            member(),
            refer(),
            Refusal::NothingToDecide {
                step: StepName::Refer,
            },
        ),
        (
            "nothing was put forward",
            in_hand(),
            office(),
            accept(),
            Refusal::NothingToDecide {
                step: StepName::AcceptMatter,
            },
        ),
        (
            "the deputy mayor puts forward, and does not take up",
            in_hand().then(&deputy(), "2026-11-03T10:00", refer()),
            deputy(),
            accept(),
            Refusal::NotYours {
                step: StepName::AcceptMatter,
            },
        ),
        (
            "it is on the express already",
            matter(),
            deputy(),
            refer(),
            Refusal::OnTheExpress,
        ),
        (
            "a matter is not merged away",
            matter(),
            centre(),
            Step::Merge {
                main: domain::order::Main {
                    number: Number::new(2026, 9),
                    enterprise: 2,
                    lead: None,
                    urgency: domain::order::Urgency::Normal,
                    due: None,
                },
                reason: text("同一事项"),
            },
            Refusal::OnTheExpress,
        ),
    ];
    for (why, mut told, who, step, expected) in cases {
        assert_eq!(
            told.attempt(&who, "2026-11-03T15:00", step),
            Err(expected),
            "{why}"
        );
    }
}

#[test]
fn a_decision_needs_an_owner_and_a_deadline_ahead() {
    let told = matter();
    let now = at("2026-11-04T10:00");
    let cases = [
        (duty("", "5"), Field::Owner, Fault::Empty),
        (duty("nobody", "5"), Field::Owner, Fault::Unknown),
        (duty("tjz", "5"), Field::Owner, Fault::Unknown),
        (duty("gd", ""), Field::Deadline, Fault::Empty),
        (duty("gd", "2026-11-03"), Field::Deadline, Fault::InThePast),
        (
            duty("gd", "2026-11-04"),
            Field::Deadline,
            Fault::TooEarly {
                earliest: "2026-11-05".parse().expect("a day"),
            },
        ),
        (duty("gd", "bald"), Field::Deadline, Fault::NotADate),
        (
            duty("gd", "0"),
            Field::Deadline,
            Fault::OutOfRange { min: 1, max: 250 },
        ),
    ];
    for (draft, field, fault) in cases {
        let Err(Refusal::Invalid { faults }) = Decision::parse(&draft, "", "", now, &told.book)
        else {
            panic!("{draft:?} is taken");
        };
        assert_eq!(faults, [domain::FieldFault { field, fault }], "{draft:?}");
    }
    let days = |deadline: &str| {
        let duty = duty("gd", deadline).parse(now, &told.book);
        duty.map(|duty| duty.due(now, &told.book).at).ok()
    };
    assert_eq!(days("2026-11-06"), Some(at("2026-11-06T17:00")), "by a day");
    assert_eq!(
        days("2026-11-07"),
        Some(at("2026-11-09T17:00")),
        "a Saturday is the Monday after it"
    );
    let twice = DutyDraft {
        co_owners: vec!["zjj".into(), "gd".into()],
        ..duty("gd", "5")
    };
    assert!(
        twice.parse(now, &told.book).is_err(),
        "the owner helps itself"
    );
}

#[test]
fn a_decision_is_changed_by_another_decision_only() {
    let (mut told, task) = decided();
    let mut other = duty("zjj", "10");
    other.text = "出具附条件批复。".into();
    let unknown = decision(&told, "2026-11-05T10:00", &other, "99");
    assert!(
        told.attempt(&office(), "2026-11-05T10:00", unknown)
            .is_err()
    );
    let step = decision(&told, "2026-11-05T10:00", &other, &task.to_string());
    told = told.then(&office(), "2026-11-05T10:00", step);
    let order = told.order();
    assert_eq!(order.tasks[0].state(), TaskState::Replaced);
    assert_eq!(order.tasks[1].state(), TaskState::Open);
    assert_eq!(order.open_tasks(&office(), &told.book).len(), 1);
    assert!(
        told.attempt(&handler("zjj"), "2026-11-06T10:00", report(task))
            .is_err(),
        "what was replaced is nobody's"
    );
}

#[test]
fn a_task_climbs_its_own_ladder_once_also_while_the_order_is_paused() {
    let (mut told, _) = decided();
    let pause = domain::order::PauseWish {
        kind: domain::order::PauseKind::Special,
        reason: text("专家评审"),
        basis: text("行政许可法第四十五条"),
        evidence: None,
        until: None,
        things: Vec::new(),
    };
    told = told.then(&handler("gd"), "2026-11-10T10:00", Step::Pause(pause));
    let clockwork = Actor::clockwork();
    for _ in 0..2 {
        for day in ["2026-11-12T09:00", "2026-11-17T09:00", "2026-11-19T09:00"] {
            let _ = told.attempt(&clockwork, day, Step::Elapse);
        }
    }
    let fired = told.order().fired;
    let fired: Vec<_> = fired
        .iter()
        .filter(|fired| fired.clock == domain::order::ClockName::Task)
        .map(|fired| fired.level)
        .collect();
    assert_eq!(fired, domain::order::Level::ALL, "each level once");
    let cards = told.order().cards;
    assert!(
        cards.iter().all(|card| card.body == Some(body("zjj"))),
        "{cards:?}"
    );
    assert_eq!(cards.len(), 2, "a yellow card and a red one, of the owner");
}

#[test]
fn a_report_stops_the_clock_and_what_was_not_done_goes_on_without_that_time() {
    let (told, task) = decided();
    let told = told.then(&handler("zjj"), "2026-11-10T10:00", report(task));
    assert_eq!(
        told.order().overview(&told.book).tasks[0].light(at("2026-11-20T10:00")),
        Light::None,
        "the office looks, and the owner is not late for it"
    );
    // Looked at over the closings of 10 and 11 November.
    let told = told.then(&office(), "2026-11-12T10:00", confirm(task, "no"));
    let order = told.order();
    assert_eq!(order.tasks[0].state(), TaskState::Open);
    assert_eq!(order.tasks[0].due(&told.book).at, at("2026-11-13T17:00"));
    assert_eq!(
        order.tasks[0]
            .not_done
            .as_ref()
            .map(|reason| reason.as_str()),
        Some("批复缺附图")
    );
    // Late by now, and called done again: the levels wait as long as it is looked at.
    let level = |told: &Told, now: &str| {
        let come = told.order().ahead(at(now), &told.book).into_iter();
        come.filter(|one| matches!(one.fate, Fate::Level { .. }) && one.clock == ClockName::Task)
            .map(|one| one.at)
            .next()
    };
    let clockwork = Actor::clockwork();
    let told = told.then(&clockwork, "2026-11-16T09:00", Step::Elapse);
    // Three working days past 13 November.
    assert_eq!(
        level(&told, "2026-11-16T09:00"),
        Some(at("2026-11-19T09:00"))
    );
    let told = told
        .then(&handler("zjj"), "2026-11-17T10:00", report(task))
        .then(&office(), "2026-11-18T10:00", confirm(task, "no"));
    assert_eq!(
        level(&told, "2026-11-18T10:00"),
        Some(at("2026-11-20T09:00")),
        "without the closing of 17 November"
    );
}

#[test]
fn an_enterprise_that_was_answered_badly_twice_can_go_to_the_mayor() {
    let told = in_hand()
        .then(&handler("gd"), "2026-11-03T10:00", reply())
        .then(
            &member(),
            "2026-11-03T11:00",
            rate(RatingLevel::Dissatisfied),
        )
        .then(&handler("gd"), "2026-11-04T10:00", reply())
        .then(
            &member(),
            "2026-11-04T11:00",
            rate(RatingLevel::Dissatisfied),
        );
    let offered = |told: &Told, who: &Actor| {
        let offers = offers(&told.order(), who, at("2026-11-05T10:00"), &told.book);
        offers.iter().any(|(step, _)| *step == StepName::Refer)
    };
    assert!(offered(&told, &member()));
    let turn = |told: &Told| {
        told.order()
            .overview(&told.book)
            .turn(at("2026-11-05T11:00"))
    };
    assert_eq!(turn(&told), Turn::Deputy);
    let told = told.then(&member(), "2026-11-05T10:00", refer());
    assert_eq!(state(&told.order()), Some(ExpressState::Candidate));
    assert_eq!(turn(&told), Turn::Office);
    assert!(!offered(&told, &member()), "once");
}

#[test]
fn the_ladder_makes_candidates_and_what_was_sent_back_can_come_again() {
    let clockwork = Actor::clockwork();
    let mut told = in_hand();
    // Due on 23 November; the express 5 working days past it.
    told = told.then(&clockwork, "2026-12-01T09:00", Step::Elapse);
    assert_eq!(state(&told.order()), Some(ExpressState::Candidate));
    let instruction = duty("gd", "2").parse(at("2026-12-01T10:00"), &told.book);
    let step = Step::Instruct(instruction.expect("an instruction"));
    told = told.then(&office(), "2026-12-01T10:00", step);
    assert_eq!(state(&told.order()), Some(ExpressState::SentBack));
    // Due on 3 December, and late by 5 working days on 11 December.
    told = told.then(&clockwork, "2026-12-11T09:00", Step::Elapse);
    assert_eq!(state(&told.order()), Some(ExpressState::Candidate));
    assert!(
        matches!(
            told.attempt(
                &member(),
                "2026-12-11T10:00",
                Step::Withdraw {
                    reason: text("另有办法")
                }
            ),
            Err(Refusal::TasksOpen { .. })
        ),
        "what was instructed is still open"
    );
}

#[test]
fn a_like_matter_waits_for_the_tasks_of_the_one_that_it_is_decided_with() {
    let (main, task) = decided();
    let stands = |stands| Step::JoinMatter {
        main: Number::new(2026, 9),
        stands,
        reason: text("同一绿地"),
    };
    let mut told = in_hand().then(&deputy(), "2026-11-03T10:00", refer());
    let refused = told.attempt(&office(), "2026-11-03T11:00", stands(false));
    assert!(
        matches!(refused, Err(Refusal::Invalid { .. })),
        "{refused:?}"
    );
    let clockwork = Actor::clockwork();
    let news = |told: &Told, kind: &str| {
        let events = told.events.iter().filter(|event| event.what.code() == kind);
        let mut news: Vec<MatterNews> = events
            .flat_map(|event| express::matter_news(event, &told.order(), &told.book))
            .collect();
        news.pop().expect("news")
    };
    told = told
        .then(&office(), "2026-11-03T11:00", stands(true))
        .then(
            &clockwork,
            "2026-11-04T10:00",
            Step::FollowMatter(news(&main, "decided")),
        )
        .then(&handler("gd"), "2026-11-05T10:00", reply())
        .then(
            &member(),
            "2026-11-05T11:00",
            rate(RatingLevel::VerySatisfied),
        );
    assert_eq!(told.order().stage.name(), StageName::Replied);
    let main = main
        .then(&handler("zjj"), "2026-11-10T10:00", report(task))
        .then(&office(), "2026-11-10T11:00", confirm(task, "yes"));
    let ended = news(&main, "task_decided");
    told = told.then(&clockwork, "2026-11-10T11:00", Step::FollowMatter(ended));
    assert_eq!(told.order().stage.name(), StageName::Closed);
    let last = told.events.last().map(|event| &event.what);
    assert_eq!(last, Some(&What::Closed(events::Closed)));
}

#[test]
fn an_enterprise_learns_what_was_decided_and_not_who_said_what() {
    let (told, task) = decided();
    let told = told.then(&handler("zjj"), "2026-11-10T10:00", report(task));
    let seen = |who: &Actor| -> Vec<&'static str> {
        let events = told.events.iter().filter(|event| event.is_seen_by(who));
        events.map(|event| event.what.code()).collect()
    };
    let enterprise = seen(&member());
    assert!(enterprise.contains(&"decided") && enterprise.contains(&"matter_accepted"));
    assert!(!enterprise.contains(&"referred") && !enterprise.contains(&"task_reported"));
    assert!(seen(&handler("gd")).contains(&"referred"));
    // Nor that the owner is late, or what was instructed.
    let (mut told, _) = decided();
    let instruction = duty("gd", "2").parse(at("2026-11-04T11:00"), &told.book);
    let step = Step::Instruct(instruction.expect("an instruction"));
    let mut instructed = in_hand().then(&deputy(), "2026-11-03T10:00", refer()).then(
        &office(),
        "2026-11-04T11:00",
        step,
    );
    told = told.then(&Actor::clockwork(), "2026-11-12T09:00", Step::Elapse);
    let escalated = |who: &Actor| {
        let mut events = told.events.iter().filter(|event| event.is_seen_by(who));
        events.any(|event| event.what.code() == "escalated")
    };
    assert!(escalated(&handler("gd")) && !escalated(&member()));
    assert_eq!(
        told.order().escalation,
        None,
        "what everybody reads of the order does not say it either"
    );
    let clocks = |who: &Actor| {
        let all = clocks::seen_terms(&told.events, who).expect("clocks");
        all.iter().any(|one| one.term.clock.name == ClockName::Task)
    };
    assert!(clocks(&handler("gd")) && !clocks(&member()));
    let withdraw = Step::Withdraw {
        reason: text("另有办法"),
    };
    let refused = instructed.attempt(&member(), "2026-11-05T10:00", withdraw);
    assert_eq!(refused, Err(Refusal::TasksOpen { tasks: Vec::new() }));
}

#[test]
fn what_is_joined_to_a_matter_that_is_sent_back_is_a_candidate_again() {
    let stands = Step::JoinMatter {
        main: Number::new(2026, 9),
        stands: true,
        reason: text("同一绿地"),
    };
    let main = matter();
    let instruction = duty("gd", "2").parse(at("2026-11-04T11:00"), &main.book);
    let step = Step::Instruct(instruction.expect("an instruction"));
    let main = main.then(&office(), "2026-11-04T11:00", step);
    let event = main.events.last().expect("an event");
    let news = express::matter_news(event, &main.order(), &main.book);
    assert_eq!(news.len(), 1);
    let told = in_hand()
        .then(&deputy(), "2026-11-03T10:00", refer())
        .then(&office(), "2026-11-03T11:00", stands)
        .then(
            &Actor::clockwork(),
            "2026-11-04T11:00",
            Step::FollowMatter(news[0].clone()),
        );
    assert_eq!(state(&told.order()), Some(ExpressState::Candidate));
}

#[test]
fn when_the_time_to_rate_passes_over_an_open_task_it_is_the_offices() {
    let (told, _) = decided();
    let told = told.then(&handler("gd"), "2026-11-05T10:00", reply());
    let overview = told.order().overview(&told.book);
    let window = overview.clock.expect("time to rate").due.at;
    assert_eq!(overview.turn(window), Turn::Enterprise);
    let after = window + chrono::TimeDelta::seconds(1);
    assert_eq!(overview.turn(after), Turn::Office);
}

/// Where an order stands with the express × who × what of it they can do.
#[test]
fn each_step_of_the_express_is_of_its_state_and_of_its_people() {
    use StepName as S;
    let sent_back = || {
        let told = in_hand().then(&deputy(), "2026-11-03T10:00", refer());
        let duty = duty("zjj", "5").parse(at("2026-11-03T11:00"), &told.book);
        let step = Step::Instruct(duty.expect("an instruction"));
        told.then(&office(), "2026-11-03T11:00", step)
    };
    let joined = || {
        let step = Step::JoinMatter {
            main: Number::new(2026, 9),
            stands: true,
            reason: text("同一绿地"),
        };
        in_hand().then(&deputy(), "2026-11-03T10:00", refer()).then(
            &office(),
            "2026-11-03T11:00",
            step,
        )
    };
    let reported = || {
        let (told, task) = decided();
        told.then(&handler("zjj"), "2026-11-05T10:00", report(task))
    };
    let settled = || {
        let (told, task) = decided();
        told.then(&handler("zjj"), "2026-11-05T10:00", report(task))
            .then(&office(), "2026-11-05T11:00", confirm(task, "yes"))
    };
    let candidate = in_hand().then(&deputy(), "2026-11-03T10:00", refer());
    let states: [(&str, Option<ExpressState>, Told); 8] = [
        ("none", None, in_hand()),
        ("candidate", Some(ExpressState::Candidate), candidate),
        ("matter", Some(ExpressState::Matter), matter()),
        ("joined", Some(ExpressState::Joined), joined()),
        ("decided", Some(ExpressState::Decided), decided().0),
        ("reported", Some(ExpressState::Decided), reported()),
        ("sent back", Some(ExpressState::SentBack), sent_back()),
        ("settled", Some(ExpressState::Settled), settled()),
    ];
    let township = actor(Role::Township {
        body: body("laiji"),
    });
    let people = [
        ("office", office()),
        ("deputy", deputy()),
        ("head of the lead", head("gd")),
        ("its township", township),
        ("lead", handler("gd")),
        ("owner", handler("zjj")),
        ("centre", centre()),
        ("enterprise", member()),
        ("mayor", actor(Role::Mayor)),
    ];
    let of_the_express = [
        S::Refer,
        S::AcceptMatter,
        S::Instruct,
        S::JoinMatter,
        S::ReportTask,
        S::ConfirmTask,
    ];
    for (state, expected, told) in &states {
        assert_eq!(told.order().express(), *expected, "{state}");
        for (who, actor) in &people {
            let refers = matches!(*who, "deputy" | "head of the lead" | "its township");
            let mut allowed: Vec<StepName> = match (*state, *who) {
                ("candidate", "office") => vec![S::AcceptMatter, S::Instruct, S::JoinMatter],
                ("matter", "office") => vec![S::Instruct],
                ("reported", "office") => vec![S::ConfirmTask],
                ("decided" | "sent back", "owner") => vec![S::ReportTask],
                ("none" | "sent back" | "settled", _) if refers => vec![S::Refer],
                _ => vec![],
            };
            let offered = offers(&told.order(), actor, at("2026-11-06T10:00"), &told.book);
            let mut offered: Vec<StepName> = offered
                .into_iter()
                .filter(|(step, not_yet)| of_the_express.contains(step) && not_yet.is_none())
                .map(|(step, _)| step)
                .collect();
            allowed.sort_by_key(|step| step.code());
            offered.sort_by_key(|step| step.code());
            assert_eq!(offered, allowed, "{state}, {who}");
        }
    }
}

/// The state that has it with the office is said in two places: of one order, and in what the
/// database is asked.
#[test]
fn what_is_with_the_office_waits_for_it() {
    let alternatives = Waits::Express.conditions().any.iter();
    let unclocked = alternatives.filter(|all| all.contains(&If::NoClock));
    let states: Vec<ExpressState> = unclocked
        .flat_map(|all| all.iter())
        .filter_map(|one| match one {
            If::Express(states) => Some(states.to_vec()),
            _ => None,
        })
        .flatten()
        .collect();
    let under_way = ExpressState::ALL
        .into_iter()
        .filter(|state| state.is_under_way());
    assert_eq!(states, under_way.collect::<Vec<_>>());
}
