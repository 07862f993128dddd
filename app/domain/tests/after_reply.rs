//! What comes around and after a reply: the head's approval, the callback, promises,
//! appeals; and the supplement that an enterprise hands in.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use city::{Told, actor, at, centre, handler, member};
use domain::case::Happens;
use domain::order::escalation::Cause;
use domain::order::events;
use domain::order::told::Address;
use domain::order::{
    Ask, Call, CommitmentEnd, Complexity, Level, Light, PauseDraft, PauseWish, Rating, Reply,
    StageName, Step, StepName, Turn, What,
};
use domain::{Actor, BodyCode, Fault, Field, FieldFault, Refusal, Role};

fn head(body: &str) -> Actor {
    actor(Role::Head {
        body: BodyCode::new(body),
    })
}

fn in_hand() -> Told {
    let dispatch = Step::Dispatch {
        department: BodyCode::new("gd"),
        complexity: Complexity::Ordinary,
        co_handlers: Vec::new(),
    };
    Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch)
        .then(&handler("gd"), "2026-11-02T16:00", Step::Take)
}

fn reply(kind: &str, until: &str) -> Step {
    let reply = Reply::parse(kind, "已办", until, "").expect("right");
    Step::reply(reply, "").expect("right")
}

fn replied() -> Told {
    in_hand().then(&handler("gd"), "2026-11-05T10:00", reply("solved", ""))
}

fn call(outcome: &str) -> Step {
    Call::parse(outcome, "企业电话说")
        .map(Step::CallBack)
        .expect("right")
}

fn rate(level: &str) -> Step {
    Rating::parse(level, "").map(Step::Rate).expect("right")
}

fn kinds(told: &Told) -> Vec<&'static str> {
    told.events.iter().map(|event| event.what.code()).collect()
}

#[test]
fn the_centre_has_three_working_days_to_call_back_and_no_level_follows() {
    let told = replied();
    let overview = told.order().overview(&told.book);
    let callback = overview.callback.expect("awaited");
    // Replied on a Thursday.
    assert_eq!(callback.due.at, at("2026-11-10T17:00"));
    assert_eq!(callback.light(at("2026-11-11T09:00")), Light::Red);
    assert_eq!(overview.sweep_at, None, "the order itself is replied to");
    // The enterprise's own time is what the order shows.
    assert_eq!(
        overview.clock.map(|c| c.due.at),
        Some(at("2026-11-19T17:00"))
    );
    assert_eq!(overview.turn(at("2026-11-06T10:00")), Turn::Enterprise);
}

#[test]
fn a_call_that_reaches_nobody_is_noted_and_awaited_again() {
    let told = replied().then(&centre(), "2026-11-06T10:00", call("not_reached"));
    assert!(told.order().stage.callback().is_some());
    let mut told = told.then(&centre(), "2026-11-06T15:00", call("solved"));
    assert!(told.order().stage.callback().is_none());
    assert_eq!(
        told.order().stage.name(),
        StageName::Replied,
        "it can still rate"
    );
    let again = told.attempt(&centre(), "2026-11-06T16:00", call("solved"));
    let step = StepName::CallBack;
    assert_eq!(again, Err(Refusal::NothingToDecide { step }));
    let told = told.then(&member(), "2026-11-09T10:00", rate("satisfied"));
    assert_eq!(told.order().stage.name(), StageName::Closed);
}

#[test]
fn not_solved_goes_back_once_and_then_up() {
    let told = replied().then(&centre(), "2026-11-06T10:00", call("not_solved"));
    let order = told.order();
    assert_eq!((order.stage.name(), order.cycle), (StageName::Rework, 2));
    assert_eq!(order.stage.rating(), None, "nobody rated");
    assert_eq!(order.overview(&told.book).rating, None);
    let told = told
        .then(&handler("gd"), "2026-11-09T10:00", reply("solved", ""))
        .then(&centre(), "2026-11-10T10:00", call("not_solved"));
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::Replied);
    assert_eq!(order.escalation, Some(Level::Deputy));
    let overview = order.overview(&told.book);
    assert_eq!(overview.turn(at("2026-11-11T10:00")), Turn::Deputy);
    assert!(matches!(
        told.events.last().expect("events").what,
        What::Escalated(events::Escalated {
            cause: Cause::StillNotSolved,
            ..
        })
    ));
    let mut told = told;
    let late = told.attempt(&member(), "2026-11-11T10:00", rate("satisfied"));
    assert_eq!(late, Err(Refusal::WithDeputy));
    let closed = told.attempt(&actor(Role::Deputy), "2026-11-11T10:00", Step::Close);
    assert_eq!(closed, Ok(1));
}

