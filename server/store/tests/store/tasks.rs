//! Tasks that are cases by themselves, in the database: who gives, sees and answers them, what
//! comes of one that is late.

use domain::case::{Happens, History};
use domain::task::{
    DutyDraft, GivingDraft, TaskCase, TaskNumber, TaskState, TaskStep, TaskStepName,
};
use domain::text::{Prose, Reason};
use domain::{BodyCode, Field, FileKind, FileName, Refusal, Role};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use store::cases::{self, Kind};
use store::notices::{self, Item};
use store::tasks::{self, Of, Which};
use store::{Asked, Context, Error, attachments, orders, watching};

use super::city::City;
use super::express::is_sound;

const NOW: &str = "2026-11-02T10:00";

pub fn giving(deadline: &str) -> GivingDraft {
    GivingDraft {
        title: "欠薪线索核查".into(),
        duty: DutyDraft {
            text: "逐一核查，形成核查报告。".into(),
            proof: "核查报告".into(),
            owner: "gd".into(),
            co_owners: vec!["zjj".into()],
            deadline: deadline.into(),
        },
        basis: String::new(),
    }
}

/// Given by the supervision office to gd, with three working days; zjj helps.
pub async fn given(city: &City, now: &str) -> TaskNumber {
    let supervision = city.ctx("supervision", now).await;
    let given = tasks::give(&supervision, giving("3"), Vec::new()).await;
    given.expect("given")
}

pub fn report() -> TaskStep {
    let text = Prose::parse(Field::ReplyText, "已核查").expect("a text");
    TaskStep::Report { text }
}

fn confirm(done: bool) -> TaskStep {
    let why = Reason::parse(Field::Reason, "缺一户").expect("a reason");
    let reason = (!done).then_some(why);
    TaskStep::Confirm { done, reason }
}

fn note(text: &str) -> TaskStep {
    let text = Prose::parse(Field::Note, text).expect("a text");
    TaskStep::Note { text }
}

pub async fn take(city: &City, user: &str, now: &str, task: TaskNumber, step: TaskStep) {
    let ctx = city.ctx(user, now).await;
    let taken = tasks::carry_out(&ctx, task, step).await;
    taken.expect("allowed");
}

async fn find(ctx: &Context, task: TaskNumber) -> Result<cases::Found<TaskCase>, Error> {
    cases::find(ctx, &task.to_string()).await
}

async fn state(city: &City, task: TaskNumber) -> TaskState {
    let ctx = city.ctx("supervision", NOW).await;
    let found = find(&ctx, task).await.expect("seen");
    found.case.task.state()
}

#[tokio::test]
async fn what_is_given_twice_at_once_is_given_once_and_again_after_it_was_taken_back() {
    let city = City::new().await;
    let task = given(&city, NOW).await;
    assert_eq!(given(&city, NOW).await, task);
    let reason = Reason::parse(Field::Reason, "误下").expect("a reason");
    take(
        &city,
        "supervision",
        NOW,
        task,
        TaskStep::Withdraw { reason },
    )
    .await;
    assert_ne!(given(&city, NOW).await, task);
}

/// What the caller was told of tasks, the newest first.
async fn told(ctx: &Context) -> Vec<&'static str> {
    let digests = notices::digests(ctx, 20, 20).await.expect("told");
    let items = digests.iter().flat_map(|digest| &digest.items);
    let codes = items.filter_map(|item| match item {
        Item::Task { event, .. } => Some(event.what.code()),
        Item::Order { .. } | Item::Meeting { .. } => None,
    });
    codes.collect()
}

