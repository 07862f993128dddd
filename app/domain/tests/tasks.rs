//! Tasks that are cases by themselves: whatever sequence of steps the rules allow, the history,
//! replayed, gives the same task; levels fire once each, and only past the deadline.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use chrono::Duration;
use city::{actor, at, book, handler};
use domain::case::{Door, History, Reading, When};
use domain::task::{
    DutyDraft, GivingDraft, Source, TaskCase, TaskEvent, TaskNumber, TaskState, TaskStep,
    TaskStepName, TaskWhat, escalation, give, history,
};
use domain::{Actor, BodyCode, Field, Instant, Role, Rulebook, Typed};
use proptest::prelude::*;

fn giving(deadline: &str) -> GivingDraft {
    GivingDraft {
        title: "欠薪线索核查".into(),
        duty: DutyDraft {
            text: "逐一核查。".into(),
            proof: "核查报告".into(),
            owner: "gd".into(),
            co_owners: vec!["zjj".into()],
            deadline: deadline.into(),
        },
        basis: String::new(),
    }
}

fn supervision() -> Actor {
    actor(Role::Supervision)
}

fn given(now: Instant, deadline: &str, book: &Rulebook) -> TaskEvent {
    let giving = giving(deadline).parse(Source::Supervision, now, book);
    let giving = giving.expect("right");
    let number = TaskNumber::new(2026, 1);
    give(number, &supervision(), now, giving, Vec::new(), book).expect("allowed")
}

/// A step as a form would have it.
fn step(name: TaskStepName, fields: &[(Field, &str)], now: Instant, book: &Rulebook) -> TaskStep {
    let typed: Typed = fields
        .iter()
        .map(|(field, text)| (field.code().to_owned(), (*text).to_owned()))
        .collect();
    let reading = Reading {
        now,
        book,
        colleagues: &[],
    };
    (name.form().expect("a form").read)(&typed, &reading).expect("right")
}

/// Somebody who tries something, and what is typed.
type Tried = (
    fn() -> Actor,
    TaskStepName,
    &'static [(Field, &'static str)],
);

/// Most of it is refused.
const TRIED: [Tried; 9] = [
    (
        || handler("gd"),
        TaskStepName::Report,
        &[(Field::ReplyText, "已核查")],
    ),
    (
        || handler("zjj"),
        TaskStepName::Report,
        &[(Field::ReplyText, "已核查")],
    ),
    (supervision, TaskStepName::Confirm, &[(Field::Grant, "yes")]),
    (
        supervision,
        TaskStepName::Confirm,
        &[(Field::Grant, "no"), (Field::Reason, "缺一户")],
    ),
    (
        || actor(Role::Office),
        TaskStepName::Confirm,
        &[(Field::Grant, "yes")],
    ),
    (
        supervision,
        TaskStepName::Reschedule,
        &[(Field::Deadline, "4"), (Field::Reason, "等材料")],
    ),
    (
        supervision,
        TaskStepName::Withdraw,
        &[(Field::Reason, "另案处理")],
    ),
    (
        || handler("zjj"),
        TaskStepName::Note,
        &[(Field::Note, "已配合")],
    ),
    // The sweep.
    (Actor::clockwork, TaskStepName::Elapse, &[]),
];

