//! The clocks of an order: pauses, extensions, returns, late entries, the ladder and
//! its cards, and what moves when a calendar or the rules change.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use chrono::NaiveDate;
use city::{Told, actor, at, centre, handler, member};
use domain::case::Happens;
use domain::order::clocks::terms;
use domain::order::escalation::before_a_step;
use domain::order::event::What;
use domain::order::events;
use domain::order::recount;
use domain::order::{
    Asked, Colour, Complexity, Fate, Level, Light, Order, PauseKind, PauseWish, Rating,
    RatingLevel, Reply, ReplyKind, Return, StageName, Step, StepName, Turn,
};
use domain::text::Prose;
use domain::time::notice::Kind;
use domain::time::{Limit, YearNotice};
use domain::{Actor, BodyCode, Fault, Field, FieldFault, Refusal, Role, Rules};

fn text<const N: usize>(text: &str) -> Prose<N> {
    Prose::parse(Field::Reason, text).expect("a text")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// In hand at `gd` from Monday 2026-11-02 on: fifteen days, until Monday 11-23.
fn in_hand() -> Told {
    Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch())
        .then(&handler("gd"), "2026-11-02T16:00", Step::Take)
}

fn dispatch() -> Step {
    Step::Dispatch {
        department: BodyCode::new("gd"),
        complexity: Complexity::Ordinary,
        co_handlers: Vec::new(),
    }
}

fn pause(until: Option<&str>) -> Step {
    Step::Pause(PauseWish {
        kind: PauseKind::Supplement,
        reason: text("缺用电负荷说明"),
        basis: text("行政许可法第三十二条"),
        evidence: None,
        until: until.map(date),
        things: Vec::new(),
    })
}

fn extend(days: u16) -> Step {
    let reason = text("外线施工");
    Step::Extend(Asked { days, reason })
}

fn grant() -> Step {
    let (granted, reason) = (true, None);
    Step::DecideExtension { granted, reason }
}

fn send_back() -> Step {
    Step::Return(Return {
        reason: text("属住建职责"),
        clause: text("三定方案第五条"),
        propose: Some(BodyCode::new("zjj")),
    })
}