#[tokio::test]
async fn a_task_is_given_reported_sent_back_and_taken_for_done() {
    let city = City::new().await;
    let task = given(&city, NOW).await;
    assert_eq!(task.to_string(), "DB-2026-0001");
    take(&city, "gd", "2026-11-03T09:30", task, report()).await;
    assert_eq!(state(&city, task).await, TaskState::Reported);
    take(
        &city,
        "supervision",
        "2026-11-04T15:00",
        task,
        confirm(false),
    )
    .await;
    assert_eq!(state(&city, task).await, TaskState::Open);
    let supervision = city.ctx("supervision", "2026-11-04T15:00").await;
    let found = find(&supervision, task).await.expect("seen");
    // The closing of the 3rd lies in the time in which it was looked at.
    let due = found.case.task.due(&supervision.book).at;
    assert_eq!(domain::time::rfc3339(due), "2026-11-06T17:00:00+08:00");
    take(&city, "gd", "2026-11-05T09:30", task, report()).await;
    take(
        &city,
        "supervision",
        "2026-11-05T10:00",
        task,
        confirm(true),
    )
    .await;
    assert_eq!(state(&city, task).await, TaskState::Done);
    let gd = city.ctx("gd", "2026-11-05T11:00").await;
    assert_eq!(told(&gd).await, ["confirmed", "confirmed", "given"]);
    let supervision = city.ctx("supervision", "2026-11-05T11:00").await;
    assert_eq!(told(&supervision).await, ["reported", "reported"]);
    let again = tasks::carry_out(&gd, task, report()).await;
    let state = TaskState::Done;
    let step = TaskStepName::Report;
    assert!(
        matches!(again, Err(Error::Refused(Refusal::TaskState { step: s, state: at })) if s == step && at == state)
    );
    is_sound(&city).await;
}

#[tokio::test]
async fn whoever_has_nothing_to_do_with_a_task_does_not_know_of_it() {
    let city = City::new().await;
    let other = BodyCode::new("rq");
    city.employ("rq", Role::Handler { body: other }).await;
    city.employ("mayor", Role::Mayor).await;
    let task = given(&city, NOW).await;
    for (user, sees) in [
        ("gd", true),
        ("gd2", true),
        ("zjj", true),
        ("supervision", true),
        ("office", true),
        ("mayor", true),
        ("centre", true),
        ("rq", false),
        ("firm", false),
        ("admin", false),
        ("auditor", false),
    ] {
        let ctx = city.ctx(user, NOW).await;
        assert_eq!(find(&ctx, task).await.is_ok(), sees, "{user}");
        let (all, count) = tasks::tasks(&ctx, Which::All, 0, 9).await.expect("asked");
        assert_eq!(
            (all.len(), count),
            (usize::from(sees), u64::from(sees)),
            "{user}"
        );
        let watched = watching::watch(&ctx, Kind::Task, &task.to_string(), true).await;
        assert_eq!(watched.is_ok(), sees, "{user}");
    }
    // Who sees it does not thereby answer for it, or look whether it is done.
    for (user, step) in [
        ("zjj", report()),
        ("office", confirm(true)),
        ("mayor", note("怎么样了")),
        ("centre", note("怎么样了")),
    ] {
        let ctx = city.ctx(user, NOW).await;
        let done = tasks::carry_out(&ctx, task, step).await;
        let refused = matches!(done, Err(Error::Refused(Refusal::Forbidden { .. })));
        assert!(refused, "{user}");
    }
    for user in ["gd", "centre", "mayor", "firm", "admin"] {
        let ctx = city.ctx(user, NOW).await;
        let given = tasks::give(&ctx, giving("3"), Vec::new()).await;
        let refused = matches!(given, Err(Error::Refused(Refusal::Forbidden { .. })));
        assert!(refused, "{user}");
    }
    // What waits for whom.
    for (user, waits) in [("gd", 1), ("zjj", 0), ("supervision", 0), ("office", 0)] {
        let ctx = city.ctx(user, NOW).await;
        let (_, count) = tasks::tasks(&ctx, Which::Waiting, 0, 9)
            .await
            .expect("asked");
        assert_eq!(count, waits, "{user}");
    }
    take(&city, "gd", NOW, task, report()).await;
    for (user, waits) in [("gd", 0), ("supervision", 1), ("office", 0), ("mayor", 0)] {
        let ctx = city.ctx(user, NOW).await;
        let (given, count) = tasks::tasks(&ctx, Which::Waiting, 0, 9)
            .await
            .expect("asked");
        assert_eq!(count, waits, "{user}");
        assert!(given.iter().all(|one| one.of == Of::Itself(task)));
    }
    let office = city.ctx("office", NOW).await;
    assert_eq!(
        tasks::count_tasks(&office, Which::Reported)
            .await
            .expect("counted"),
        0
    );
}

