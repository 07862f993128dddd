//! Whatever sequence of steps the rules allow, the history, replayed, gives the same
//! order; and what lists show of it is never at odds with it.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use chrono::Duration;
use city::{Told, actor, at, centre, handler, member};
use domain::meeting::MeetingNumber;
use domain::order::task::Awaited;
use domain::order::{
    Asked, Brief, BriefDraft, Call, CoHandling, Decision, Event, Main, MatterNews, News, Note,
    Number, Order, PauseDraft, PauseWish, Portion, Rating, Reason, Reply, Return, StageName, Step,
    When, decide,
};
use domain::task::DutyDraft;
use domain::text::Prose;
use domain::{Actor, BodyCode, Field, Refusal, Role};
use proptest::prelude::*;

/// Somebody who tries something; most of it is refused.
type Attempt = (fn() -> Actor, fn(&Told) -> Result<Step, Refusal>);

fn head() -> Actor {
    let body = BodyCode::new("gd");
    actor(Role::Head { body })
}

fn pause(kind: &str) -> Result<Step, Refusal> {
    let draft = PauseDraft {
        kind: kind.into(),
        reason: "缘由".into(),
        basis: "条款".into(),
        ..PauseDraft::default()
    };
    PauseWish::parse(&draft).map(Step::Pause)
}

fn reply(kind: &str, until: &str, without: &str) -> Result<Step, Refusal> {
    let basis = if kind == "impossible" { "条款" } else { "" };
    Step::reply(Reply::parse(kind, "已办", until, basis)?, without)
}

fn reason(text: &str) -> Reason {
    Reason::parse(Field::Reason, text).expect("a reason")
}

fn with_parts(co_handlers: &[(String, String)], told: &Told) -> Result<Step, Refusal> {
    Step::dispatch("gd", "ordinary", co_handlers, &told.book.directory)
}

fn last_promise(told: &Told) -> String {
    let order = told.order();
    order
        .commitments
        .last()
        .map_or(String::new(), |one| one.reply.to_string())
}

fn last_card(told: &Told) -> String {
    let order = told.order();
    order
        .cards
        .last()
        .map_or(String::new(), |card| card.seq.to_string())
}

fn last_task(told: &Told) -> String {
    let order = told.order();
    order
        .tasks
        .last()
        .map_or(String::new(), |task| task.seq.to_string())
}

fn now(told: &Told) -> domain::Instant {
    let last = told.events.last();
    last.map_or(at("2026-11-02T10:00"), |event| event.entered_at)
}

fn brief() -> Result<Brief, Refusal> {
    let draft = BriefDraft {
        difficulty: "两部门意见不一".into(),
        ..BriefDraft::default()
    };
    draft.parse()
}

fn duty(deadline: &str) -> DutyDraft {
    DutyDraft {
        text: "出具批复".into(),
        proof: "批复".into(),
        owner: "zjj".into(),
        co_owners: vec!["gd".into()],
        deadline: deadline.into(),
    }
}

fn decision(told: &Told, replaces: &str) -> Result<Step, Refusal> {
    let decision = Decision::parse(&duty("3"), "", replaces, now(told), &told.book)?;
    Ok(Step::Decide {
        meeting: MeetingNumber::new(2026, 1),
        decision,
    })
}