proptest! {
    #[test]
    fn whatever_the_rules_allow_the_history_gives_again(
        tried in proptest::collection::vec((0..TRIED.len(), 1_i64..60), 1..40),
        deadline in 1_u16..8,
    ) {
        let book = book();
        let mut now = at("2026-11-02T10:00");
        let mut events = vec![given(now, &deadline.to_string(), &book)];
        let mut case = TaskCase::replay(&events).expect("whole");
        for (which, hours) in tried {
            now += Duration::hours(hours);
            let (who, name, fields) = TRIED[which];
            let step = match name {
                TaskStepName::Elapse => TaskStep::Elapse,
                name => step(name, fields, now, &book),
            };
            let due = case.task.due(&book).at;
            let happened = case.decide(&who(), When::now(now), step, Vec::new(), &book);
            for event in happened.unwrap_or_default() {
                case.apply(&event).expect("what the rules decide follows");
                if let TaskWhat::Escalated(it) = &event.what {
                    prop_assert!(now > due && it.due_at == due);
                    prop_assert!(book.calendar.is_open(event.happened_at));
                }
                events.push(event);
            }
            let again = TaskCase::replay(&events).expect("whole");
            prop_assert_eq!(&again, &case);
            let runs = case.task.state() == TaskState::Open;
            prop_assert_eq!(case.standing().len(), usize::from(runs));
            prop_assert!(runs || escalation::next_at(&case, &book).is_none());
            let terms = history::terms(&events).expect("whole");
            prop_assert_eq!(terms.iter().filter(|timed| timed.ended.is_none()).count(), usize::from(runs));
        }
        // Within a clock, each level once.
        let mut round = 0;
        let mut fired = Vec::new();
        for event in &events {
            match &event.what {
                TaskWhat::Rescheduled(_) => round += 1,
                TaskWhat::Escalated(it) => {
                    prop_assert!(!fired.contains(&(round, it.level)));
                    fired.push((round, it.level));
                }
                _ => {}
            }
        }
    }
}

#[test]
fn whoever_acts_first_does_not_undo_what_had_come_by_itself() {
    let book = book();
    // Due on Wednesday the 4th at 17:00; no sweep has come by since.
    let events = [given(at("2026-11-02T10:00"), "2", &book)];
    let case = TaskCase::replay(&events).expect("whole");
    let now = at("2026-11-05T10:00");
    let report = step(
        TaskStepName::Report,
        &[(Field::ReplyText, "已核查")],
        now,
        &book,
    );
    let happened = case.decide(&handler("gd"), When::now(now), report, Vec::new(), &book);
    let kinds: Vec<bool> = happened
        .expect("allowed")
        .iter()
        .map(|event| matches!(event.what, TaskWhat::Escalated(_)))
        .collect();
    assert_eq!(kinds, [true, false]);
}

#[test]
fn a_task_given_by_one_office_is_not_the_other_s() {
    let book = book();
    let now = at("2026-11-02T10:00");
    let case = TaskCase::replay(&[given(now, "2", &book)]).expect("whole");
    let why = [(Field::Reason, "另案处理")];
    for (who, may) in [
        (supervision(), true),
        (actor(Role::Office), false),
        (actor(Role::Mayor), false),
        (handler("gd"), false),
        (
            actor(Role::Head {
                body: BodyCode::new("gd"),
            }),
            false,
        ),
    ] {
        let withdraw = step(TaskStepName::Withdraw, &why, now, &book);
        let done = case.decide(&who, When::now(now), withdraw, Vec::new(), &book);
        assert_eq!(done.is_ok(), may, "{:?}", who.role);
    }
}

#[test]
fn a_deadline_is_taken_as_people_type_it() {
    let book = book();
    let now = at("2026-11-02T10:00");
    let days = |typed: &str| {
        let giving = giving(typed).parse(Source::Supervision, now, &book);
        giving.map(|giving| giving.duty.days)
    };
    for typed in [
        "5",
        " ５ ",
        "5个工作日",
        "5 工作日",
        "5 working days",
        "２０２６－１１－０９",
        "20261109",
    ] {
        assert_eq!(days(typed).ok(), Some(5), "{typed}");
    }
    for typed in ["0", "999", "2029-01-01", "9999-12-31"] {
        let why = format!("{:?}", days(typed));
        assert!(why.contains("OutOfRange"), "{typed}: {why}");
    }
    for (typed, why) in [
        ("5天", "NotADate"),
        ("2026-11-02", "TooEarly"),
        ("1999-01-01", "InThePast"),
    ] {
        let got = format!("{:?}", days(typed));
        assert!(got.contains(why), "{typed}: {got}");
    }
}