#[test]
fn what_is_not_solved_is_said_in_words() {
    let silent = Call::parse("not_solved", " ");
    let fault = FieldFault {
        field: Field::Said,
        fault: Fault::Empty,
    };
    assert_eq!(silent, Err(fault.into()));
    assert!(Call::parse("solved", "").is_ok());
    assert!(Call::parse("maybe", "").is_err());
}

#[test]
fn a_rework_that_began_by_a_call_entered_late_starts_when_it_was_entered() {
    let mut told = replied();
    told.attempt_late(
        &centre(),
        Some("2026-11-06T10:00"),
        "2026-11-09T10:00",
        call("not_solved"),
    )
    .expect("allowed");
    let overview = told.order().overview(&told.book);
    assert_eq!(
        overview.clock.map(|c| c.due.at),
        Some(at("2026-11-16T17:00"))
    );
}

#[test]
fn a_promise_is_followed_after_the_order_is_struck_off() {
    let mut told = in_hand()
        .then(
            &handler("gd"),
            "2026-11-05T10:00",
            reply("planned", "2026-12-05"),
        )
        .then(&member(), "2026-11-06T10:00", rate("satisfied"));
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::Closed);
    let commitment = &order.commitments[0];
    // 12-05 is a Saturday: closing of Monday 12-07.
    assert_eq!(
        commitment.due(&told.book.calendar).at,
        at("2026-12-07T17:00")
    );
    let next = |told: &Told| told.order().overview(&told.book).sweep_at;
    // Three working days before: Wednesday.
    assert_eq!(next(&told), Some(at("2026-12-02T09:00")));
    let lights = ["2026-12-01T10:00", "2026-12-02T10:00", "2026-12-08T09:00"]
        .map(|now| commitment.light(at(now), &told.book));
    assert_eq!(lights, [Light::Green, Light::Yellow, Light::Red]);

    let clockwork = Actor::clockwork();
    let sweep = |told: &mut Told, now: &str| {
        told.attempt(&clockwork, now, Step::Elapse)
            .expect("allowed")
    };
    assert_eq!(sweep(&mut told, "2026-12-01T16:00"), 0);
    assert_eq!(sweep(&mut told, "2026-12-02T09:00"), 1, "reminded");
    assert_eq!(sweep(&mut told, "2026-12-02T09:01"), 0, "once");
    assert_eq!(next(&told), Some(at("2026-12-08T09:00")));
    assert_eq!(sweep(&mut told, "2026-12-08T09:00"), 1, "overdue");
    assert_eq!(next(&told), None);

    let keep = |reply| Step::keep_commitment(reply, "已通电").expect("right");
    let wrong = told.attempt(&handler("gd"), "2026-12-09T10:00", keep("1"));
    assert!(matches!(wrong, Err(Refusal::Invalid { .. })), "{wrong:?}");
    assert_eq!(
        told.attempt(&member(), "2026-12-09T10:00", keep("4")),
        Err(Refusal::NotYours {
            step: StepName::KeepCommitment
        })
    );
    assert_eq!(
        told.attempt(&handler("gd"), "2026-12-09T10:00", keep("4")),
        Ok(1)
    );
    let order = told.order();
    assert!(matches!(
        order.commitments[0].end,
        Some(CommitmentEnd::Kept(_))
    ));
    assert!(order.commitments[0].is_late(&told.book), "late stays late");
    let again = told.attempt(&handler("gd"), "2026-12-09T11:00", keep("4"));
    let step = StepName::KeepCommitment;
    assert_eq!(again, Err(Refusal::NothingToDecide { step }));
}

#[test]
fn a_promise_kept_on_its_day_counts_so_when_it_is_entered_later() {
    let mut told = in_hand()
        .then(
            &handler("gd"),
            "2026-11-05T10:00",
            reply("planned", "2026-11-09"),
        )
        .then(&member(), "2026-11-10T09:30", rate("satisfied"));
    let keep = || Step::keep_commitment("4", "已通电").expect("right");
    let (gd, now) = (handler("gd"), "2026-11-10T10:00");
    let early = told.attempt_late(&gd, Some("2026-11-05T09:00"), now, keep());
    assert!(early.is_err(), "not before it was promised");
    told.attempt_late(&gd, Some("2026-11-09T16:00"), now, keep())
        .expect("on its day, before it was struck off");
    assert!(!told.order().commitments[0].is_late(&told.book));
}