#[tokio::test]
async fn a_task_that_is_late_is_carried_up_once_a_level_and_its_day_stays_passed() {
    let city = City::new().await;
    city.employ("deputy", Role::Deputy).await;
    // Due on Thursday the 5th at 17:00.
    let task = given(&city, NOW).await;
    let sweep = async |now| {
        orders::sweep(&city.store, super::city::at(now))
            .await
            .expect("swept")
    };
    sweep("2026-11-05T17:00").await;
    let head = city.ctx("gd2", "2026-11-16T09:00").await;
    assert_eq!(told(&head).await, ["given"]);
    for now in ["2026-11-06T09:00", "2026-11-06T09:30", "2026-11-06T16:00"] {
        sweep(now).await;
    }
    assert_eq!(told(&head).await, ["escalated", "given"]);
    let supervision = city.ctx("supervision", "2026-11-06T16:00").await;
    let day = Asked::from(
        (TaskStepName::Reschedule.form().expect("a form").read)(
            &[("deadline", "5"), ("reason", "等材料")]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into_iter()
                .collect(),
            &domain::case::Reading {
                now: supervision.now,
                book: &supervision.book,
                colleagues: &[],
            },
        )
        .expect("right"),
    );
    let moved = tasks::carry_out(&supervision, task, day.clone()).await;
    assert!(matches!(
        moved,
        Err(Error::Refused(Refusal::TaskPastDue { .. }))
    ));
    // A program that stood still for two weeks catches up, each level once.
    let swept = sweep("2026-11-20T09:00").await;
    assert_eq!(swept.events, 2);
    assert_eq!(sweep("2026-11-20T09:01").await.events, 0);
    let deputy = city.ctx("deputy", "2026-11-20T10:00").await;
    assert_eq!(told(&deputy).await, ["escalated", "escalated"]);
    is_sound(&city).await;

    // Whoever is quicker than the sweep is told of the level all the same.
    let early = given(&city, "2026-11-20T10:00").await;
    take(&city, "gd2", "2026-11-26T10:00", early, report()).await;
    let head = city.ctx("gd2", "2026-11-26T10:01").await;
    assert_eq!(told(&head).await[..2], ["escalated", "given"]);

    // Moved in time, its clock begins anew, and so do its levels.
    let other = given(&city, "2026-11-23T10:00").await;
    let supervision = city.ctx("supervision", "2026-11-24T10:00").await;
    tasks::carry_out(&supervision, other, day)
        .await
        .expect("in time");
    assert_eq!(sweep("2026-11-30T09:00").await.events, 0);
    assert_eq!(sweep("2026-12-02T09:00").await.events, 1);
    is_sound(&city).await;
}