fn rule(body: &str) -> Step {
    Step::Rule {
        department: BodyCode::new(body),
        reason: text("依三定方案"),
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
    let comment = None;
    Step::Rate(Rating { level, comment })
}

fn due(told: &Told) -> domain::Instant {
    let order = told.order();
    let term = order.stage.standing().next().expect("a clock");
    term.due(&told.book.calendar).at
}

fn refused(field: Field, fault: Fault) -> Result<usize, Refusal> {
    Err(FieldFault { field, fault }.into())
}

#[test]
fn a_paused_order_stands_still_and_its_deadline_moves_by_the_days_taken_out() {
    let mut told = in_hand().then(&handler("gd"), "2026-11-04T10:00", pause(None));
    let overview = told.order().overview(&told.book);
    assert_eq!((overview.stage, overview.clock), (StageName::Paused, None));
    assert_eq!(overview.light(at("2026-12-30T10:00")), Light::None);
    // Ten working days from Wednesday 11-04: it runs again on 11-18.
    assert_eq!(overview.sweep_at, Some(at("2026-11-18T09:00")));
    told = told.then(&handler("gd"), "2026-11-06T10:00", Step::Resume);
    assert_eq!(
        due(&told),
        at("2026-11-25T17:00"),
        "11-04 and 11-05 are out"
    );
}

#[test]
fn a_pause_ends_by_itself_at_its_cap_however_late_the_sweep_comes() {
    let mut told = in_hand().then(&handler("gd"), "2026-11-04T10:00", pause(None));
    let clockwork = Actor::clockwork();
    assert_eq!(
        told.attempt(&clockwork, "2026-11-17T16:00", Step::Elapse),
        Ok(0)
    );
    assert_eq!(
        told.attempt(&clockwork, "2026-12-01T10:00", Step::Elapse),
        Ok(1)
    );
    let resumed = told.events.last().expect("an event");
    assert_eq!(resumed.happened_at, at("2026-11-18T09:00"));
    assert_eq!(resumed.entered_at, at("2026-12-01T10:00"));
    assert_eq!(due(&told), at("2026-12-07T17:00"), "ten days are out");
}

#[test]
fn a_pause_has_an_end_after_its_beginning_and_within_the_cap() {
    let until = |day| in_hand().attempt(&handler("gd"), "2026-11-04T10:00", pause(Some(day)));
    let early = refused(Field::PauseUntil, Fault::EndsBeforeItBegins);
    assert_eq!(until("2026-11-03"), early);
    assert_eq!(until("2026-11-04"), early);
    assert_eq!(until("2026-11-05"), Ok(1));
    assert_eq!(until("2026-11-18"), Ok(1));
    let cap = date("2026-11-18");
    assert_eq!(
        until("2026-11-19"),
        refused(Field::PauseUntil, Fault::BeyondCap { cap })
    );
}

#[test]
fn pauses_are_one_at_a_time_two_in_a_cycle_and_none_after_the_deadline() {
    let gd = handler("gd");
    let mut told = in_hand().then(&gd, "2026-11-04T10:00", pause(None));
    let (step, stage) = (StepName::Pause, StageName::Paused);
    let second = told.attempt(&gd, "2026-11-04T11:00", pause(None));
    assert_eq!(second, Err(Refusal::WrongStage { step, stage }));
    told = told
        .then(&gd, "2026-11-05T10:00", Step::Resume)
        .then(&gd, "2026-11-05T11:00", pause(None))
        .then(&gd, "2026-11-06T10:00", Step::Resume);
    let third = told.attempt(&gd, "2026-11-06T11:00", pause(None));
    assert_eq!(third, Err(Refusal::NoMore { step, max: 2 }));
    let mut late = in_hand();
    assert_eq!(
        late.attempt(&gd, "2026-11-23T17:00", pause(None)),
        Ok(1),
        "its last instant"
    );
    let due = at("2026-11-23T17:00");
    let past = in_hand().attempt(&gd, "2026-11-23T17:01", pause(None));
    assert_eq!(past, Err(Refusal::PastDeadline { step, due }));
}

#[test]
fn what_ends_a_paused_order_closes_its_pause_first() {
    let told = in_hand().then(&handler("gd"), "2026-11-04T10:00", pause(None));
    let told = told.then(&handler("gd"), "2026-11-06T10:00", reply());
    let kinds: Vec<_> = told.events.iter().map(|event| event.what.code()).collect();
    assert_eq!(kinds[3..], ["paused", "resumed", "replied"]);
    let all = terms(&told.events).expect("whole");
    let resolve = all
        .iter()
        .find(|timed| timed.term.clock.limit == Limit::Days(15));
    let pauses = &resolve.expect("the cycle").term.pauses;
    assert_eq!(
        pauses[0].span().until,
        at("2026-11-06T10:00"),
        "the pause is kept"
    );
}

#[test]
fn the_enterprise_objects_once_and_the_centre_decides() {
    let object = || Step::Object {
        reason: text("材料早已交齐"),
    };
    let paused = || in_hand().then(&handler("gd"), "2026-11-04T10:00", pause(None));
    let objected = || paused().then(&member(), "2026-11-05T10:00", object());
    let turn = |told: &Told| {
        told.order()
            .overview(&told.book)
            .turn(at("2026-11-05T11:00"))
    };
    assert_eq!(
        (turn(&paused()), turn(&objected())),
        (Turn::Enterprise, Turn::Centre)
    );
    let step = StepName::Object;
    let twice = objected().attempt(&member(), "2026-11-05T11:00", object());
    assert_eq!(twice, Err(Refusal::NoMore { step, max: 1 }));
    let decided = |upheld| {
        let reason = None;
        objected().then(
            &centre(),
            "2026-11-05T14:00",
            Step::DecideObjection { upheld, reason },
        )
    };
    assert_eq!(decided(false).order().stage.name(), StageName::Paused);
    let upheld = decided(true);
    assert_eq!(upheld.order().stage.name(), StageName::InHand);
    assert_eq!(
        due(&upheld),
        at("2026-11-24T17:00"),
        "one closing was paused"
    );
}

#[test]
fn an_extension_adds_working_days_and_is_asked_in_time() {
    let gd = handler("gd");
    let granted = in_hand().then(&gd, "2026-11-20T17:00", extend(5)).then(
        &centre(),
        "2026-11-23T10:00",
        grant(),
    );
    assert_eq!(due(&granted), at("2026-11-30T17:00"));
    let until = at("2026-11-20T17:00");
    let late = in_hand().attempt(&gd, "2026-11-20T17:01", extend(5));
    assert_eq!(late, Err(Refusal::AskedTooLate { until }));
    let (min, max) = (1, 15);
    let long = in_hand().attempt(&gd, "2026-11-20T10:00", extend(16));
    assert_eq!(long, refused(Field::Days, Fault::OutOfRange { min, max }));
}

#[test]
fn an_extension_is_not_granted_after_the_deadline_and_can_still_be_refused() {
    let mut told = in_hand().then(&handler("gd"), "2026-11-20T10:00", extend(5));
    let step = StepName::DecideExtension;
    let due = at("2026-11-23T17:00");
    let late = told.attempt(&centre(), "2026-11-23T17:01", grant());
    assert_eq!(late, Err(Refusal::PastDeadline { step, due }));
    let refuse = Step::decide_extension("no", "已逾期").expect("parses");
    assert_eq!(told.attempt(&centre(), "2026-11-23T17:01", refuse), Ok(1));
    assert!(
        Step::decide_extension("no", "").is_err(),
        "a reason is needed to say no"
    );
}

#[test]
fn there_are_two_extensions_the_second_by_the_deputy_mayor() {
    let gd = handler("gd");
    let mut told = in_hand()
        .then(&gd, "2026-11-03T10:00", extend(5))
        .then(&centre(), "2026-11-03T11:00", grant())
        .then(&gd, "2026-11-04T10:00", extend(5));
    let step = StepName::DecideExtension;
    let centre = told.attempt(&centre(), "2026-11-04T11:00", grant());
    assert_eq!(centre, Err(Refusal::NotYours { step }));
    told = told.then(&actor(Role::Deputy), "2026-11-04T11:00", grant());
    assert_eq!(due(&told), at("2026-12-07T17:00"), "fifteen and ten");
    let (step, max) = (StepName::Extend, 2);
    let third = told.attempt(&gd, "2026-11-05T10:00", extend(5));
    assert_eq!(third, Err(Refusal::NoMore { step, max }));
}

#[test]
fn a_return_is_ruled_on_a_clock_of_its_own_while_the_order_s_runs_on() {
    let dispatched = || {
        Told::placed("2026-11-02T10:00", "normal").then(&centre(), "2026-11-02T14:00", dispatch())
    };
    let returned = dispatched().then(&handler("gd"), "2026-11-03T10:00", send_back());
    let overview = returned.order().overview(&returned.book);
    assert_eq!(
        overview.clock.map(|clock| clock.due.at),
        Some(at("2026-11-04T17:00"))
    );
    assert_eq!(overview.turn(at("2026-11-03T11:00")), Turn::Centre);
    let ruled = returned.then(&centre(), "2026-11-04T10:00", rule("zjj"));
    let order = ruled.order();
    assert_eq!(order.stage.lead(), Some(&BodyCode::new("zjj")));
    let dues: Vec<_> = order
        .stage
        .running()
        .map(|t| t.due(&ruled.book.calendar).at)
        .collect();
    assert_eq!(dues, [at("2026-11-05T17:00"), at("2026-11-23T17:00")]);
    let step = StepName::Return;
    let late = dispatched().attempt(&handler("gd"), "2026-11-03T17:01", send_back());
    assert_eq!(
        late,
        Err(Refusal::PastDeadline {
            step,
            due: at("2026-11-03T17:00")
        })
    );
}

#[test]
fn an_order_is_returned_twice_at_most() {
    let mut told = Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch())
        .then(&handler("gd"), "2026-11-03T10:00", send_back())
        .then(&centre(), "2026-11-03T11:00", rule("zjj"))
        .then(&handler("zjj"), "2026-11-03T14:00", send_back())
        .then(&centre(), "2026-11-03T15:00", rule("gd"));
    let (step, max) = (StepName::Return, 2);
    let third = told.attempt(&handler("gd"), "2026-11-03T16:00", send_back());
    assert_eq!(third, Err(Refusal::NoMore { step, max }));
    assert_eq!(
        told.attempt(&handler("gd"), "2026-11-03T16:00", Step::Take),
        Ok(1)
    );
}

