//! Whatever counts as a record and is changed around the program is found by the check, and
//! named (R7).

use std::cell::Cell;

use domain::Field;
use domain::meeting::{MeetingStep, MeetingWish, MinutesText};
use domain::project::{ProjectDraft, ProjectWish};
use store::check::{Report, check};
use store::notices::{self, Item};
use store::{Store, meetings, projects};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

use super::city::City;
use super::express::{decided, grown, is_sound, matter, take};

/// A city in which a meeting was held, recorded and signed, with a project and a task by itself.
async fn recorded() -> City {
    let city = grown().await;
    let order = matter(&city).await;
    let meeting = decided(&city, order).await;
    let after = "2026-11-04T16:00";
    let end = MeetingStep::End { knowingly: true };
    take(&city, "office", after, meeting, end).await;
    let text = MinutesText::parse(Field::MinutesText, "会议议定事项如下。").expect("a text");
    let write = MeetingStep::WriteMinutes { text, revision: 0 };
    take(&city, "office", after, meeting, write).await;
    let mayor = city.ctx("mayor", after).await;
    meetings::carry_out(&mayor, meeting, MeetingWish::ApproveMinutes { revision: 1 })
        .await
        .expect("approved");
    let centre = city.ctx("centre", after).await;
    let draft = ProjectDraft {
        project: "XM2026-1".into(),
        project_name: "年产三万吨耐材".into(),
        enterprise: "柏川智能装备（虚构）".into(),
        level: "county".into(),
        township: "laiji".into(),
        ..ProjectDraft::default()
    };
    let wish = ProjectWish::parse(&draft, &centre.book.directory).expect("right");
    projects::save(&centre, wish, false).await.expect("saved");
    let task = super::tasks::given(&city, after).await;
    super::tasks::take(
        &city,
        "gd",
        "2026-11-04T16:10",
        task,
        super::tasks::report(),
    )
    .await;
    city
}

/// All that is found, as one text.
fn said(report: &Report) -> String {
    format!("{:?} {:?} {:?}", report.damage, report.cases, report.audit)
}

#[tokio::test]
async fn what_was_written_by_the_program_is_sound() {
    let city = recorded().await;
    is_sound(&city).await;
    let gd = city.ctx("gd", "2026-11-05T09:00").await;
    assert!(notices::count(&gd).await.expect("counted") > 0);
}