const DEEDS: &[Attempt] = &[
    (centre, |told| with_parts(&[], told)),
    (centre, |told| {
        with_parts(&[("zjj".into(), "一事".into())], told)
    }),
    (centre, |_| Step::decline("不属受理范围")),
    (|| handler("gd"), |_| Ok(Step::Take)),
    (|| handler("zjj"), |_| Ok(Step::Take)),
    (
        || handler("gd"),
        |told| Return::parse("非本单位", "条款", "", &told.book.directory).map(Step::Return),
    ),
    (centre, |told| {
        Step::rule("zjj", "由其主办", &told.book.directory)
    }),
    (|| handler("gd"), |_| pause("supplement")),
    (|| handler("gd"), |_| pause("special")),
    (|| handler("gd"), |_| Ok(Step::Resume)),
    (member, |_| Step::supplement("已交")),
    (member, |_| Step::object("不应暂停")),
    (centre, |_| Step::decide_objection("yes", "")),
    (centre, |_| Step::decide_objection("no", "依法")),
    (
        || handler("gd"),
        |_| Asked::parse("5", "施工").map(Step::Extend),
    ),
    (centre, |_| Step::decide_extension("yes", "")),
    (
        || actor(Role::Deputy),
        |_| Step::decide_extension("no", "从速"),
    ),
    (
        || handler("gd"),
        |told| CoHandling::parse("zjj", "一事", &told.book.directory).map(Step::AskCoHandler),
    ),
    (centre, |_| Step::decide_co_handler("yes", "")),
    (centre, |told| {
        CoHandling::parse("zjj", "一事", &told.book.directory).map(Step::AddCoHandler)
    }),
    (|| handler("zjj"), |_| Step::co_reply("已办")),
    (|| handler("gd"), |_| reply("solved", "", "")),
    (|| handler("gd"), |_| reply("planned", "2026-12-31", "")),
    (|| handler("gd"), |_| reply("impossible", "", "不必等")),
    (|| handler("zjj"), |_| reply("explained", "", "")),
    (head, |_| Step::decide_reply("yes", "")),
    (head, |_| Step::decide_reply("no", "重写")),
    (centre, |_| Call::parse("solved", "").map(Step::CallBack)),
    (centre, |_| {
        Call::parse("not_solved", "未通").map(Step::CallBack)
    }),
    (centre, |_| {
        Call::parse("not_reached", "").map(Step::CallBack)
    }),
    (member, |_| Rating::parse("satisfied", "").map(Step::Rate)),
    (member, |_| {
        Rating::parse("dissatisfied", "").map(Step::Rate)
    }),
    (|| handler("gd"), |_| Step::appeal("已办妥")),
    (centre, |_| Step::decide_appeal("yes", "")),
    (
        || handler("gd"),
        |told| Step::keep_commitment(&last_promise(told), "已兑现"),
    ),
    (
        || handler("gd"),
        |told| Step::explain(&last_card(told), "外线"),
    ),
    (
        || actor(Role::Supervision),
        |told| Step::lift(&last_card(told), "属实"),
    ),
    (member, |_| Ok(Step::Close)),
    (centre, |_| Ok(Step::Close)),
    (|| actor(Role::Deputy), |_| Ok(Step::Close)),
    (member, |_| Step::withdraw("另有办法")),
    (member, |_| Step::message("进展如何")),
    (
        || handler("gd"),
        |_| Note::parse("已联系", &[]).map(Step::Note),
    ),
    (centre, |told| {
        let mut main = Main::of(&told.order(), &told.book);
        main.number = Number::new(2026, 9);
        Ok(Step::Merge {
            main,
            reason: reason("同一件事"),
        })
    }),
    (centre, |_| Step::unmerge("并错了")),
    (centre, |_| {
        Ok(Step::Absorb {
            order: Number::new(2026, 8),
            enterprise: 2,
        })
    }),
    (centre, |_| {
        Ok(Step::Release {
            order: Number::new(2026, 8),
        })
    }),
    (Actor::clockwork, |_| Ok(Step::Follow(News::Ended))),
    (Actor::clockwork, |_| {
        let lead = BodyCode::new("zjj");
        Ok(Step::Follow(News::Lead { lead }))
    }),
    (Actor::clockwork, |_| {
        let reply = Box::new(Reply::parse("solved", "已办", "", "")?);
        Ok(Step::Follow(News::Replied {
            reply,
            corrected: None,
            attachments: Vec::new(),
        }))
    }),
    (centre, |_| {
        Ok(Step::Link {
            other: Number::new(2026, 7),
        })
    }),
    (
        || handler("gd"),
        |_| {
            Ok(Step::Unlink {
                other: Number::new(2026, 7),
            })
        },
    ),
    (centre, |told| {
        let portion = Portion::parse("另一事", "另一事", "utility", &told.book.directory)?;
        Ok(Step::Split {
            into: Number::new(2026, 10),
            portion,
        })
    }),
    (
        || handler("gd"),
        |_| {
            Ok(Step::CorrectReply {
                reply: Reply::parse("explained", "另有说明", "", "")?,
                reason: reason("前次答复有误"),
            })
        },
    ),
    (
        || handler("gd"),
        |_| {
            Ok(Step::CorrectReply {
                reply: Reply::parse("planned", "改期", "2026-12-20", "")?,
                reason: reason("改期"),
            })
        },
    ),
    (centre, |_| {
        Ok(Step::Recall {
            reason: reason("派错了"),
        })
    }),
    (centre, |_| {
        Ok(Step::Reassign {
            department: BodyCode::new("zjj"),
            reason: reason("职责不在该单位"),
        })
    }),
    (centre, |_| {
        Ok(Step::Reassign {
            department: BodyCode::new("gd"),
            reason: reason("仍由其办理"),
        })
    }),
    (|| actor(Role::Mayor), |_| Step::urge("请抓紧")),
    (|| actor(Role::Deputy), |_| brief().map(Step::Refer)),
    (member, |_| brief().map(Step::Refer)),
    (|| actor(Role::Office), |_| brief().map(Step::AcceptMatter)),
    (
        || actor(Role::Office),
        |told| duty("2").parse(now(told), &told.book).map(Step::Instruct),
    ),
    (
        || actor(Role::Office),
        |_| {
            Ok(Step::JoinMatter {
                main: Number::new(2026, 6),
                stands: true,
                reason: reason("同一件事"),
            })
        },
    ),
    (
        || actor(Role::Office),
        |_| {
            Ok(Step::TakeInMatter {
                order: Number::new(2026, 5),
            })
        },
    ),
    (
        || actor(Role::Office),
        |_| {
            Ok(Step::DeferMatter {
                meeting: MeetingNumber::new(2026, 1),
                reason: reason("资料不齐"),
            })
        },
    ),
    (|| actor(Role::Office), |told| decision(told, "")),
    (
        || actor(Role::Office),
        |told| decision(told, &last_task(told)),
    ),
    (Actor::clockwork, |_| {
        Ok(Step::FollowMatter(MatterNews::Given {
            awaited: Awaited {
                main: Number::new(2026, 6),
                task: 7,
                text: Prose::parse(Field::ReplyText, "一事")?,
                due: at("2026-12-01T17:00"),
            },
        }))
    }),
    (Actor::clockwork, |_| {
        let main = Number::new(2026, 6);
        Ok(Step::FollowMatter(MatterNews::Ended { main, task: 7 }))
    }),
    (Actor::clockwork, |_| {
        let main = Number::new(2026, 6);
        Ok(Step::FollowMatter(MatterNews::Over { main }))
    }),
    (
        || handler("zjj"),
        |told| Step::report_task(&last_task(told), "已办"),
    ),
    (
        || actor(Role::Office),
        |told| Step::confirm_task(&last_task(told), "yes", ""),
    ),
    (
        || actor(Role::Office),
        |told| Step::confirm_task(&last_task(told), "no", "未见批复"),
    ),
    (Actor::clockwork, |_| Ok(Step::Elapse)),
];

