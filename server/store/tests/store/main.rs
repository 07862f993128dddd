//! The store on a real SQLite file.
#![allow(clippy::expect_used, clippy::panic)]

mod accounts;
mod city;
mod directory;
mod express;
mod joined;
mod knowledge;
mod lists;
mod records;
mod search;
mod tasks;

use domain::case::Happens;
use domain::order::{
    CoHandling, Complexity, Level, Number, Order, Placement, Rating, RatingLevel, Reason, Reply,
    Step,
};
use domain::rulebook::rows::{Change, edited};
use domain::time::notice::{Kind, NoticeRow};
use domain::time::{Limit, Notice};
use domain::{Actor, BodyCode, Field, Refusal, Role};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use store::orders::{self, Swept};
use store::{Context, Error, OpenError, Store, calendars, cards, notices, rules};
use tempfile::TempDir;

use city::{City, at, dispatch, draft};

#[tokio::test]
async fn what_lists_read_equals_what_the_history_gives_after_every_step() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    let reply = || Step::Reply {
        reply: Reply::parse("solved", "已通电", "", "").expect("right"),
        without: None,
    };
    let rate = |level| {
        Step::Rate(Rating {
            level,
            comment: None,
        })
    };
    let why = || Reason::parse(Field::Reason, "有误").expect("a reason");
    let parts = vec![CoHandling {
        body: BodyCode::new("zjj"),
        task: None,
    }];
    let wrong = Step::Dispatch {
        department: BodyCode::new("zrzy"),
        complexity: Complexity::Ordinary,
        co_handlers: parts,
    };
    let corrected = Step::CorrectReply {
        reply: Reply::parse("planned", "按期通电", "2026-12-20", "").expect("right"),
        reason: why(),
    };
    let steps = [
        ("centre", "2026-11-02T10:30", wrong),
        ("centre", "2026-11-02T10:40", Step::Recall { reason: why() }),
        ("centre", "2026-11-02T11:00", dispatch()),
        ("gd", "2026-11-02T12:00", Step::Take),
        ("gd", "2026-11-03T10:00", reply()),
        ("gd", "2026-11-03T10:30", corrected),
        ("firm", "2026-11-03T11:00", rate(RatingLevel::Dissatisfied)),
        ("gd", "2026-11-04T10:00", reply()),
        (
            "firm",
            "2026-11-04T11:00",
            rate(RatingLevel::VeryDissatisfied),
        ),
    ];
    for (user, now, step) in steps {
        let answered = city.step(user, now, number, step).await;
        let ctx = city.ctx(user, now).await;
        let found = orders::find(&ctx, number).await.expect("visible");
        let replayed = Order::replay(&found.events)
            .expect("whole")
            .overview(&ctx.book);
        assert_eq!(found.listed.overview, replayed);
        assert_eq!(answered, replayed);
    }
    let report = store::check::check(&city.store, None)
        .await
        .expect("checked");
    assert!(report.cases.is_empty(), "{:?}", report.cases);
}

#[tokio::test]
async fn a_damaged_database_is_not_opened_and_says_what_to_do() {
    use std::os::unix::fs::FileExt;
    let city = City::new().await;
    for _ in 0..20 {
        city.place("2026-11-02T10:00").await;
    }
    let City { dir, store } = city;
    store.close().await;
    let path = dir.path().join("zhitong.sqlite");
    let whole = std::fs::read(&path).expect("read");
    let middle = whole.len() as u64 / 2;
    for (from, length) in [(40 * 4096, 4096), (middle, 20_000), (0, 4096)] {
        let file = std::fs::OpenOptions::new().write(true).open(&path);
        let file = file.expect("opens");
        file.write_all_at(&vec![0x5a; length], from)
            .expect("written");
        let refused = Store::open(dir.path()).await.err();
        let refused = refused
            .map(|error| format!("{error} {error:?}"))
            .unwrap_or_default();
        assert!(refused.contains("server restore"), "{from}: {refused}");
        std::fs::write(&path, &whole).expect("mended");
    }
    assert!(Store::open(dir.path()).await.is_ok());
}

#[tokio::test]
async fn no_notice_makes_a_workday_of_a_day_off_by_the_regulation() {
    let city = City::new().await;
    let admin = city.ctx("admin", "2026-11-02T10:00").await;
    for day in ["2028-05-01", "2028-10-01", "2026-10-02"] {
        let text = format!("date,name,kind\n{day},误录,work\n");
        let refused = calendars::read_for(&admin, &text).map(|_| ());
        assert!(
            format!("{refused:?}").contains("DayOfTheRegulation"),
            "{day}: {refused:?}"
        );
    }
    let off = calendars::read("date,name,kind\n2028-03-14,误录,off\n").expect("right");
    calendars::apply(&admin, off, false).await.expect("applied");
    let admin = city.ctx("admin", "2026-11-02T10:05").await;
    let back = "date,name,kind\n2028-03-14,误录,work\n";
    let back = calendars::read_for(&admin, back).expect("it was entered wrongly");
    calendars::apply(&admin, back, false)
        .await
        .expect("applied");
    let day = "2028-03-14".parse().expect("a day");
    let book = city.store.book();
    assert!(book.calendar.is_working(day) && !book.calendar.is_published(2028));
}