#[tokio::test]
async fn each_record_that_was_changed_around_the_program_is_named() {
    let events = "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_deleted;";
    let of_meeting = |set: &str, kind: &str| {
        format!(
            "{events} UPDATE events SET {set} WHERE kind = 'meeting'
             AND json_extract(what, '$.kind') = '{kind}'"
        )
    };
    let minutes = "what = replace(what, '议定事项', '另外事项')";
    let meeting = "HY-2026-0001";
    let cases = [
        (of_meeting("actor = 'x'", "called"), meeting),
        (
            of_meeting("happened_at = happened_at + 60", "opened"),
            meeting,
        ),
        (
            of_meeting("what = replace(what, 'zjj', 'rq')", "called"),
            meeting,
        ),
        (
            of_meeting("what = json_set(what, '$.decision', 1)", "decided"),
            meeting,
        ),
        (of_meeting(minutes, "minutes_written"), meeting),
        (
            format!("{events} DELETE FROM events WHERE kind = 'meeting' AND seq = 4"),
            meeting,
        ),
        (
            "UPDATE notices SET address = CAST(x'ff' AS TEXT) WHERE id = 2".into(),
            "notices",
        ),
        (
            "UPDATE projects SET name = CAST(x'ff' AS TEXT)".into(),
            "project XM2026-1",
        ),
        (
            "DELETE FROM meeting_guests WHERE guest = 'body:gd'".into(),
            meeting,
        ),
        ("UPDATE meetings SET title = 'x'".into(), meeting),
        (
            "UPDATE meeting_matters SET outcome = 'open'".into(),
            meeting,
        ),
        (
            "DELETE FROM notices WHERE id = (SELECT max(id) FROM notices
                                             WHERE case_kind = 'meeting')"
                .into(),
            "notices",
        ),
        ("DELETE FROM notices WHERE id = 2".into(), "notices"),
        (
            "UPDATE notices SET address = 'body:rq' WHERE id = 2".into(),
            "notices",
        ),
        ("UPDATE tasks SET reported_at = 1".into(), "XM-2026-000001"),
        ("UPDATE tasks SET reported_at = 1".into(), "DB-2026-0001"),
        (
            "UPDATE task_cases SET title = 'x'".into(),
            "task DB-2026-0001",
        ),
        (
            "DELETE FROM task_bodies WHERE case_kind = 'task'".into(),
            "a task of task DB-2026-0001",
        ),
        (
            format!(
                "{events} UPDATE events SET what = replace(what, '核查报告', '口头报告')
                 WHERE kind = 'task'"
            ),
            "events",
        ),
        (
            format!("{events} UPDATE events SET user = NULL WHERE kind = 'task' AND seq = 2"),
            "events",
        ),
        (
            "DELETE FROM task_bodies WHERE body = 'gd'".into(),
            "a task of order",
        ),
        (
            "UPDATE orders SET express_since = NULL".into(),
            "XM-2026-000001",
        ),
        (
            "DROP TRIGGER audit_is_not_changed;
             UPDATE audit SET detail = CAST(x'ff' AS TEXT) WHERE id = 2"
                .into(),
            "Changed { line: 2",
        ),
        (
            "DELETE FROM year_notice_days WHERE date = '2026-10-01'".into(),
            "day of a notice 1 2026 2026-10-01",
        ),
        (
            "DELETE FROM statutory_days WHERE date = '2030-10-01'".into(),
            "statutory day off 2030-10-01",
        ),
        (
            "UPDATE rules SET amount = 90 WHERE name = 'resolve_normal'".into(),
            "rule 1 resolve_normal",
        ),
        (
            "UPDATE ladder SET card = NULL WHERE level = 'head'".into(),
            "level of the ladder 1 head",
        ),
        ("UPDATE projects SET name = 'x'".into(), "project XM2026-1"),
        ("DELETE FROM projects".into(), "project XM2026-1"),
        (
            "UPDATE memberships SET role = 'system_admin' WHERE id = 3".into(),
            "membership 3",
        ),
        (
            "INSERT INTO answers_for SELECT id, 'gd' FROM users WHERE name = 'deputy'".into(),
            "charge of a deputy mayor",
        ),
        ("UPDATE enterprises SET name = 'x'".into(), "enterprise 1"),
        (
            "UPDATE bodies SET name_zh = 'x' WHERE code = 'gd'".into(),
            "body gd",
        ),
    ];
    for (sql, named) in cases {
        let city = recorded().await;
        city.tamper(&sql).await;
        let found = said(&check(&city.store, None).await.expect("checked"));
        assert!(found.contains(named), "{sql}: {found}");
        // Nor is it forgotten once the program has started anew and gone on.
        city.store.clone().close().await;
        let store = Store::open(city.dir.path()).await.expect("opens");
        let city = City { store, ..city };
        city.place("2026-11-05T10:00").await;
        let report = check(&city.store, None).await.expect("checked");
        assert!(said(&report) != "[] [] []", "{sql} is forgotten");
    }
}

#[tokio::test]
async fn numbers_that_were_set_back_are_found() {
    let city = City::new().await;
    city.place("2026-11-05T10:00").await;
    city.tamper("UPDATE serials SET last = 0").await;
    let found = said(&check(&city.store, None).await.expect("checked"));
    assert!(found.contains("the next number of orders"), "{found}");
}