#[test]
fn a_second_late_ruling_is_carried_up_as_the_first_was() {
    let clockwork = Actor::clockwork();
    let mut told = Told::placed("2026-11-02T10:00", "normal")
        .then(&centre(), "2026-11-02T14:00", dispatch())
        .then(&handler("gd"), "2026-11-02T15:00", send_back());
    assert_eq!(
        told.attempt(&clockwork, "2026-11-04T09:00", Step::Elapse),
        Ok(1)
    );
    told = told.then(&centre(), "2026-11-04T10:00", rule("zjj")).then(
        &handler("zjj"),
        "2026-11-04T11:00",
        send_back(),
    );
    assert_eq!(
        told.attempt(&clockwork, "2026-11-06T09:00", Step::Elapse),
        Ok(1)
    );
}

#[test]
fn a_step_can_be_entered_late_within_bounds() {
    let late = |happened: &str| {
        in_hand().attempt_late(&handler("gd"), Some(happened), "2026-11-11T10:00", reply())
    };
    let last = at("2026-11-02T16:00");
    let cases = [
        (
            "2026-11-11T10:01",
            Err(Fault::InTheFuture),
            "not in the future",
        ),
        ("2026-11-11T09:59", Ok(()), "a minute ago"),
        ("2026-11-04T00:00", Ok(()), "the fifth working day back"),
        (
            "2026-11-03T23:59",
            Err(Fault::TooFarBack { days: 5 }),
            "the sixth",
        ),
        (
            "2026-11-02T15:59",
            Err(Fault::BeforeTheLast { last }),
            "before it was taken",
        ),
    ];
    for (happened, expected, why) in cases {
        let expected = match expected {
            Ok(()) => Ok(1),
            Err(fault) => refused(Field::HappenedAt, fault),
        };
        assert_eq!(late(happened), expected, "{why}");
    }
    let mut told = in_hand();
    told.attempt_late(
        &handler("gd"),
        Some("2026-11-09T10:00"),
        "2026-11-11T10:00",
        reply(),
    )
    .expect("within bounds");
    let event = told.events.last().expect("an event");
    assert_eq!(
        (event.happened_at, event.entered_at),
        (at("2026-11-09T10:00"), at("2026-11-11T10:00"))
    );
    assert_eq!(
        due(&told),
        at("2026-11-25T17:00"),
        "the enterprise could not rate before"
    );
}

