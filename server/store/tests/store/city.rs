//! A city that a test has for itself.

use domain::order::placement::Draft;
use domain::order::{Number, Overview, Placement, Step};
use domain::{BodyCode, Instant, Role, time};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use store::people::{self, NewPerson};
use store::{Context, Store, orders};
use tempfile::TempDir;

pub struct City {
    pub dir: TempDir,
    pub store: Store,
}

pub fn at(text: &str) -> Instant {
    time::parse(text).expect("a time")
}

impl City {
    pub async fn new() -> Self {
        let dir = TempDir::new().expect("a folder");
        let store = Store::open(dir.path())
            .await
            .expect("an empty folder opens");
        let township = BodyCode::new("laiji");
        let name = "柏川智能装备（虚构）".to_owned();
        let enterprise =
            people::enterprise_named(&store, name, township, None, at("2026-01-01T00:00"))
                .await
                .expect("made");
        let city = Self { dir, store };
        for (name, role) in [
            (
                "firm",
                Role::Enterprise {
                    enterprise,
                    manages: true,
                },
            ),
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
            (
                "gd2",
                Role::Head {
                    body: BodyCode::new("gd"),
                },
            ),
            (
                "zjj",
                Role::Handler {
                    body: BodyCode::new("zjj"),
                },
            ),
            ("office", Role::Office),
            ("security", Role::SecurityAdmin),
            ("auditor", Role::Auditor),
            ("supervision", Role::Supervision),
            ("admin", Role::SystemAdmin),
        ] {
            city.employ(name, role).await;
        }
        city
    }

    pub async fn employ(&self, name: &str, role: Role) {
        let person = NewPerson {
            name: name.to_owned(),
            display: name.to_owned(),
            phone: String::new(),
            password_hash: String::new(),
            given_at: None,
            role,
        };
        let added = people::add(&self.store, person, at("2026-01-01T00:00")).await;
        assert!(added.expect("added"));
    }

    /// Writes around the program, as somebody with the file in their hands could.
    pub async fn tamper(&self, sql: &str) {
        let options = SqliteConnectOptions::new().filename(self.dir.path().join("zhitong.sqlite"));
        let mut connection = options.connect().await.expect("opens");
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))
            .execute(&mut connection)
            .await
            .expect("done");
        connection.close().await.expect("closed");
    }

    pub async fn ctx(&self, user: &str, now: &str) -> Context {
        let person = people::by_name(&self.store, user).await.expect("asked");
        Context::new(self.store.clone(), person.expect("there").actor, at(now))
    }

    pub async fn place(&self, now: &str) -> Overview {
        let ctx = self.ctx("firm", now).await;
        let placement = Placement::parse(&draft(), &ctx.book.directory).expect("right");
        orders::place(&ctx, placement, None).await.expect("placed")
    }

    pub async fn step(&self, user: &str, now: &str, number: Number, step: Step) -> Overview {
        let ctx = self.ctx(user, now).await;
        orders::step(&ctx, number, None, None, step)
            .await
            .expect("allowed")
    }
}

pub fn draft() -> Draft {
    Draft {
        title: "专线".into(),
        content: "未施工".into(),
        category: "utility".into(),
        urgency: "normal".into(),
        township: "laiji".into(),
        project: String::new(),
        meeting: String::new(),
        contact_name: "王敏".into(),
        contact_phone: "13800000000".into(),
    }
}

pub fn dispatch() -> Step {
    Step::Dispatch {
        department: BodyCode::new("gd"),
        complexity: domain::order::Complexity::Enquiry,
        co_handlers: Vec::new(),
    }
}