/// A command of the administrator opens the directory while the program serves it.
#[tokio::test]
async fn another_program_that_opens_it_meanwhile_seals_nothing_twice() {
    let city = City::new().await;
    let done = Cell::new(false);
    let opens = async {
        for _ in 0..12 {
            let beside = Store::open(city.dir.path()).await.expect("opens");
            beside.close().await;
        }
        done.set(true);
    };
    let writes = async {
        while !done.get() {
            city.place("2026-11-05T10:00").await;
        }
    };
    tokio::join!(opens, writes);
    is_sound(&city).await;
}

/// The triggers are taken off for the change and made anew after it.
#[tokio::test]
async fn a_change_behind_the_back_of_the_triggers_is_found() {
    for (sql, named) in [
        (
            "UPDATE projects SET name = 'x'",
            "project XM2026-1 was changed",
        ),
        ("DELETE FROM projects", "project XM2026-1 was removed"),
        (
            "INSERT INTO projects SELECT 'XM2026-2', name, enterprise, level, township, leader,
                                         changed_at FROM projects",
            "project XM2026-2 was added",
        ),
    ] {
        let city = recorded().await;
        let off = ["added", "changed", "removed"]
            .map(|when| format!("DROP TRIGGER projects_recorded_{when};"));
        city.tamper(&format!("{}{sql}", off.concat())).await;
        city.store.clone().close().await;
        let store = Store::open(city.dir.path()).await.expect("opens");
        let report = check(&store, None).await.expect("checked");
        assert!(said(&report).contains(named), "{sql}: {}", said(&report));
    }
}

/// The last line of the audit of `before-the-journal.sql`, as the program of then printed it.
const HEAD: (i64, &str) = (
    33,
    "ae0711bba970225df0de8f7d8de8d766980320c715d7d017c0a29e6b4f342cf0",
);

#[tokio::test]
async fn what_was_written_before_the_journal_is_taken_over_and_sealed() {
    let dir = TempDir::new().expect("a folder");
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
    let marks = "INSERT INTO notices_read VALUES (3, 'body:gd', 4);
                 INSERT INTO meeting_notices_read VALUES (3, 'body:gd', 2)";
    sqlx::raw_sql(marks)
        .execute(&mut connection)
        .await
        .expect("marked");
    connection.close().await.expect("closed");
    let store = Store::open(dir.path()).await.expect("brought up");
    let city = City { dir, store };
    let noted = Some((HEAD.0, HEAD.1.to_owned()));
    let report = check(&city.store, noted).await.expect("checked");
    assert_eq!(said(&report), "[] [] []");
    assert!(report.noted);
    assert_eq!(
        (report.head.0, report.head.1.as_str()),
        HEAD,
        "nothing was added"
    );
    // What was told of meetings is told beside the rest, and is as read as it was.
    let gd = city.ctx("gd", "2026-11-05T09:00").await;
    let digests = notices::digests(&gd, 9, 9).await.expect("told");
    let items = digests.iter().flat_map(|digest| &digest.items);
    let (orders, meetings): (Vec<_>, Vec<_>) =
        items.partition(|item| matches!(item, Item::Order { .. }));
    assert_eq!((orders.len(), meetings.len()), (3, 2));
    // Of orders the last is new; of meetings what came after that was read.
    let new = digests.iter().filter(|digest| digest.is_new).count();
    assert_eq!((digests.len(), new), (4, 3));
    // From the first line on, what was there before is sealed too.
    city.place("2026-11-05T10:00").await;
    is_sound(&city).await;
    for (sql, named) in [
        (
            "DROP TRIGGER events_are_not_changed;
             UPDATE events SET actor = 'x' WHERE kind = 'meeting' AND seq = 1",
            "Changed { line: 34",
        ),
        (
            "UPDATE meeting_notices SET address = 'x' WHERE id = 1",
            "meeting_notices",
        ),
        ("UPDATE notices SET address = 'x' WHERE id = 1", "notices"),
        (
            "UPDATE rules SET amount = 90 WHERE name = 'rework'",
            "rule 1 rework",
        ),
    ] {
        city.tamper(sql).await;
        let found = said(&check(&city.store, None).await.expect("checked"));
        assert!(found.contains(named), "{sql}: {found}");
    }
}