#[tokio::test]
async fn a_database_that_is_gone_or_emptied_or_anothers_is_never_begun_anew() {
    let city = City::new().await;
    city.place("2026-11-02T10:00").await;
    let City { dir, store } = city;
    store.close().await;
    let path = dir.path().join("zhitong.sqlite");
    std::fs::write(dir.path().join("last-backup"), "x").expect("written");
    let whole = std::fs::read(&path).expect("read");
    std::fs::write(&path, b"").expect("emptied");
    let emptied = Store::open(dir.path()).await.err();
    assert!(matches!(emptied, Some(OpenError::Lost(_))), "{emptied:?}");
    std::fs::remove_file(&path).expect("removed");
    let gone = Store::open(dir.path()).await.err();
    assert!(matches!(gone, Some(OpenError::Lost(_))), "{gone:?}");
    let mut foreign = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .connect()
        .await
        .expect("made");
    sqlx::query("CREATE TABLE notes (text)")
        .execute(&mut foreign)
        .await
        .expect("a table");
    foreign.close().await.expect("closed");
    let foreign = Store::open(dir.path()).await.err();
    assert!(
        matches!(foreign, Some(OpenError::Foreign(_))),
        "{foreign:?}"
    );
    std::fs::write(&path, &whole).expect("back");
    assert!(Store::open(dir.path()).await.is_ok());
}

#[tokio::test]
async fn damaged_text_stops_its_own_order_and_is_named() {
    let city = City::new().await;
    let (good, bad) = (
        city.place("2026-11-02T10:00").await.number,
        city.place("2026-11-02T10:05").await.number,
    );
    let file = city.dir.path().join("zhitong.sqlite");
    let options = SqliteConnectOptions::new().filename(file);
    let mut beside = options.connect().await.expect("opens");
    let guard = sqlx::query("DROP TRIGGER events_are_not_changed");
    guard.execute(&mut beside).await.expect("dropped");
    for sql in [
        "UPDATE orders SET title = CAST(x'ff' AS TEXT) WHERE number = $1",
        "UPDATE events SET what = CAST(x'7bff7d' AS TEXT)
         WHERE kind = 'order' AND case_id = (SELECT id FROM orders WHERE number = $1)",
    ] {
        let spoilt = sqlx::query(sql).bind(bad.to_string());
        spoilt.execute(&mut beside).await.expect("changed");
    }
    let centre = city.ctx("centre", "2026-11-02T11:00").await;
    let filter = orders::Filter::default();
    let list = orders::list(&centre, &filter, orders::Sort::NewestFirst, None, 50).await;
    let items = list.expect("the others").items;
    let listed: Vec<Number> = items.iter().map(|one| one.overview.number).collect();
    assert_eq!(listed, [good]);
    let (mut walked, mut after) = (Vec::new(), None);
    loop {
        let page = orders::list(&centre, &filter, orders::Sort::NewestFirst, after, 1).await;
        let page = page.expect("the others");
        walked.extend(page.items.iter().map(|one| one.overview.number));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(walked, [good], "the list goes on behind it");
    notices::digests(&centre, 10, 10)
        .await
        .expect("what is told of the others");
    assert!(orders::find(&centre, bad).await.is_err());
    assert_eq!(city.store.troubles().names(), [format!("order {bad}")]);
    orders::find(&centre, good).await.expect("whole");
    let again = orders::list(&centre, &filter, orders::Sort::NewestFirst, None, 50).await;
    assert_eq!(again.expect("the others").items.len(), 1);
    assert_eq!(
        city.store.troubles().names(),
        [format!("order {bad}")],
        "reading another clears nothing"
    );
    let report = store::check::check(&city.store, None)
        .await
        .expect("goes on");
    let wrong: Vec<&str> = report.cases.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(wrong, [format!("order {bad}")]);
    assert!(!report.audit.is_empty(), "the line that seals it");
}

#[tokio::test]
async fn a_damaged_part_leaves_its_order_in_lists_and_on_its_page() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    let mut step = dispatch();
    if let Step::Dispatch { co_handlers, .. } = &mut step {
        let directory = &city.store.book().directory;
        co_handlers.push(CoHandling::parse("zjj", "提供图纸", directory).expect("right"));
    }
    city.step("centre", "2026-11-02T11:00", number, step).await;
    city.tamper("UPDATE co_handlers SET task = CAST(x'ff' AS TEXT)")
        .await;
    let centre = city.ctx("centre", "2026-11-02T11:30").await;
    let filter = orders::Filter::default();
    let list = orders::list(&centre, &filter, orders::Sort::NewestFirst, None, 50).await;
    assert_eq!(list.expect("listed").items.len(), 1);
    orders::find(&centre, number)
        .await
        .expect("whole by its history");
    let report = store::check::check(&city.store, None)
        .await
        .expect("goes on");
    assert_eq!(report.cases.len(), 1, "the check names it");
}