#[test]
fn lateness_is_not_undone_by_a_pause_or_an_extension_that_is_dated_back() {
    let due = at("2026-11-23T17:00");
    let late = |step| {
        let happened = Some("2026-11-20T10:00");
        in_hand().attempt_late(&handler("gd"), happened, "2026-11-24T10:00", step)
    };
    let step = StepName::Pause;
    assert_eq!(late(pause(None)), Err(Refusal::PastDeadline { step, due }));
    let until = at("2026-11-20T17:00");
    assert_eq!(late(extend(5)), Err(Refusal::AskedTooLate { until }));
    assert_eq!(
        late(reply()),
        Ok(1),
        "what was done in time can still be entered"
    );
}

#[test]
fn a_late_entry_starts_the_clocks_of_others_when_it_is_entered() {
    let mut told = Told::placed("2026-11-02T10:00", "critical");
    told.attempt_late(
        &centre(),
        Some("2026-11-02T11:00"),
        "2026-11-06T10:00",
        dispatch(),
    )
    .expect("within bounds");
    let dues: Vec<_> = told
        .order()
        .stage
        .running()
        .map(|term| term.due(&told.book.calendar).at)
        .collect();
    assert_eq!(dues, [at("2026-11-06T12:00"), at("2026-11-11T17:00")]);
}

