//! Every step in every stage, by everybody: allowed, or why not.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use city::{Told, actor, centre, handler, member};
use domain::clock::Level;
use domain::order::escalation::Cause;
use domain::order::event::What;
use domain::order::events;
use domain::order::permission::offers;
use domain::order::{
    Asked, Call, CoHandling, Complexity, Light, Main, Number, Order, Outcome, PauseKind, PauseWish,
    Portion, Rating, RatingLevel, Reply, ReplyKind, Return, StageName, Step, StepName, Turn, When,
    decide,
};
use domain::text::{Line, Prose};
use domain::{Actor, BodyCode, Fault, Field, Refusal, Role};

const PLACED: &str = "2026-11-02T10:00";
const DISPATCHED: &str = "2026-11-02T14:00";
const TAKEN: &str = "2026-11-02T16:00";
const REPLIED: &str = "2026-11-05T10:00";
const RATED: &str = "2026-11-06T10:00";

/// Makes a step anew for each try.
type MakeStep = fn() -> Step;

fn text<const N: usize>(text: &str) -> Prose<N> {
    Prose::parse(Field::Reason, text).expect("a text")
}

fn dispatch() -> Step {
    Step::Dispatch {
        department: BodyCode::new("gd"),
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

fn reason(what: fn(domain::order::Reason) -> Step) -> Step {
    what(text("另有办法"))
}

fn decline() -> Step {
    reason(|reason| Step::Decline { reason })
}

fn withdraw() -> Step {
    reason(|reason| Step::Withdraw { reason })
}

fn pause() -> Step {
    Step::Pause(PauseWish {
        kind: PauseKind::Supplement,
        reason: text("缺用电负荷说明"),
        basis: text("行政许可法第三十二条"),
        evidence: None,
        until: None,
        things: Vec::new(),
    })
}

fn extend() -> Step {
    Step::Extend(Asked {
        days: 5,
        reason: text("外线施工"),
    })
}

fn grant() -> Step {
    Step::DecideExtension {
        granted: true,
        reason: None,
    }
}

fn send_back() -> Step {
    Step::Return(Return {
        reason: text("属住建职责"),
        clause: text("三定方案第五条"),
        propose: None,
    })
}

fn rule() -> Step {
    Step::Rule {
        department: BodyCode::new("zjj"),
        reason: text("由住建主办"),
    }
}

fn object() -> Step {
    reason(|reason| Step::Object { reason })
}

fn uphold() -> Step {
    Step::DecideObjection {
        upheld: true,
        reason: None,
    }
}

fn call(outcome: Outcome) -> Step {
    Step::CallBack(Call {
        outcome,
        note: None,
    })
}

fn reassign() -> Step {
    reason(|reason| Step::Reassign {
        department: BodyCode::new("zjj"),
        reason,
    })
}

fn recall() -> Step {
    reason(|reason| Step::Recall { reason })
}

fn correct() -> Step {
    Step::CorrectReply {
        reply: Reply::parse("explained", "另有说明", "", "").expect("right"),
        reason: text("前次答复有误"),
    }
}

fn hand_in() -> Step {
    Step::Supplement {
        text: text("负荷说明已交窗口"),
    }
}

fn appeal() -> Step {
    reason(|reason| Step::Appeal { reason })
}

fn merge() -> Step {
    Step::Merge {
        main: Main {
            number: Number::new(2026, 9),
            enterprise: 2,
            lead: Some(BodyCode::new("gd")),
            urgency: domain::order::Urgency::Normal,
            due: None,
        },
        reason: text("同一条线路"),
    }
}

fn unmerge() -> Step {
    reason(|reason| Step::Unmerge { reason })
}

fn absorb() -> Step {
    Step::Absorb {
        order: Number::new(2026, 9),
        enterprise: 2,
    }
}

fn link() -> Step {
    Step::Link {
        other: Number::new(2026, 9),
    }
}

fn urge() -> Step {
    reason(|text| Step::Urge { text })
}

fn split() -> Step {
    Step::Split {
        into: Number::new(2026, 10),
        portion: Portion {
            title: Line::parse(Field::Title, "厂区路灯不亮").expect("a title"),
            content: text("另一件事"),
            category: "utility".into(),
        },
    }
}

fn part() -> CoHandling {
    CoHandling {
        body: BodyCode::new("zjj"),
        task: None,
    }
}

fn reach(stage: StageName) -> Told {
    let submitted = || Told::placed(PLACED, "normal");
    let dispatched = || submitted().then(&centre(), DISPATCHED, dispatch());
    let in_hand = || dispatched().then(&handler("gd"), TAKEN, Step::Take);
    let replied = || in_hand().then(&handler("gd"), REPLIED, reply());
    match stage {
        StageName::Submitted => submitted(),
        StageName::Declined => submitted().then(&centre(), DISPATCHED, decline()),
        StageName::Dispatched => dispatched(),
        StageName::InHand => in_hand(),
        StageName::Paused => in_hand().then(&handler("gd"), "2026-11-03T10:00", pause()),
        StageName::Replied => replied(),
        StageName::Rework => replied().then(&member(), RATED, rate(RatingLevel::Dissatisfied)),
        StageName::Closed => replied().then(&member(), RATED, rate(RatingLevel::Satisfied)),
        StageName::Withdrawn => submitted().then(&member(), DISPATCHED, withdraw()),
        StageName::Merged => submitted().then(&centre(), DISPATCHED, merge()),
    }
}

#[test]
fn each_step_is_allowed_in_its_stages_and_in_no_other() {
    use StageName::*;
    let table: [(Actor, MakeStep, &[StageName]); 24] = [
        (centre(), dispatch, &[Submitted]),
        (centre(), decline, &[Submitted]),
        (handler("gd"), || Step::Take, &[Dispatched]),
        (handler("gd"), reply, &[InHand, Paused, Rework]),
        (handler("gd"), pause, &[InHand, Rework]),
        (handler("gd"), extend, &[InHand, Rework]),
        (handler("gd"), || Step::Resume, &[Paused]),
        (handler("gd"), send_back, &[Dispatched]),
        (member(), object, &[Paused]),
        (member(), || rate(RatingLevel::Satisfied), &[Replied]),
        (member(), || Step::Close, &[Replied]),
        (centre(), || call(Outcome::Solved), &[Replied]),
        (member(), hand_in, &[Paused]),
        (centre(), recall, &[Dispatched]),
        (centre(), reassign, &[InHand]),
        (handler("gd"), correct, &[Replied]),
        (centre(), merge, &[Submitted, Dispatched, InHand]),
        (centre(), split, &[Submitted, Dispatched, InHand]),
        (
            centre(),
            absorb,
            &[Submitted, Dispatched, InHand, Paused, Rework],
        ),
        (centre(), unmerge, &[Merged]),
        (
            actor(Role::Mayor),
            urge,
            &[Dispatched, InHand, Paused, Rework],
        ),
        (centre(), link, &StageName::ALL),
        (
            centre(),
            || Step::AddCoHandler(part()),
            &[Dispatched, InHand, Rework],
        ),
        (
            member(),
            withdraw,
            &[Submitted, Dispatched, InHand, Paused, Replied, Rework],
        ),
    ];
    for (actor, step, allowed) in table {
        for stage in StageName::ALL {
            let step = step();
            let name = step.name();
            // A department is the lead only once the order is dispatched to it.
            let is_lead = !matches!(actor.role, Role::Handler { .. });
            let not_yet_lead = !is_lead && reach(stage).order().stage.lead().is_none();
            let expected = if allowed.contains(&stage) {
                Ok(())
            } else if not_yet_lead {
                Err(Refusal::NotYours { step: name })
            } else {
                Err(Refusal::WrongStage { step: name, stage })
            };
            // Within the time to take, for the return; a merge is made in time.
            let now = match (name, stage) {
                (_, Dispatched) => TAKEN,
                (StepName::Merge, Submitted) => DISPATCHED,
                _ => "2026-11-09T10:00",
            };
            let got = reach(stage).attempt(&actor, now, step).map(|_| ());
            assert_eq!(got, expected, "{name:?} in {stage:?}");
        }
    }
}

#[test]
fn a_step_is_refused_to_everybody_whose_it_is_not() {
    let everybody = [
        actor(Role::Enterprise {
            enterprise: 1,
            manages: false,
        }),
        actor(Role::Enterprise {
            enterprise: 2,
            manages: false,
        }),
        centre(),
        handler("gd"),
        handler("zjj"),
        actor(Role::Head {
            body: BodyCode::new("gd"),
        }),
        actor(Role::Township {
            body: BodyCode::new("laiji"),
        }),
        actor(Role::Supervision),
        actor(Role::Deputy),
        actor(Role::Office),
        actor(Role::Mayor),
        actor(Role::SystemAdmin),
        actor(Role::SecurityAdmin),
        actor(Role::Auditor),
        Actor::clockwork(),
        actor(Role::Leader),
    ];
    // Step, the stage to try it in, and the positions above of those who may.
    let table: [(MakeStep, StageName, &[usize]); 23] = [
        (dispatch, StageName::Submitted, &[2]),
        (decline, StageName::Submitted, &[2]),
        (|| Step::Take, StageName::Dispatched, &[3, 5]),
        (reply, StageName::InHand, &[3, 5]),
        (|| rate(RatingLevel::Satisfied), StageName::Replied, &[0]),
        (withdraw, StageName::InHand, &[0]),
        (|| Step::Close, StageName::Replied, &[0, 2]),
        (|| Step::Resume, StageName::Paused, &[3, 5]),
        (object, StageName::Paused, &[0]),
        (|| Step::Elapse, StageName::InHand, &[14]),
        (extend, StageName::Rework, &[3, 5]),
        (|| call(Outcome::Solved), StageName::Replied, &[2]),
        (hand_in, StageName::Paused, &[0]),
        (appeal, StageName::Rework, &[3, 5]),
        (recall, StageName::Dispatched, &[2]),
        (reassign, StageName::InHand, &[2]),
        (correct, StageName::Replied, &[3, 5]),
        (merge, StageName::InHand, &[2]),
        (unmerge, StageName::Merged, &[2]),
        (absorb, StageName::InHand, &[2]),
        (split, StageName::Submitted, &[2]),
        (link, StageName::InHand, &[2, 3, 5]),
        // The leader in charge, of an order that they have found.
        (urge, StageName::InHand, &[2, 7, 8, 9, 10, 15]),
    ];
    for (step, stage, allowed) in table {
        for (position, actor) in everybody.iter().enumerate() {
            // Late enough for the centre to strike off what was not rated.
            let now = match step().name() {
                StepName::Extend | StepName::Appeal | StepName::Merge | StepName::CorrectReply => {
                    RATED
                }
                StepName::Recall => TAKEN,
                StepName::Reassign => RATED,
                _ => "2026-11-30T10:00",
            };
            let got = reach(stage).attempt(actor, now, step());
            let name = step().name();
            if allowed.contains(&position) {
                assert!(got.is_ok(), "{name:?} by {:?}: {got:?}", actor.role);
            } else {
                assert_eq!(
                    got,
                    Err(Refusal::NotYours { step: name }),
                    "{:?}",
                    actor.role
                );
            }
        }
    }
}

#[test]
fn a_decision_is_its_office_s_and_nobody_else_s() {
    let returned = || reach(StageName::Dispatched).then(&handler("gd"), TAKEN, send_back());
    let objected = || reach(StageName::Paused).then(&member(), "2026-11-04T10:00", object());
    let asked = || reach(StageName::InHand).then(&handler("gd"), "2026-11-03T10:00", extend());
    let asked_again = || {
        asked().then(&centre(), "2026-11-03T11:00", grant()).then(
            &handler("gd"),
            "2026-11-04T10:00",
            extend(),
        )
    };
    let deputy = || actor(Role::Deputy);
    type Reach<'a> = &'a dyn Fn() -> Told;
    let table: [(&str, Reach<'_>, MakeStep, &dyn Fn() -> Actor); 4] = [
        ("a return", &returned, rule, &centre),
        ("an objection", &objected, uphold, &centre),
        ("an extension", &asked, grant, &centre),
        ("a second extension", &asked_again, grant, &deputy),
    ];
    let everybody = [
        member(),
        centre(),
        handler("gd"),
        handler("zjj"),
        actor(Role::Supervision),
        deputy(),
        actor(Role::Mayor),
        actor(Role::SystemAdmin),
    ];
    for (what, reach, step, whose) in table {
        for someone in &everybody {
            let name = step().name();
            let got = reach().attempt(someone, "2026-11-05T10:00", step());
            if *someone == whose() {
                assert!(got.is_ok(), "{what}: {got:?}");
            } else {
                assert_eq!(got, Err(Refusal::NotYours { step: name }), "{what}");
            }
        }
    }
}

#[test]
fn there_is_nothing_to_decide_where_nothing_was_asked() {
    let table: [(StageName, MakeStep); 3] = [
        (StageName::Dispatched, rule),
        (StageName::Paused, uphold),
        (StageName::InHand, grant),
    ];
    for (stage, step) in table {
        let name = step().name();
        let got = reach(stage).attempt(&centre(), "2026-11-05T10:00", step());
        assert_eq!(got, Err(Refusal::NothingToDecide { step: name }));
    }
}

#[test]
fn a_good_rating_strikes_the_order_off() {
    for level in RatingLevel::ALL.into_iter().filter(|level| !level.is_bad()) {
        let told = reach(StageName::Replied).then(&member(), RATED, rate(level));
        let overview = told.order().overview(&told.book);
        assert_eq!(
            (overview.stage, overview.rating),
            (StageName::Closed, Some(level))
        );
    }
}

#[test]
fn a_first_bad_rating_sends_back_and_a_second_reaches_the_deputy_mayor() {
    let mut told = reach(StageName::Rework);
    let order = told.order();
    assert_eq!((order.cycle, order.escalation), (2, None));
    let overview = order.overview(&told.book);
    assert_eq!(overview.turn(city::at(RATED)), Turn::Lead);
    assert_eq!(
        overview.clock.map(|c| c.due.at),
        Some(city::at("2026-11-13T17:00"))
    );

    told = told.then(&handler("gd"), "2026-11-09T10:00", reply()).then(
        &member(),
        "2026-11-10T10:00",
        rate(RatingLevel::VeryDissatisfied),
    );
    let order = told.order();
    assert_eq!(
        (order.stage.name(), order.escalation),
        (StageName::Replied, Some(Level::Deputy))
    );
    let late = city::at("2026-12-30T10:00");
    assert_eq!(order.overview(&told.book).turn(late), Turn::Deputy);
    let again = told.attempt(&member(), "2026-11-11T10:00", rate(RatingLevel::Satisfied));
    assert_eq!(again, Err(Refusal::WithDeputy));
    assert_eq!(
        told.attempt(&centre(), "2026-12-30T10:00", Step::Close),
        Err(Refusal::WithDeputy)
    );
    assert_eq!(
        told.attempt(&actor(Role::Deputy), "2026-12-30T10:00", Step::Close),
        Ok(1)
    );
}

#[test]
fn the_centre_strikes_off_only_after_the_time_to_rate_has_passed_in_silence() {
    let mut told = reach(StageName::Replied);
    // Replied on 11-05: ten working days end on 11-19 at 17:00.
    let until = city::at("2026-11-19T17:00");
    let early = told.attempt(&centre(), "2026-11-19T17:00", Step::Close);
    assert_eq!(early, Err(Refusal::RatingOpen { until }));
    let offered = offers(&told.order(), &centre(), until, &told.book);
    assert_eq!(
        offered,
        [
            (StepName::CallBack, None),
            (StepName::Close, Some(Refusal::RatingOpen { until })),
            (StepName::Link, None),
            (StepName::Message, None),
            (StepName::Note, None),
        ]
    );
    assert_eq!(
        told.attempt(&centre(), "2026-11-19T17:01", Step::Close),
        Ok(1)
    );
    assert_eq!(
        told.order().overview(&told.book).rating,
        None,
        "silence is not satisfied"
    );
}

#[test]
fn the_clock_starts_at_dispatch_not_at_taking() {
    let told = reach(StageName::InHand);
    let clock = told.order().overview(&told.book).clock.expect("runs");
    // Fifteen working days after Monday 11-02.
    assert_eq!(clock.due.at, city::at("2026-11-23T17:00"));
}

#[test]
fn a_critical_order_is_to_be_taken_within_two_working_hours() {
    let told = Told::placed(PLACED, "critical").then(&centre(), "2026-11-02T16:00", dispatch());
    let overview = told.order().overview(&told.book);
    let clock = overview.clock.expect("runs");
    assert_eq!(clock.due.at, city::at("2026-11-03T10:00"));
    let lights = [
        "2026-11-02T16:30",
        "2026-11-03T09:24",
        "2026-11-03T10:00",
        "2026-11-03T10:01",
    ]
    .map(|now| overview.light(city::at(now)));
    assert_eq!(
        lights,
        [Light::Green, Light::Yellow, Light::Yellow, Light::Red]
    );
}

#[test]
fn the_ladder_fires_each_level_once_and_catches_up_after_a_standstill() {
    let mut told = reach(StageName::InHand);
    let next = |told: &Told| told.order().overview(&told.book).sweep_at;
    assert_eq!(
        next(&told),
        Some(city::at("2026-11-24T09:00")),
        "the morning after the deadline"
    );
    let clockwork = Actor::clockwork();
    let mut sweep = |now: &str| {
        told.attempt(&clockwork, now, Step::Elapse)
            .expect("allowed")
    };
    assert_eq!(
        sweep("2026-11-23T17:30"),
        0,
        "overdue, but business is closed"
    );
    assert_eq!(sweep("2026-11-24T09:00"), 1);
    assert_eq!(sweep("2026-11-24T09:01"), 0, "never twice");
    assert_eq!(
        sweep("2026-12-10T09:00"),
        2,
        "two levels after a standstill"
    );
    assert_eq!(next(&told), None);
    let levels: Vec<_> = told
        .events
        .iter()
        .filter_map(|event| match &event.what {
            What::Escalated(events::Escalated {
                level,
                cause: Cause::Overdue { late, .. },
                ..
            }) => Some((*level, late.as_ref().map(BodyCode::as_str))),
            _ => None,
        })
        .collect();
    let gd = Some("gd");
    assert_eq!(
        levels,
        [(Level::Head, gd), (Level::Deputy, gd), (Level::Express, gd)]
    );
}

#[test]
fn the_enterprise_s_time_to_rate_turns_no_light_and_fires_no_level() {
    let told = reach(StageName::Replied);
    let overview = told.order().overview(&told.book);
    assert_eq!(overview.sweep_at, None);
    assert_eq!(overview.light(city::at("2026-12-30T10:00")), Light::None);
    assert_eq!(
        overview.turn(city::at("2026-11-06T10:00")),
        Turn::Enterprise
    );
    assert_eq!(overview.turn(city::at("2026-12-30T10:00")), Turn::Centre);
}

#[test]
fn a_dispatch_names_a_body_that_fulfils_orders() {
    let cases = [
        ("nowhere", Fault::Unknown),
        ("tjz", Fault::Unknown),
        ("", Fault::Empty),
    ];
    for (code, fault) in cases {
        let told = Told::placed(PLACED, "normal");
        let step = Step::Dispatch {
            department: BodyCode::new(code),
            complexity: Complexity::Ordinary,
            co_handlers: Vec::new(),
        };
        let got = decide(
            &told.order(),
            &centre(),
            When::now(city::at(DISPATCHED)),
            step,
            &told.book,
        );
        let field = Field::Department;
        let faults = vec![domain::FieldFault { field, fault }];
        assert_eq!(got, Err(Refusal::Invalid { faults }), "{code:?}");
    }
    assert!(
        Told::placed(PLACED, "normal")
            .attempt(&centre(), DISPATCHED, dispatch())
            .is_ok()
    );
}

#[test]
fn a_plan_is_not_promised_for_a_day_that_has_passed() {
    let plan = |until: &str| {
        Reply::parse("planned", "已列入计划", until, "").and_then(|reply| Step::reply(reply, ""))
    };
    let mut told = reach(StageName::InHand);
    let past = told.attempt(&handler("gd"), REPLIED, plan("2026-11-04").expect("parses"));
    assert!(matches!(past, Err(Refusal::Invalid { .. })), "{past:?}");
    assert!(
        told.attempt(&handler("gd"), REPLIED, plan("2026-11-05").expect("parses"))
            .is_ok()
    );
}

#[test]
fn a_history_that_the_rules_cannot_have_written_does_not_load() {
    let told = reach(StageName::InHand);
    let mut gap = told.events.clone();
    gap.remove(1);
    assert!(Order::replay(&gap).is_err());
    let mut twice = told.events.clone();
    let mut taken = twice[2].clone();
    taken.seq = 4;
    twice.push(taken);
    assert!(Order::replay(&twice).is_err());
    assert!(Order::replay(&told.events[1..]).is_err());
    assert!(Order::replay(&[]).is_err());
}