#[tokio::test]
async fn the_parts_beside_an_order_equal_what_its_history_gives() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    let body = |code: &str| domain::order::CoHandling {
        body: BodyCode::new(code),
        task: None,
    };
    let mut first = dispatch();
    if let Step::Dispatch { co_handlers, .. } = &mut first {
        co_handlers.push(body("zjj"));
    }
    let text = domain::text::Prose::parse(domain::Field::ReplyText, "已办").expect("a text");
    let steps = [
        ("centre", "2026-11-02T11:00", first),
        ("gd", "2026-11-02T12:00", Step::Take),
        (
            "centre",
            "2026-11-02T13:00",
            Step::AddCoHandler(body("laiji")),
        ),
        ("zjj", "2026-11-03T10:00", Step::CoReply { text }),
    ];
    for (user, now, step) in steps {
        city.step(user, now, number, step).await;
        let ctx = city.ctx(user, now).await;
        let found = orders::find(&ctx, number).await.expect("visible");
        assert_eq!(found.listed.overview, found.order.overview(&ctx.book));
    }
    let zjj = city.ctx("zjj", "2026-11-03T11:00").await;
    let mine = orders::Filter {
        awaits_part: true,
        ..orders::Filter::default()
    };
    assert_eq!(
        orders::count(&zjj, &mine).await.expect("counted"),
        0,
        "replied"
    );
    assert!(
        orders::find(&zjj, number).await.is_ok(),
        "and sees it still"
    );
}

#[tokio::test]
async fn the_sweep_does_each_thing_once_and_catches_up_after_a_standstill() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    city.step("centre", "2026-11-02T11:00", number, dispatch())
        .await;
    city.step("gd", "2026-11-02T12:00", number, Step::Take)
        .await;
    let sweep = |now: &'static str| orders::sweep(&city.store, at(now));
    let nothing = Swept::default();
    assert_eq!(
        sweep("2026-11-05T17:30").await.expect("swept"),
        nothing,
        "business is closed"
    );
    let one = Swept {
        orders: 1,
        events: 1,
    };
    assert_eq!(sweep("2026-11-06T09:00").await.expect("swept"), one);
    assert_eq!(
        sweep("2026-11-06T09:00").await.expect("swept"),
        nothing,
        "not twice"
    );
    let both = Swept {
        orders: 1,
        events: 2,
    };
    assert_eq!(
        sweep("2026-12-01T09:00").await.expect("swept"),
        both,
        "two levels at once"
    );
    assert_eq!(sweep("2026-12-31T09:00").await.expect("swept"), nothing);
    let ctx = city.ctx("centre", "2026-12-31T09:00").await;
    let found = orders::find(&ctx, number).await.expect("visible");
    assert_eq!(found.listed.overview.escalation, Some(Level::Express));
}

#[tokio::test]
async fn a_refused_step_leaves_nothing() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    let ctx = city.ctx("centre", "2026-11-02T11:00").await;
    let stale = orders::step(&ctx, number, Some(7), None, dispatch()).await;
    assert!(matches!(
        stale,
        Err(Error::Refused(Refusal::Changed { current: 1 }))
    ));
    let ctx = city.ctx("gd", "2026-11-02T11:00").await;
    let hidden = orders::step(&ctx, number, None, None, Step::Take).await;
    assert!(
        matches!(hidden, Err(Error::NotFound)),
        "not dispatched to them: not there"
    );
    let ctx = city.ctx("firm", "2026-11-02T11:00").await;
    let found = orders::find(&ctx, number).await.expect("visible");
    assert_eq!((found.events.len(), found.order.version), (1, 1));
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_cancel_a_write() {
    let city = City::new().await;
    let ctx = city.ctx("firm", "2026-11-02T10:00").await;
    let placement = Placement::parse(&draft(), &ctx.book.directory).expect("right");
    let placing = orders::place(&ctx, placement, None);
    // Polled once, so that the command is in the queue; then dropped.
    let mut placing = Box::pin(placing);
    let polled = futures::poll!(placing.as_mut());
    assert!(polled.is_pending());
    drop(placing);
    // The writer takes one command after the other: this one comes behind it.
    let second = city.place("2026-11-02T10:00").await;
    assert_eq!(second.number, Number::new(2026, 2));
}