#[test]
fn what_decides_about_others_is_not_dated_back() {
    let (upheld, reason) = (true, None);
    let mut told = in_hand()
        .then(&handler("gd"), "2026-11-04T10:00", pause(None))
        .then(
            &member(),
            "2026-11-05T10:00",
            Step::object("材料早已交齐").expect("parses"),
        );
    let decide = Step::DecideObjection { upheld, reason };
    let got = told.attempt_late(
        &centre(),
        Some("2026-11-05T11:00"),
        "2026-11-10T10:00",
        decide,
    );
    assert_eq!(got, refused(Field::HappenedAt, Fault::NotLate));
}

#[test]
fn a_pause_is_not_dated_back_into_one_that_ended_by_itself() {
    let gd = handler("gd");
    let mut told = in_hand()
        .then(&gd, "2026-11-04T10:00", pause(Some("2026-11-10")))
        .then(&Actor::clockwork(), "2026-11-10T09:00", Step::Elapse);
    let last = at("2026-11-10T09:00");
    let got = told.attempt_late(
        &gd,
        Some("2026-11-05T10:00"),
        "2026-11-10T10:00",
        pause(None),
    );
    assert_eq!(
        got,
        refused(Field::HappenedAt, Fault::BeforeTheLast { last })
    );
}

#[test]
fn a_pause_takes_out_its_cap_of_days_and_not_one_more() {
    for (from, until) in [
        ("2026-11-04T10:00", "2026-11-18T09:00"),
        ("2026-11-04T17:00", "2026-11-18T09:00"),
        ("2026-11-04T17:01", "2026-11-19T09:00"),
        ("2026-11-07T10:00", "2026-11-23T09:00"),
    ] {
        let told = in_hand().then(&handler("gd"), from, pause(None));
        assert_eq!(
            told.order().stage.pause().map(|p| p.until),
            Some(at(until)),
            "{from}"
        );
        assert_eq!(due(&told), at("2026-12-07T17:00"), "{from}: ten days");
    }
}

#[test]
fn acting_first_does_not_undo_what_had_fallen_due() {
    let before = |now: &str| {
        let told = in_hand();
        let events = before_a_step(&told.order(), at(now), &told.book);
        let fired: Vec<_> = events
            .iter()
            .map(|event| (event.what.code(), event.happened_at))
            .collect();
        fired
    };
    assert_eq!(
        before("2026-11-23T17:30"),
        [],
        "the level comes with the next opening"
    );
    assert_eq!(
        before("2026-11-24T09:30"),
        [("escalated", at("2026-11-24T09:30"))]
    );
    let night = before("2026-11-27T20:00");
    assert_eq!(
        night,
        [("escalated", at("2026-11-27T09:00")); 2],
        "two levels, in business time"
    );
    let told = in_hand().then(
        &handler("gd"),
        "2026-11-04T10:00",
        pause(Some("2026-11-10")),
    );
    let events = before_a_step(&told.order(), at("2026-11-11T10:00"), &told.book);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].happened_at, at("2026-11-10T09:00"));
}

#[test]
fn an_enterprise_cannot_date_its_steps_back() {
    let mut told = in_hand().then(&handler("gd"), "2026-11-05T10:00", reply());
    let bad = rate(RatingLevel::Dissatisfied);
    let got = told.attempt_late(&member(), Some("2026-11-05T11:00"), "2026-11-11T10:00", bad);
    assert_eq!(got, refused(Field::HappenedAt, Fault::OfficesOnly));
}

#[test]
fn a_clock_of_the_system_that_jumps_back_does_not_turn_the_history_round() {
    let told = in_hand().then(&handler("gd"), "2026-11-02T13:00", reply());
    let event = told.events.last().expect("an event");
    assert_eq!(
        event.happened_at,
        at("2026-11-02T16:00"),
        "when it was taken"
    );
}

