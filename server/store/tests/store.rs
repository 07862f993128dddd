//! The store on a real SQLite file.
#![allow(clippy::expect_used, clippy::panic)]

use domain::order::placement::Draft;
use domain::order::{Level, Number, Order, Overview, Placement, Rating, RatingLevel, Reply, Step};
use domain::{Actor, BodyCode, Instant, Refusal, Role, time};
use store::orders::{self, Swept};
use store::people::{self, NewPerson};
use store::{Desk, Error, OpenError, Store};
use tempfile::TempDir;

struct City {
    dir: TempDir,
    store: Store,
}

fn at(text: &str) -> Instant {
    time::parse(text).expect("a time")
}

impl City {
    async fn new() -> Self {
        let dir = TempDir::new().expect("a folder");
        let store = Store::open(dir.path())
            .await
            .expect("an empty folder opens");
        let township = BodyCode::new("laiji");
        let name = "柏川智能装备（虚构）".to_owned();
        let enterprise = people::enterprise_named(&store, name, township)
            .await
            .expect("made");
        for (name, role) in [
            ("firm", Role::Enterprise { enterprise }),
            (
                "centre",
                Role::Centre {
                    body: BodyCode::new("tjz"),
                },
            ),
            (
                "gd",
                Role::Handler {
                    body: BodyCode::new("gd"),
                },
            ),
        ] {
            let person = NewPerson {
                name: name.to_owned(),
                display: name.to_owned(),
                phone: String::new(),
                password_hash: String::new(),
                role,
            };
            assert!(people::add(&store, person).await.expect("added"));
        }
        Self { dir, store }
    }

    async fn desk(&self, user: &str, now: &str) -> Desk {
        let person = people::by_name(&self.store, user).await.expect("asked");
        Desk::new(self.store.clone(), person.expect("there").actor, at(now))
    }

    async fn place(&self, now: &str) -> Overview {
        let desk = self.desk("firm", now).await;
        let placement = Placement::parse(&draft(), &desk.book.directory).expect("right");
        orders::place(&desk, placement, None).await.expect("placed")
    }

    async fn step(&self, user: &str, now: &str, number: Number, step: Step) -> Overview {
        let desk = self.desk(user, now).await;
        orders::step(&desk, number, None, None, step)
            .await
            .expect("allowed")
    }
}

fn draft() -> Draft {
    Draft {
        title: "专线".into(),
        content: "未施工".into(),
        category: "utility".into(),
        urgency: "normal".into(),
        township: "laiji".into(),
        project: String::new(),
        contact_name: "王敏".into(),
        contact_phone: "13800000000".into(),
    }
}

fn dispatch() -> Step {
    Step::Dispatch {
        department: BodyCode::new("gd"),
        complexity: domain::order::Complexity::Enquiry,
    }
}

#[tokio::test]
async fn what_lists_read_equals_what_the_history_gives_after_every_step() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    let reply = || Step::Reply(Reply::parse("solved", "已通电", "", "").expect("right"));
    let rate = |level| {
        Step::Rate(Rating {
            level,
            comment: None,
        })
    };
    let steps = [
        ("centre", "2026-11-02T11:00", dispatch()),
        ("gd", "2026-11-02T12:00", Step::Take),
        ("gd", "2026-11-03T10:00", reply()),
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
        let desk = city.desk(user, now).await;
        let found = orders::find(&desk, number).await.expect("visible");
        let replayed = Order::replay(&found.events)
            .expect("whole")
            .overview(&desk.book);
        assert_eq!(found.listed.overview, replayed);
        assert_eq!(answered, replayed);
    }
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
    let desk = city.desk("centre", "2026-12-31T09:00").await;
    let found = orders::find(&desk, number).await.expect("visible");
    assert_eq!(found.listed.overview.escalation, Some(Level::Express));
}

#[tokio::test]
async fn a_refused_step_leaves_nothing() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    let desk = city.desk("centre", "2026-11-02T11:00").await;
    let stale = orders::step(&desk, number, Some(7), None, dispatch()).await;
    assert!(matches!(
        stale,
        Err(Error::Refused(Refusal::Changed { current: 1 }))
    ));
    let desk = city.desk("gd", "2026-11-02T11:00").await;
    let hidden = orders::step(&desk, number, None, None, Step::Take).await;
    assert!(
        matches!(hidden, Err(Error::NotFound)),
        "not dispatched to them: not there"
    );
    let desk = city.desk("firm", "2026-11-02T11:00").await;
    let found = orders::find(&desk, number).await.expect("visible");
    assert_eq!((found.events.len(), found.order.version), (1, 1));
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_cancel_a_write() {
    let city = City::new().await;
    let desk = city.desk("firm", "2026-11-02T10:00").await;
    let placement = Placement::parse(&draft(), &desk.book.directory).expect("right");
    let placing = orders::place(&desk, placement, None);
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
    for sql in [
        "UPDATE order_events SET actor = 'x'",
        "DELETE FROM order_events",
    ] {
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
        let desk = Desk::new(city.store.clone(), actor, at("2026-11-02T10:00"));
        assert!(matches!(
            orders::find(&desk, number).await,
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
    let desk = city.desk("firm", "2026-11-02T11:00").await;
    let found = orders::find(&desk, placed.number).await.expect("visible");
    assert_eq!(found.listed.overview, placed);
}