#[tokio::test]
async fn a_command_that_panics_leaves_nothing_and_the_writer_goes_on() {
    let city = City::new().await;
    let failed: Result<(), Error> = city
        .store
        .writer()
        .run(|connection| {
            Box::pin(async move {
                sqlx::query("INSERT INTO serials VALUES (1999, 7)")
                    .execute(connection)
                    .await?;
                panic!("a fault in a command")
            })
        })
        .await;
    assert!(matches!(failed, Err(Error::Panicked)));
    let left = city
        .store
        .writer()
        .run(|connection| {
            Box::pin(async move {
                let left: i64 = sqlx::query_scalar("SELECT count(*) FROM serials")
                    .fetch_one(connection)
                    .await?;
                Ok(left)
            })
        })
        .await;
    assert_eq!(left.expect("the writer goes on"), 0);
}

#[tokio::test]
async fn a_history_is_neither_changed_nor_deleted() {
    let city = City::new().await;
    city.place("2026-11-02T10:00").await;
    for sql in ["UPDATE events SET actor = 'x'", "DELETE FROM events"] {
        let refused = city
            .store
            .writer()
            .run(move |connection| {
                Box::pin(async move { Ok(sqlx::query(sql).execute(connection).await?) })
            })
            .await;
        let error = refused.expect_err("refused");
        let cause = std::error::Error::source(&error)
            .expect("a cause")
            .to_string();
        assert!(cause.contains("a history is not"), "{cause}");
    }
}