#[test]
fn a_level_gives_its_card_once_and_a_card_is_explained_and_lifted() {
    let clockwork = Actor::clockwork();
    let mut told = in_hand();
    assert_eq!(
        told.attempt(&clockwork, "2026-11-27T09:00", Step::Elapse),
        Ok(2)
    );
    let cards = told.order().cards;
    let colours: Vec<_> = cards.iter().map(|card| (card.colour, card.level)).collect();
    assert_eq!(
        colours,
        [(Colour::Yellow, Level::Head), (Colour::Red, Level::Deputy)]
    );
    let card = cards[0].seq.to_string();
    let explain = || Step::explain(&card, "外线施工受阻").expect("parses");
    let lift = || Step::lift(&card, "情况属实").expect("parses");
    let step = StepName::Explain;
    let stranger = told.attempt(&handler("zjj"), "2026-11-27T10:00", explain());
    assert_eq!(stranger, Err(Refusal::NotYours { step }));
    assert_eq!(
        told.attempt(&handler("gd"), "2026-11-27T10:00", explain()),
        Ok(1)
    );
    let again = told.attempt(&handler("gd"), "2026-11-27T11:00", explain());
    assert_eq!(again, refused(Field::Card, Fault::Unknown), "answered once");
    // The card outlives the order.
    told = told.then(&handler("gd"), "2026-11-27T14:00", reply()).then(
        &member(),
        "2026-11-27T15:00",
        rate(RatingLevel::Satisfied),
    );
    let step = StepName::Lift;
    let own = told.attempt(&handler("gd"), "2026-11-27T16:00", lift());
    assert_eq!(own, Err(Refusal::NotYours { step }));
    let supervision = actor(Role::Supervision);
    assert_eq!(
        told.attempt(&supervision, "2026-11-27T16:00", lift()),
        Ok(1)
    );
    let twice = told.attempt(&supervision, "2026-11-27T16:30", lift());
    assert_eq!(twice, refused(Field::Card, Fault::Unknown));
    assert_eq!(told.order().stage.name(), StageName::Closed);
}

#[test]
fn no_level_fires_while_business_is_closed_or_the_order_is_paused() {
    let clockwork = Actor::clockwork();
    for now in [
        "2026-11-24T08:59",
        "2026-11-24T12:00",
        "2026-11-24T17:00",
        "2026-11-28T10:00",
    ] {
        assert_eq!(
            in_hand().attempt(&clockwork, now, Step::Elapse),
            Ok(0),
            "{now}"
        );
    }
    assert_eq!(
        in_hand().attempt(&clockwork, "2026-11-24T13:00", Step::Elapse),
        Ok(1)
    );
    let mut paused = in_hand().then(&handler("gd"), "2026-11-23T17:00", pause(None));
    assert_eq!(
        paused.attempt(&clockwork, "2026-11-30T10:00", Step::Elapse),
        Ok(0)
    );
}

#[test]
fn what_is_foreseen_is_what_happens() {
    let told = in_hand();
    let foreseen = told.order().ahead(at("2026-11-03T10:00"), &told.book);
    let expected = [
        ("2026-11-18T09:00", "yellow"),
        ("2026-11-23T17:00", "red"),
        ("2026-11-24T09:00", "head"),
        ("2026-11-27T09:00", "deputy"),
        ("2026-12-01T09:00", "express"),
    ];
    let got: Vec<_> = foreseen
        .iter()
        .map(|foreseen| {
            let what = match &foreseen.fate {
                Fate::Yellow => "yellow",
                Fate::Red => "red",
                Fate::Level { level, .. } => level.code(),
                Fate::Resumes => "resumes",
                Fate::WindowEnds => "window",
            };
            (foreseen.at, what)
        })
        .collect();
    assert_eq!(got, expected.map(|(time, what)| (at(time), what)));
    let mut told = told;
    for (time, what) in &expected[2..] {
        let before = (at(time) - chrono::Duration::minutes(1)).to_rfc3339();
        let clockwork = Actor::clockwork();
        assert_eq!(
            told.attempt(&clockwork, &before, Step::Elapse),
            Ok(0),
            "{what}"
        );
        assert_eq!(
            told.attempt(&clockwork, time, Step::Elapse),
            Ok(1),
            "{what}"
        );
    }
}