#[test]
fn a_promise_for_sooner_than_the_reminder_rings_only_when_it_is_broken() {
    let told = in_hand().then(
        &handler("gd"),
        "2026-11-05T10:00",
        reply("planned", "2026-11-06"),
    );
    let sweep = told.order().overview(&told.book).sweep_at;
    assert_eq!(sweep, Some(at("2026-11-09T09:00")));
}

#[test]
fn a_promise_that_went_back_is_void() {
    let told = in_hand()
        .then(
            &handler("gd"),
            "2026-11-05T10:00",
            reply("planned", "2026-12-04"),
        )
        .then(&member(), "2026-11-06T10:00", rate("dissatisfied"));
    let order = told.order();
    assert!(matches!(
        order.commitments[0].end,
        Some(CommitmentEnd::Void { .. })
    ));
    let told = told.then(
        &handler("gd"),
        "2026-11-09T10:00",
        reply("planned", "2026-12-11"),
    );
    let open = told
        .order()
        .commitments
        .iter()
        .filter(|one| one.is_open())
        .count();
    assert_eq!(open, 1);
}

/// The grid company's head approves what goes out.
fn approving(mut told: Told) -> Told {
    let bodies = told.book.directory.bodies.iter_mut();
    for body in bodies.filter(|body| body.code.as_str() == "gd") {
        body.approves_replies = true;
    }
    told
}

#[test]
fn a_head_approves_a_reply_before_it_goes_out() {
    let told = approving(in_hand()).then(&handler("gd"), "2026-11-05T10:00", reply("solved", ""));
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::InHand, "the clock runs on");
    let overview = order.overview(&told.book);
    assert_eq!(overview.asks, [Ask::Reply]);
    assert!(
        overview.asks_for(&member()).is_empty(),
        "not the enterprise's to know"
    );
    let decide = |granted, reason| Step::decide_reply(granted, reason).expect("right");
    let mut told = told;
    let own = told.attempt(&handler("gd"), "2026-11-05T11:00", decide("yes", ""));
    let step = StepName::DecideReply;
    assert_eq!(
        own,
        Err(Refusal::NotYours { step }),
        "nobody approves their own"
    );
    let told = told.then(
        &head("gd"),
        "2026-11-05T14:00",
        decide("no", "请写明通电日期"),
    );
    let order = told.order();
    assert_eq!(order.stage.name(), StageName::InHand);
    let to_mend = order.to_mend().map(|reply| reply.kind.code());
    assert_eq!(to_mend, Some("solved"), "nothing is typed twice");
    let sent_back = &told.events.last().expect("decided").what;
    assert!(
        matches!(sent_back.told(&order)[..], [Address::Person(_)]),
        "whoever wrote it is told, though the head is of the same body"
    );
    let mut told = told.then(&handler("gd"), "2026-11-06T10:00", reply("solved", ""));
    assert_eq!(told.order().to_mend(), None);
    let gone = told.attempt(&head("gd"), "2026-11-06T11:00", decide("yes", ""));
    assert_eq!(gone, Ok(2));
    assert_eq!(
        kinds(&told)[5..],
        ["reply_submitted", "reply_decided", "replied"]
    );
    // A head's own needs nobody.
    let told = approving(in_hand()).then(&head("gd"), "2026-11-05T10:00", reply("solved", ""));
    assert_eq!(told.order().stage.name(), StageName::Replied);
}

#[test]
fn an_approval_while_the_clock_is_paused_closes_the_pause_first() {
    let draft = PauseDraft {
        kind: "special".into(),
        reason: "评审".into(),
        basis: "行政许可法第四十五条".into(),
        ..PauseDraft::default()
    };
    let pause = Step::Pause(PauseWish::parse(&draft).expect("right"));
    let approve = Step::decide_reply("yes", "").expect("right");
    let told = approving(in_hand())
        .then(&handler("gd"), "2026-11-05T10:00", reply("solved", ""))
        .then(&handler("gd"), "2026-11-05T11:00", pause)
        .then(&head("gd"), "2026-11-06T11:00", approve);
    assert_eq!(kinds(&told)[5..], ["reply_decided", "resumed", "replied"]);
}