#[tokio::test]
async fn administrators_see_no_order() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor] {
        let actor = Actor {
            user: None,
            name: String::new(),
            role,
        };
        let ctx = Context::new(city.store.clone(), actor, at("2026-11-02T10:00"));
        assert!(matches!(
            orders::find(&ctx, number).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_by_its_version() {
    let city = City::new().await;
    city.store
        .writer()
        .run(|connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO _sqlx_migrations
                     SELECT 9999, 'later', installed_on, success, checksum, execution_time
                     FROM _sqlx_migrations LIMIT 1",
                )
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
        .expect("written");
    let City { dir, store } = city;
    store.close().await;
    match Store::open(dir.path()).await {
        Err(OpenError::Newer(_, version)) => assert_eq!(version, 9999),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it opened"),
    }
}

#[tokio::test]
async fn what_is_closed_and_opened_again_is_all_there() {
    let city = City::new().await;
    let placed = city.place("2026-11-02T10:00").await;
    let City { dir, store } = city;
    store.close().await;
    let store = Store::open(dir.path()).await.expect("opens again");
    let city = City { dir, store };
    let ctx = city.ctx("firm", "2026-11-02T11:00").await;
    let found = orders::find(&ctx, placed.number).await.expect("visible");
    assert_eq!(found.listed.overview, placed);
}

fn notice_2027(days: &[(&str, Kind)]) -> Notice {
    let rows = days.iter().zip(2..).map(|((day, kind), row)| NoticeRow {
        row,
        date: (*day).into(),
        name: "元旦".into(),
        kind: kind.name().into(),
    });
    let rows: Vec<NoticeRow> = rows.collect();
    Notice::from_rows(&rows).expect("right days")
}

/// In hand at `gd` since 2026-12-21, as an enquiry of three days, or longer.
async fn in_hand(city: &City, complexity: Complexity) -> Number {
    let number = city.place("2026-12-21T10:00").await.number;
    let department = BodyCode::new("gd");
    let co_handlers = Vec::new();
    let step = Step::Dispatch {
        department,
        complexity,
        co_handlers,
    };
    city.step("centre", "2026-12-21T11:00", number, step).await;
    city.step("gd", "2026-12-21T14:00", number, Step::Take)
        .await;
    number
}

#[tokio::test]
async fn a_calendar_moves_what_it_concerns_once_and_tells_each_side_once() {
    let city = City::new().await;
    let long = in_hand(&city, Complexity::Ordinary).await;
    let short = in_hand(&city, Complexity::Enquiry).await;
    let admin = city.ctx("admin", "2026-12-24T10:00").await;
    let notice = || notice_2027(&[("2027-01-01", Kind::Off)]);
    let preview = calendars::preview(&admin, notice(), true)
        .await
        .expect("allowed");
    let numbers: Vec<_> = preview
        .moved
        .iter()
        .map(|moved| moved.number.clone())
        .collect();
    assert_eq!(numbers, [long.to_string()], "the short one ends before");
    assert_eq!(
        calendars::apply(&admin, notice(), true)
            .await
            .expect("allowed"),
        1
    );
    let firm = city.ctx("firm", "2026-12-24T11:00").await;
    let due = |found: &orders::Found| found.listed.overview.clock.expect("runs").due;
    let found = orders::find(&firm, long).await.expect("visible");
    assert_eq!(due(&found).at, at("2027-01-12T17:00"));
    assert_eq!(
        found.events.last().map(|event| event.what.code()),
        Some("moved")
    );
    let untouched = orders::find(&firm, short).await.expect("visible");
    assert_eq!(untouched.events.len(), 3);
    for (user, expected) in [("firm", 1), ("gd", 1), ("centre", 0)] {
        let ctx = city.ctx(user, "2026-12-24T11:00").await;
        assert_eq!(
            notices::unread(&ctx).await.expect("asked"),
            expected,
            "{user}"
        );
    }
    // The same notice again moves nothing and tells nobody.
    let again = city.ctx("admin", "2026-12-25T10:00").await;
    assert_eq!(
        calendars::apply(&again, notice(), true)
            .await
            .expect("allowed"),
        0
    );
    let gd = city.ctx("gd", "2026-12-25T11:00").await;
    assert_eq!(notices::unread(&gd).await.expect("asked"), 1);
    notices::read(&gd, at("2026-12-25T11:00"))
        .await
        .expect("marked");
    assert_eq!(notices::unread(&gd).await.expect("asked"), 0);
    // What came to them in another role was not read with it.
    let firm = city.ctx("firm", "2026-12-25T11:00").await;
    let actor = Actor {
        user: gd.actor.user,
        ..firm.actor.clone()
    };
    let in_another_role = Context { actor, ..firm };
    let unread = notices::unread(&in_another_role).await.expect("asked");
    let digests = notices::digests(&in_another_role, 9, 9)
        .await
        .expect("told");
    assert_eq!((unread, digests[0].is_new), (1, true));
}

/// A part that has ended is explained by the calendar of its time.
#[tokio::test]
async fn a_calendar_leaves_parts_alone_that_have_ended() {
    let city = City::new().await;
    let directory = &city.store.book().directory;
    let part = || CoHandling::parse("zjj", "提供图纸", directory).expect("right");
    let with_part = async || {
        let number = in_hand(&city, Complexity::Ordinary).await;
        let add = Step::AddCoHandler(part());
        city.step("centre", "2026-12-29T15:00", number, add).await;
        number
    };
    let (withdrawn, replied) = (with_part().await, with_part().await);
    let open = with_part().await;
    let withdraw = Step::withdraw("不再需要").expect("right");
    city.step("firm", "2026-12-30T10:00", withdrawn, withdraw)
        .await;
    let done = Step::co_reply("已办").expect("right");
    city.step("zjj", "2026-12-30T10:00", replied, done).await;
    let due = async |number| {
        let ctx = city.ctx("centre", "2026-12-31T11:00").await;
        let found = orders::find(&ctx, number).await.expect("visible");
        found.listed.overview.co_handlers[0].due.at
    };
    let admin = city.ctx("admin", "2026-12-31T10:00").await;
    let notice = notice_2027(&[("2027-01-01", Kind::Off), ("2027-01-04", Kind::Off)]);
    calendars::apply(&admin, notice, true)
        .await
        .expect("allowed");
    assert_eq!(due(withdrawn).await, at("2027-01-04T17:00"));
    assert_eq!(due(replied).await, at("2027-01-04T17:00"));
    assert_eq!(due(open).await, at("2027-01-05T17:00"));
    let report = store::check::check(&city.store, None).await;
    let differ = report.expect("checked").cases;
    assert!(differ.is_empty(), "{differ:?}");
}

#[tokio::test]
async fn a_level_that_a_new_calendar_moves_is_swept_at_its_new_time() {
    let city = City::new().await;
    // Due on Thursday 2026-12-24; the third level comes five working days later.
    let number = in_hand(&city, Complexity::Enquiry).await;
    for now in ["2026-12-25T09:00", "2026-12-30T09:00"] {
        orders::sweep(&city.store, at(now)).await.expect("swept");
    }
    let sweep_at = async || {
        let ctx = city.ctx("centre", "2026-12-30T10:00").await;
        let found = orders::find(&ctx, number).await.expect("visible");
        found.listed.overview.sweep_at
    };
    assert_eq!(sweep_at().await, Some(at("2027-01-04T09:00")));
    let admin = city.ctx("admin", "2026-12-31T10:00").await;
    let notice = notice_2027(&[("2027-01-01", Kind::Off), ("2027-01-04", Kind::Off)]);
    assert_eq!(
        calendars::apply(&admin, notice, true)
            .await
            .expect("allowed"),
        0
    );
    assert_eq!(sweep_at().await, Some(at("2027-01-05T09:00")));
}

#[tokio::test]
async fn only_the_system_administrator_changes_calendars_and_rules() {
    let city = City::new().await;
    for user in ["firm", "centre", "gd", "supervision"] {
        let ctx = city.ctx(user, "2026-12-24T10:00").await;
        let refused = calendars::apply(&ctx, notice_2027(&[("2027-01-01", Kind::Off)]), true).await;
        assert!(
            matches!(refused, Err(Error::Refused(Refusal::Forbidden { .. }))),
            "{user}"
        );
        let change = Change {
            rules: ctx.book.rules(1).clone(),
            open_orders: true,
        };
        let refused = rules::lay_down(&ctx, change, String::new()).await;
        assert!(
            matches!(refused, Err(Error::Refused(Refusal::Forbidden { .. }))),
            "{user}"
        );
    }
}

#[tokio::test]
async fn a_command_after_a_change_of_the_rules_goes_by_the_new_ones() {
    let city = City::new().await;
    let admin = city.ctx("admin", "2026-11-02T10:00").await;
    // Read before the change, used after it.
    let firm = city.ctx("firm", "2026-11-02T10:01").await;
    let typed = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let typed = [typed("triage", "2"), typed("from", "2026-11-02")];
    let change = edited(&admin.book, admin.now, &typed).expect("right");
    rules::lay_down(&admin, change, "试行".into())
        .await
        .expect("allowed");
    let placement = Placement::parse(&draft(), &firm.book.directory).expect("right");
    let placed = orders::place(&firm, placement, None).await.expect("placed");
    let clock = placed.clock.expect("runs");
    assert_eq!((clock.rules, clock.due.at), (2, at("2026-11-04T17:00")));
    let City { dir, store } = city;
    store.close().await;
    let store = Store::open(dir.path()).await.expect("opens again");
    assert_eq!(store.book().versions().len(), 2);
}

#[tokio::test]
async fn a_standstill_is_one_digest_and_one_card_a_level() {
    let city = City::new().await;
    let first = in_hand(&city, Complexity::Enquiry).await;
    let second = in_hand(&city, Complexity::Enquiry).await;
    orders::sweep(&city.store, at("2027-03-01T10:00"))
        .await
        .expect("swept");
    let ctx = city.ctx("supervision", "2027-03-01T11:00").await;
    let digests = notices::digests(&ctx, 10, 10).await.expect("asked");
    assert_eq!(digests.len(), 1);
    assert_eq!((digests[0].count, digests[0].items.len()), (6, 6));
    let (given, total) = cards::list(&ctx, &cards::Filter::default(), 0, 10)
        .await
        .expect("asked");
    assert_eq!(total, 4, "a yellow and a red one for each");
    for number in [first, second] {
        let found = orders::find(&ctx, number).await.expect("visible");
        let mut kept: Vec<_> = given
            .iter()
            .filter(|given| given.card.order == number)
            .map(|given| given.card.clone())
            .collect();
        kept.sort_by_key(|card| card.seq);
        assert_eq!(kept, found.order.cards, "the table equals the history");
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_read_does_not_hold_up_the_others() {
    let city = City::new().await;
    let broken = in_hand(&city, Complexity::Enquiry).await;
    let sound = in_hand(&city, Complexity::Enquiry).await;
    city.tamper(&format!(
        "INSERT INTO events (kind, case_id, seq, happened_at, entered_at, actor, role, what,
                             calendar, attachments)
         SELECT 'order', id, 4, 0, 0, '', 'clockwork', '{{\"kind\":\"unheard_of\"}}', 1, '[]'
         FROM orders WHERE number = '{broken}'"
    ))
    .await;
    let swept = orders::sweep(&city.store, at("2026-12-25T09:00"))
        .await
        .expect("swept");
    assert_eq!(
        swept,
        Swept {
            orders: 1,
            events: 1
        }
    );
    let ctx = city.ctx("centre", "2026-12-25T10:00").await;
    let found = orders::find(&ctx, sound).await.expect("visible");
    assert_eq!(found.listed.overview.escalation, Some(Level::Head));
}

/// A directory as the first release left it: rules and calendar in one version, and
/// orders of which one is late.
#[tokio::test]
async fn data_of_the_first_release_are_brought_up_to_this_one() {
    let dir = TempDir::new().expect("a folder");
    let options = SqliteConnectOptions::new()
        .filename(dir.path().join("zhitong.sqlite"))
        .create_if_missing(true);
    let mut connection = options.connect().await.expect("opens");
    sqlx::migrate!("./migrations")
        .run_to(2, &mut connection)
        .await
        .expect("the first two");
    sqlx::raw_sql(include_str!("first-release.sql"))
        .execute(&mut connection)
        .await
        .expect("laid down");
    connection.close().await.expect("closed");
    let store = Store::open(dir.path()).await.expect("brought up");
    let book = store.book();
    assert_eq!(
        book.rules(1).triage,
        Limit::Days(2),
        "what the city had changed stays"
    );
    assert_eq!((book.rules(1).pauses, book.rules(1).ladder.len()), (2, 3));
    assert!(
        !book
            .calendar
            .is_working("2026-01-02".parse().expect("a date"))
    );
    let role = Role::Supervision;
    let (user, name) = (None, String::new());
    let actor = Actor { user, name, role };
    let ctx = Context::new(store.clone(), actor, at("2026-11-24T10:00"));
    let mut seen = 0;
    for serial in 1..=30 {
        let Ok(found) = orders::find(&ctx, Number::new(2026, serial)).await else {
            continue;
        };
        let replayed = found.order.overview(&ctx.book);
        assert_eq!(
            found.listed.overview, replayed,
            "the columns are those of this release"
        );
        seen += 1;
    }
    assert_eq!(seen, 14);
    // What was carried up before is not carried up again; the rest goes on from there.
    let fired = async || {
        let found = orders::find(&ctx, Number::new(2026, 13))
            .await
            .expect("there");
        found.order.fired.len()
    };
    assert_eq!(fired().await, 2);
    orders::sweep(&store, at("2026-11-25T09:00"))
        .await
        .expect("swept");
    assert_eq!(fired().await, 3);
}

#[tokio::test]
async fn files_and_unsent_texts_are_where_their_steps_are_now() {
    let dir = TempDir::new().expect("a folder");
    let options = SqliteConnectOptions::new()
        .filename(dir.path().join("zhitong.sqlite"))
        .create_if_missing(true);
    let mut connection = options.connect().await.expect("opens");
    let migrations = sqlx::migrate!("./migrations");
    migrations.run_to(2, &mut connection).await.expect("two");
    sqlx::raw_sql(include_str!("first-release.sql"))
        .execute(&mut connection)
        .await
        .expect("laid down");
    migrations.run_to(25, &mut connection).await.expect("25");
    sqlx::raw_sql(
        "INSERT INTO attachments VALUES
             (3, 1, '', '', '甲.pdf', 5, '', 'pdf', 'aa', 1, 1),
             (4, 1, '/orders/XM-2026-000003', '/act/supplement', '乙.pdf', 5, '', 'pdf', 'bb', 1, NULL),
             (9, 1, '/orders/new', '/act/place', '丙.pdf', 5, '', NULL, NULL, 1, NULL);
         DELETE FROM attachments WHERE id = 9;
         INSERT INTO attachments_also VALUES (3, 3);
         INSERT INTO unsent VALUES
             (1, '/orders/XM-2026-000003', '/act/supplement', '[]', 1),
             (1, '/orders/new', '/act/place', '[]', 1),
             (1, '/meetings/HY-2026-0001', '/act/decide_matter', '[]', 1),
             (1, '/meetings/HY-2026-0001/minutes', '/act/write_minutes', '[]', 1),
             (1, '/meetings/new', '/act/call_meeting', '[]', 1);",
    )
    .execute(&mut connection)
    .await
    .expect("laid down");
    connection.close().await.expect("closed");
    let store = Store::open(dir.path()).await.expect("brought up");
    drop(store);
    let mut connection = options.connect().await.expect("opens");
    let files: Vec<(i64, String, Option<String>, Option<i64>)> =
        sqlx::query_as("SELECT id, form, case_kind, case_id FROM attachments ORDER BY id")
            .fetch_all(&mut connection)
            .await
            .expect("files");
    assert_eq!(
        files,
        [
            (3, String::new(), Some("order".to_owned()), Some(1)),
            (4, "/act/order/supplement".to_owned(), None, None),
        ]
    );
    let also: Vec<(i64, i64)> = sqlx::query_as("SELECT * FROM attachments_also")
        .fetch_all(&mut connection)
        .await
        .expect("also");
    assert_eq!(also, [(3, 3)]);
    let next: i64 = sqlx::query_scalar(
        "INSERT INTO attachments (user, page, form, name, size, mark, at)
         VALUES (1, '', '', 'x', 1, '', 1) RETURNING id",
    )
    .fetch_one(&mut connection)
    .await
    .expect("an id");
    assert_eq!(
        next, 10,
        "the number of a file that has gone is not given again"
    );
    let acts: Vec<String> = sqlx::query_scalar("SELECT act FROM unsent ORDER BY page, act")
        .fetch_all(&mut connection)
        .await
        .expect("texts");
    assert_eq!(
        acts,
        [
            "/act/meeting/decide",
            "/act/meeting/write_minutes",
            "/act/meeting/call",
            "/act/order/supplement",
            "/act/place",
        ]
    );
}

/// The next version of the rules as it was typed on a page.
fn typed(ctx: &Context, amounts: &[(&str, &str)]) -> Change {
    let typed: Vec<_> = amounts
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    edited(&ctx.book, ctx.now, &typed).expect("right")
}

#[tokio::test]
async fn a_version_that_was_overtaken_before_its_day_takes_nothing_over() {
    let city = City::new().await;
    let number = in_hand(&city, Complexity::Ordinary).await;
    let open = ("open_orders", "yes");
    let admin = city.ctx("admin", "2026-12-22T10:00").await;
    let ahead = typed(
        &admin,
        &[("resolve_normal", "5"), ("from", "2026-12-24"), open],
    );
    rules::lay_down(&admin, ahead, String::new())
        .await
        .expect("allowed");
    let admin = city.ctx("admin", "2026-12-22T11:00").await;
    let newer = typed(
        &admin,
        &[("resolve_normal", "8"), ("from", "2026-12-22"), open],
    );
    rules::lay_down(&admin, newer, String::new())
        .await
        .expect("allowed");
    let limit = async || {
        let ctx = city.ctx("centre", "2026-12-24T10:00").await;
        let found = orders::find(&ctx, number).await.expect("visible");
        found.order.stage.cycle().expect("in hand").clock.limit
    };
    assert_eq!(limit().await, Limit::Days(8));
    orders::sweep(&city.store, at("2026-12-24T09:00"))
        .await
        .expect("swept");
    assert_eq!(
        limit().await,
        Limit::Days(8),
        "the day of the older one changes nothing"
    );
}

#[tokio::test]
async fn of_two_changes_made_from_the_same_version_the_second_is_refused() {
    let city = City::new().await;
    let admin = city.ctx("admin", "2026-12-22T10:00").await;
    let first = typed(&admin, &[("ruling", "2"), ("from", "2026-12-22")]);
    let second = typed(&admin, &[("take", "3"), ("from", "2026-12-22")]);
    rules::lay_down(&admin, first, String::new())
        .await
        .expect("allowed");
    let refused = rules::lay_down(&admin, second, String::new()).await;
    assert!(matches!(
        refused,
        Err(Error::Refused(Refusal::RulesChanged))
    ));
}

#[tokio::test]
async fn being_quicker_than_the_sweep_undoes_nothing() {
    let city = City::new().await;
    let number = in_hand(&city, Complexity::Enquiry).await;
    // Due on Thursday 12-24 at 17:00; nobody sweeps on Friday.
    let reply = Step::Reply {
        reply: Reply::parse("solved", "已通电", "", "").expect("right"),
        without: None,
    };
    city.step("gd", "2026-12-25T20:00", number, reply).await;
    let ctx = city.ctx("centre", "2026-12-25T21:00").await;
    let found = orders::find(&ctx, number).await.expect("visible");
    let kinds: Vec<_> = found
        .events
        .iter()
        .map(|event| (event.what.code(), event.happened_at))
        .collect();
    assert_eq!(
        kinds[3..],
        [
            ("escalated", at("2026-12-25T09:00")),
            ("replied", at("2026-12-25T20:00"))
        ]
    );
    let replayed = found.order.overview(&ctx.book);
    assert_eq!(found.listed.overview, replayed);
}

/// What an earlier release wrote when the notice of 2027 named a day of December 2026.
#[tokio::test]
async fn a_december_day_of_the_next_years_notice_stays_when_its_own_years_is_read_again() {
    let dir = TempDir::new().expect("a folder");
    let store = Store::open(dir.path()).await.expect("made");
    store.close().await;
    let options = SqliteConnectOptions::new().filename(dir.path().join("zhitong.sqlite"));
    let mut connection = options.connect().await.expect("opens");
    // Back to the table of then, with what it said.
    sqlx::raw_sql(
        "CREATE TABLE former (version INTEGER, year INTEGER, date TEXT, name TEXT, kind TEXT,
                            PRIMARY KEY (version, date));
         INSERT INTO former SELECT * FROM year_notice_days;
         DROP TABLE year_notice_days;
         ALTER TABLE former RENAME TO year_notice_days;
         DELETE FROM _sqlx_migrations WHERE version = 20;
         INSERT INTO year_notices VALUES (2, 2026, 1793599200, 'admin', TRUE),
                                         (2, 2027, 1793599200, 'admin', TRUE);
         INSERT INTO year_notice_days SELECT 2, year, date, name, kind FROM year_notice_days
             WHERE year = 2026 AND version = 1;
         INSERT INTO year_notice_days VALUES (2, 2026, '2026-12-31', '元旦', 'off'),
                                             (2, 2027, '2027-01-01', '元旦', 'off');",
    )
    .execute(&mut connection)
    .await
    .expect("laid down");
    connection.close().await.expect("closed");

    let store = Store::open(dir.path()).await.expect("brought up");
    let last: chrono::NaiveDate = "2026-12-31".parse().expect("a date");
    let calendar = &store.book().calendar;
    assert!(!calendar.is_working(last) && calendar.version() == 2);
    let notice = calendar.notice(2027).expect("known");
    assert!(notice.get(last).is_some(), "the one that named it has it");
    let named: Vec<_> = calendar.named_of(2026).map(|(day, _)| day).collect();
    assert_eq!(named.iter().filter(|day| **day == last).count(), 1);
}