#[test]
fn a_notice_that_comes_later_moves_what_was_provisional_and_the_history_says_so() {
    let told =
        Told::placed("2026-12-21T10:00", "normal").then(&centre(), "2026-12-21T11:00", dispatch());
    let told = told.then(&handler("gd"), "2026-12-21T14:00", Step::Take);
    let before = told.order().overview(&told.book).clock.expect("runs").due;
    assert_eq!(
        (before.at, before.provisional),
        (at("2027-01-12T17:00"), true)
    );
    let mut notice = YearNotice::new(2027);
    notice
        .add(date("2027-01-01"), "元旦".into(), Kind::Off)
        .expect("right");
    let book = told.book.with_calendar(told.book.calendar.with([notice]));
    let order = told.order();
    let admin = actor(Role::SystemAdmin);
    let now = at("2026-12-24T10:00");
    let events = recount::republish(&order, &admin, now, 2027, &told.book.calendar, &book);
    assert_eq!(events.len(), 1);
    let mut after = order.clone();
    after.apply(&events[0]).expect("follows");
    let due = after.overview(&book).clock.expect("runs").due;
    assert_eq!((due.at, due.provisional), (at("2027-01-12T17:00"), false));
    let What::Moved(events::Moved { was, is, year, .. }) = events[0].what else {
        unreachable!("a move");
    };
    assert_eq!((was, is, year), (before, due, 2027));
    assert!(recount::republish(&after, &admin, now, 2027, &book.calendar, &book).is_empty());
}

#[test]
fn a_clock_keeps_its_version_of_the_rules_until_it_is_taken_over() {
    let told = in_hand();
    let newer = Rules {
        version: 2,
        from: at("2026-11-10T00:00"),
        resolve_normal: Limit::Days(10),
        ..told.book.rules(1).clone()
    };
    let book = told.book.with_rules(newer.clone());
    assert_eq!(book.rules_at(at("2026-11-09T23:59")).version, 1);
    assert_eq!(book.rules_at(at("2026-11-10T00:00")).version, 2);
    let order = told.order();
    let due = |order: &Order| order.overview(&book).clock.expect("runs").due.at;
    assert_eq!(due(&order), at("2026-11-23T17:00"));
    let admin = actor(Role::SystemAdmin);
    let now = at("2026-11-10T10:00");
    let events = recount::rerule(&order, &admin, now, &newer, &book);
    let mut after = order.clone();
    for event in &events {
        after.apply(event).expect("follows");
    }
    assert_eq!((events.len(), due(&after)), (1, at("2026-11-16T17:00")));
    assert!(recount::rerule(&after, &admin, now, &newer, &book).is_empty());
}

#[test]
fn a_receipt_of_an_ended_clock_goes_by_the_calendar_of_its_time() {
    let told = in_hand().then(&handler("gd"), "2026-11-10T10:00", reply());
    let mut notice = told.book.calendar.notice(2026).expect("published").clone();
    notice
        .add(date("2026-11-09"), "临时放假".into(), Kind::Off)
        .expect("right");
    let book = told.book.with_calendar(told.book.calendar.with([notice]));
    let all = terms(&told.events).expect("whole");
    let due = |limit| {
        let timed = all.iter().find(|timed| timed.term.clock.limit == limit);
        let timed = timed.expect("a clock");
        timed.term.receipt(timed.calendar(&book)).due.at
    };
    assert_eq!(
        due(Limit::Days(15)),
        at("2026-11-23T17:00"),
        "as it was when it ended"
    );
    assert_eq!(
        due(Limit::Days(10)),
        at("2026-11-24T17:00"),
        "the window still runs"
    );
}