#[test]
fn a_bad_rating_is_appealed_once_in_time_and_stays_visible() {
    let rated = || replied().then(&member(), "2026-11-06T10:00", rate("dissatisfied"));
    let appeal = || Step::appeal("已按承诺通电，有回执").expect("right");
    let decide = |upheld, reason| Step::decide_appeal(upheld, reason).expect("right");
    // (when, whether it is in time: five working days after Friday 11-06)
    let mut late = rated();
    let due = at("2026-11-13T17:00");
    let step = StepName::Appeal;
    assert_eq!(
        late.attempt(&handler("gd"), "2026-11-13T17:01", appeal()),
        Err(Refusal::PastDeadline { step, due })
    );
    let mut told = rated().then(&handler("gd"), "2026-11-13T17:00", appeal());
    assert_eq!(told.order().overview(&told.book).asks, [Ask::Appeal]);
    assert_eq!(
        told.attempt(&handler("gd"), "2026-11-13T17:00", appeal()),
        Err(Refusal::NoMore { step, max: 1 })
    );
    let told = told.then(&centre(), "2026-11-16T10:00", decide("yes", ""));
    let order = told.order();
    let rated = order.contested().expect("a bad rating");
    assert!(rated.is_set_aside());
    assert_eq!(order.overview(&told.book).rating, Some(rated.rating.level));
    assert_eq!(order.stage.name(), StageName::Rework, "the work goes on");
    assert!(
        Step::decide_appeal("no", "").is_err(),
        "a no has its reason"
    );

    let mut satisfied = replied().then(&member(), "2026-11-06T10:00", rate("satisfied"));
    assert_eq!(
        satisfied.attempt(&handler("gd"), "2026-11-06T11:00", appeal()),
        Err(Refusal::NothingToDecide { step })
    );
}

#[test]
fn an_enterprise_hands_in_what_was_asked_for_and_the_clock_runs_again() {
    let draft = |kind: &str, things: &str| PauseDraft {
        kind: kind.into(),
        reason: "材料不齐".into(),
        basis: "行政许可法第三十二条".into(),
        things: things.into(),
        ..PauseDraft::default()
    };
    let wish =
        PauseWish::parse(&draft("supplement", "用电负荷说明\n\n 土地手续 \r\n")).expect("right");
    let things: Vec<&str> = wish.things.iter().map(|thing| thing.as_str()).collect();
    assert_eq!(things, ["用电负荷说明", "土地手续"]);
    assert!(PauseWish::parse(&draft("special", "一件")).is_err());
    assert!(PauseWish::parse(&draft("supplement", &"一件\n".repeat(31))).is_err());

    let told = in_hand().then(&handler("gd"), "2026-11-05T10:00", Step::Pause(wish));
    let hand_in = || Step::supplement("两件均已交窗口").expect("right");
    let mut other = told;
    assert_eq!(
        other.attempt(&handler("gd"), "2026-11-06T10:00", hand_in()),
        Err(Refusal::NotYours {
            step: StepName::Supplement
        })
    );
    let told = other.then(&member(), "2026-11-09T10:00", hand_in());
    assert_eq!(kinds(&told)[4..], ["supplemented", "resumed"]);
    let overview = told.order().overview(&told.book);
    // Two closings lie in the pause: 11-05 and 11-06.
    assert_eq!(
        overview.clock.map(|c| c.due.at),
        Some(at("2026-11-25T17:00"))
    );

    let special = PauseWish::parse(&draft("special", "")).expect("right");
    let mut told = in_hand().then(&handler("gd"), "2026-11-05T10:00", Step::Pause(special));
    let step = StepName::Supplement;
    assert_eq!(
        told.attempt(&member(), "2026-11-06T10:00", hand_in()),
        Err(Refusal::NothingToDecide { step })
    );
}

fn correct(kind: &str, until: &str) -> Step {
    Step::CorrectReply {
        reply: Reply::parse(kind, "已办，更正", until, "").expect("right"),
        reason: domain::order::Reason::parse(Field::Reason, "日期有误").expect("a reason"),
    }
}