proptest! {
    #[test]
    fn a_history_replayed_gives_the_same_order(
        approves in any::<bool>(),
        tries in prop::collection::vec((0..DEEDS.len(), 0_i64..60 * 60 * 30), 1..120),
    ) {
        let mut told = Told::placed("2026-11-02T10:00", "normal");
        for body in &mut told.book.directory.bodies {
            body.approves_replies = approves;
        }
        let mut order = told.order();
        let mut now = at("2026-11-02T10:00");
        for (deed, seconds) in tries {
            now += Duration::seconds(seconds);
            let (who, what) = DEEDS[deed];
            let Ok(step) = what(&told) else { continue };
            let Ok(events) = decide(&order, &who(), When::now(now), step, &told.book) else {
                continue;
            };
            for event in events {
                order.apply(&event).expect("what the rules decide follows");
                told.events.push(event);
            }
            // As it is kept, and read back.
            let kept = serde_json::to_string(&told.events).expect("can be kept");
            let read: Vec<Event> = serde_json::from_str(&kept).expect("can be read");
            let replayed = Order::replay(&read).expect("replays");
            prop_assert_eq!(&replayed, &order);
            at_one(&told, &order);
        }
    }
}

/// What must hold of every order, however it came about.
fn at_one(told: &Told, order: &Order) {
    let overview = order.overview(&told.book);
    assert_eq!(overview.version as usize, told.events.len());
    let done = matches!(
        order.stage.name(),
        StageName::Closed | StageName::Withdrawn | StageName::Declined | StageName::Merged
    );
    if done {
        assert!(order.running().is_empty(), "nothing runs on what has ended");
        let work = overview.asks.iter().any(|ask| ask.code() != "appeal");
        assert!(!work, "nothing about the work awaits a decision");
    }
    let over = matches!(
        order.stage.name(),
        StageName::Closed | StageName::Withdrawn | StageName::Declined
    );
    if over {
        assert!(
            order.open_tasks(&Actor::clockwork(), &told.book).is_empty(),
            "nothing ends over an open task"
        );
    }
    if overview.stage == StageName::Merged {
        assert!(overview.co_handlers.iter().all(|part| !part.open));
        assert_eq!(
            overview.sweep_at, None,
            "nothing comes while it stands still"
        );
    }
    if overview.stage == StageName::Paused {
        assert!(order.stage.pause().is_some());
    }
    if overview.stage == StageName::Withdrawn {
        assert!(order.commitments.iter().all(|one| !one.is_open()));
    }
    let open = order.commitments.iter().filter(|one| one.is_open());
    assert!(open.count() <= 1, "one reply stands at a time");
}