#[tokio::test]
async fn what_is_said_of_a_task_carries_files_and_reaches_whoever_it_concerns() {
    let city = City::new().await;
    let task = given(&city, NOW).await;
    let gd = city.ctx("gd", NOW).await;
    let announced = attachments::Announced {
        page: format!("/tasks/{task}"),
        form: "/act/task/note".to_owned(),
        name: FileName::parse("照片.pdf").expect("a name"),
        size: 7,
        mark: String::new(),
    };
    let sent = attachments::begin(&gd, announced, gd.now).await;
    let id = sent.expect("announced").id;
    let whole = (FileName::parse("照片.pdf").expect("a name"), FileKind::Pdf);
    attachments::complete(&gd, id, whole, "d".to_owned(), gd.now)
        .await
        .expect("whole");
    let said = Asked {
        files: vec![id],
        ..Asked::from(note("已联系"))
    };
    tasks::carry_out(&gd, task, said).await.expect("said");
    // The same once more, a moment later and without files, stands there already.
    tasks::carry_out(&gd, task, note("再问"))
        .await
        .expect("said");
    tasks::carry_out(&gd, task, note("再问"))
        .await
        .expect("said");
    let found = find(&gd, task).await.expect("seen");
    assert_eq!(found.events.len(), 3);
    assert!(
        found.case.stands_as_at(1),
        "what is only said moves nothing"
    );
    for (user, reads) in [("zjj", true), ("supervision", true), ("firm", false)] {
        let ctx = city.ctx(user, NOW).await;
        assert_eq!(attachments::find(&ctx, id).await.is_ok(), reads, "{user}");
        let expected = if reads { 2 } else { 0 };
        let notes = told(&ctx).await.into_iter().filter(|code| *code == "noted");
        assert_eq!(notes.count(), expected, "{user}");
    }
    let stale = Asked {
        version: Some(9),
        ..Asked::from(report())
    };
    let refused = tasks::carry_out(&gd, task, stale).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::TaskMoved))));
    let replayed = TaskCase::replay(&found.events).expect("whole");
    assert_eq!(replayed, found.case);
    is_sound(&city).await;
}

/// As the schema of 23 has them: an instruction, and a decision with who helps.
#[tokio::test]
async fn tasks_of_older_directories_are_taken_over_whole() {
    let dir = tempfile::TempDir::new().expect("a folder");
    let options = SqliteConnectOptions::new()
        .filename(dir.path().join("zhitong.sqlite"))
        .create_if_missing(true)
        .foreign_keys(false);
    let mut connection = options.connect().await.expect("opens");
    sqlx::migrate!("./migrations")
        .run_to(23, &mut connection)
        .await
        .expect("the first ones");
    sqlx::raw_sql(include_str!("before-the-journal.sql"))
        .execute(&mut connection)
        .await
        .expect("laid down");
    sqlx::raw_sql(
        "INSERT INTO tasks VALUES (1, 90, NULL, '办', '函', 'zjj', '', 4, NULL, 10, 20, TRUE, 15, 1,
             'reported', 18, 18, '已办', '不全', NULL, '2026-11-07');
         INSERT INTO tasks VALUES (1, 91, 'HY-2026-0001', '办二', '照片', 'gd', 'zjj', 5, '条例', 11,
             21, FALSE, 16, 2, 'replaced', 19, NULL, NULL, NULL, 90, NULL);
         INSERT INTO task_bodies VALUES ('zjj', 1, 90), ('gd', 1, 91), ('zjj', 1, 91);",
    )
    .execute(&mut connection)
    .await
    .expect("laid down");
    sqlx::migrate!("./migrations")
        .run(&mut connection)
        .await
        .expect("the others");
    let rows = "SELECT case_kind || case_id || '|' || seq || '|' || source || '|'
             || coalesce(meeting, '-') || '|' || owner || '|' || co_owners || '|' || days || '|'
             || coalesce(moved_from, '-') || '|' || coalesce(basis, '-') || '|' || due_at || '|'
             || due_provisional || '|' || state || '|' || coalesce(report, '-') || '|'
             || coalesce(not_done, '-') || '|' || coalesce(replaced_by, '-')
         FROM tasks WHERE seq >= 90 ORDER BY seq";
    let rows: Vec<String> = sqlx::query_scalar(rows)
        .fetch_all(&mut connection)
        .await
        .expect("read");
    assert_eq!(
        rows,
        [
            "order1|90|instruction|-|zjj||4|2026-11-07|-|20|1|reported|已办|不全|-",
            "order1|91|decision|HY-2026-0001|gd|zjj|5|-|条例|21|0|replaced|-|-|90",
        ]
    );
    let bodies = "SELECT body || case_kind || seq FROM task_bodies WHERE seq >= 90 ORDER BY 1";
    let bodies: Vec<String> = sqlx::query_scalar(bodies)
        .fetch_all(&mut connection)
        .await
        .expect("read");
    assert_eq!(bodies, ["gdorder91", "zjjorder90", "zjjorder91"]);
}