#[test]
fn a_reply_is_corrected_until_it_is_rated_and_no_clock_moves() {
    let mut told = replied();
    let before = told.order().overview(&told.book);
    let gd = handler("gd");
    assert_eq!(
        told.attempt(&gd, "2026-11-06T10:00", correct("explained", "")),
        Ok(1)
    );
    let order = told.order();
    let standing = domain::order::correction::current(&order).expect("a reply");
    assert_eq!(standing.text.as_str(), "已办，更正");
    let after = order.overview(&told.book);
    assert_eq!(
        (after.clock, after.callback),
        (before.clock, before.callback)
    );
    assert_eq!(
        after.resolved, before.resolved,
        "it counts from the first reply"
    );
    let same = told.attempt(&gd, "2026-11-06T10:05", correct("explained", ""));
    assert!(matches!(same, Err(Refusal::Invalid { .. })), "{same:?}");
    let past = told.attempt(&gd, "2026-11-06T10:05", correct("planned", "2026-11-05"));
    assert!(matches!(past, Err(Refusal::Invalid { .. })), "{past:?}");
    // Rated badly twice it stands where it was replied to, and has been answered.
    let mut told = told.then(&member(), "2026-11-06T11:00", rate("dissatisfied"));
    let step = StepName::CorrectReply;
    let stage = StageName::Rework;
    let late = told.attempt(&gd, "2026-11-06T12:00", correct("solved", ""));
    assert_eq!(late, Err(Refusal::WrongStage { step, stage }));
    let again = reply("solved", "");
    let mut told = told.then(&gd, "2026-11-09T10:00", again).then(
        &member(),
        "2026-11-09T11:00",
        rate("dissatisfied"),
    );
    let late = told.attempt(&gd, "2026-11-09T12:00", correct("explained", ""));
    assert_eq!(late, Err(Refusal::NothingToDecide { step }));
}

#[test]
fn a_promise_whose_day_is_corrected_is_followed_for_the_new_day_alone() {
    let gd = handler("gd");
    let told = in_hand().then(&gd, "2026-11-05T10:00", reply("planned", "2026-12-05"));
    let told = told.then(&gd, "2026-11-06T10:00", correct("planned", "2026-12-05"));
    assert_eq!(
        told.order().commitments.len(),
        1,
        "the same day is the same promise"
    );
    let told = told.then(&gd, "2026-11-06T10:10", correct("planned", "2026-12-18"));
    let order = told.order();
    let open: Vec<_> = order
        .commitments
        .iter()
        .filter(|one| one.is_open())
        .collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].until.to_string(), "2026-12-18");
    let told = told.then(&gd, "2026-11-06T10:20", correct("solved", ""));
    assert!(told.order().commitments.iter().all(|one| !one.is_open()));
}

#[test]
fn a_promise_that_was_kept_is_not_revived_by_a_correction_of_the_text() {
    let gd = handler("gd");
    let keep = Step::keep_commitment("4", "已通电").expect("right");
    let told = in_hand()
        .then(&gd, "2026-11-05T10:00", reply("planned", "2026-11-06"))
        .then(&gd, "2026-11-06T10:00", keep)
        .then(&gd, "2026-11-09T10:00", correct("planned", "2026-11-06"));
    let order = told.order();
    assert_eq!(order.commitments.len(), 1);
    assert!(!order.commitments[0].is_open());
}

#[test]
fn a_correction_revives_no_broken_promise_and_comes_before_the_enterprise_has_answered() {
    let gd = handler("gd");
    let step = StepName::CorrectReply;
    let promised = in_hand().then(&gd, "2026-11-05T10:00", reply("planned", "2026-11-06"));
    let mut broken = promised.then(&Actor::clockwork(), "2026-11-09T09:00", Step::Elapse);
    for (kind, until) in [("planned", "2027-01-20"), ("solved", "")] {
        let moved = broken.attempt(&gd, "2026-11-09T10:00", correct(kind, until));
        let fault = FieldFault {
            field: Field::ReplyUntil,
            fault: Fault::PromiseBroken,
        };
        assert_eq!(moved, Err(fault.into()), "{kind}");
    }
    let text = broken.attempt(&gd, "2026-11-09T10:00", correct("planned", "2026-11-06"));
    assert_eq!(text, Ok(1), "what was said of it can be put right");
    // Its time to rate ends on Thursday the 19th.
    let due = at("2026-11-19T17:00");
    let late = replied().attempt(&gd, "2026-11-20T09:00", correct("explained", ""));
    assert_eq!(late, Err(Refusal::PastDeadline { step, due }));
    let mut called = replied().then(&centre(), "2026-11-06T10:00", call("solved"));
    let after = called.attempt(&gd, "2026-11-06T11:00", correct("explained", ""));
    assert_eq!(after, Err(Refusal::NothingToDecide { step }));
}

#[test]
fn where_the_head_approves_replies_the_head_corrects_them() {
    let told = approving(in_hand()).then(&head("gd"), "2026-11-05T10:00", reply("solved", ""));
    let mut told = told;
    let step = StepName::CorrectReply;
    let own = told.attempt(&handler("gd"), "2026-11-06T10:00", correct("explained", ""));
    assert_eq!(own, Err(Refusal::NotYours { step }));
    assert_eq!(
        told.attempt(&head("gd"), "2026-11-06T10:00", correct("explained", "")),
        Ok(1)
    );
}
