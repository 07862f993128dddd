//! How fast the context is with a million orders, 40 departments, somebody signed in, and
//! the driver on the same machine. Prints a table; the data go into a folder that is
//! removed.
//!
//! A thousand orders go through the real rules; each is then copied with its history,
//! and the program itself replays every copy and works out its columns and words anew.
//! `ZHITONG_BENCH_ORDERS` makes it fewer; in the folder `ZHITONG_BENCH_DIR` they are kept,
//! and used again.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

mod driver;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::order::placement::Draft;
use domain::order::{Number, Placement, Rating, Reply, Step};
use domain::{BodyCode, Role};
use driver::{context, memory, pages_with, row, serve, session};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use store::people::{self, NewPerson};
use store::{Context, Store, likeness, orders};

/// Orders that go through the rules.
const TEMPLATES: usize = 1_000;
const LASTS: Duration = Duration::from_secs(10);
const CLIENTS: usize = 64;
/// What waits to be dispatched is overdue by then, and no level fires before morning.
const NOW: &str = "2026-11-03T17:30";
/// The order with thirty events.
const LONG: usize = 7;
/// An order that is open, so that the department which is looked at has some.
const OPEN: usize = 50;

#[tokio::main]
async fn main() {
    let orders: usize = std::env::var("ZHITONG_BENCH_ORDERS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000);
    let own = tempfile::TempDir::new().expect("a folder");
    let kept = std::env::var_os("ZHITONG_BENCH_DIR").map(PathBuf::from);
    let dir = kept.as_deref().unwrap_or(own.path());
    let sessions = dir.join("sessions");
    if !sessions.exists() {
        std::fs::create_dir_all(dir).expect("a folder");
        let begun = Instant::now();
        let (centre, gd) = fill(dir).await;
        copy(dir, orders / TEMPLATES).await;
        anew(dir).await;
        std::fs::write(&sessions, format!("{centre} {gd}")).expect("written");
        row("seconds to fill", begun.elapsed().as_secs_f64());
    }
    let sessions = std::fs::read_to_string(&sessions).expect("written");
    let (centre, gd) = sessions.split_once(' ').expect("two");
    row("orders", orders as f64);
    driver::set_clock(dir, NOW);
    let (mut server, address) = serve(dir);
    row("memory of the program at rest, MB", memory(server.id()));
    let late = format!("/orders?after={}", Number::new(2026, (orders / 2) as u32));
    for (what, session, path) in [
        (
            "list, one department, centre",
            centre,
            "/orders?department=gd",
        ),
        (
            "list, stage and category",
            centre,
            "/orders?stage=in_hand&category=eia",
        ),
        ("list, overdue", centre, "/orders?light=red"),
        ("list of a department", gd, "/orders"),
        (
            "list of a department, its clock runs",
            gd,
            "/orders?light=green",
        ),
        ("list, page 1", centre, "/orders"),
        ("list, page 10,000", centre, late.as_str()),
        ("order with 30 events", centre, "/orders/XM-2026-000007"),
        (
            "order with 30 events, its department",
            gd,
            "/orders/XM-2026-000007",
        ),
        ("home of the centre", centre, "/"),
        ("home of a department", gd, "/"),
        ("search, frequent", centre, "/orders?q=%E7%94%A8%E7%94%B5"),
        (
            "search, in the content",
            centre,
            "/orders?q=%E6%8A%95%E4%BA%A7",
        ),
        ("search, rare", centre, "/orders?q=%E9%98%B2%E7%A9%BA"),
        ("search of a department", gd, "/orders?q=%E7%94%A8%E7%94%B5"),
        ("search, how a firm sounds", centre, "/orders?q=bczn"),
        ("search, a number", centre, "/orders?q=XM-2026-000777"),
    ] {
        pages_with(
            &format!("{address}{path}"),
            session,
            what,
            LASTS,
            "XM-2026-",
        )
        .await;
    }
    beside_searches(&address, centre).await;
    told(dir).await;
    for (what, session) in [("the centre", centre), ("a department", gd)] {
        for (page, path, holds) in [("notices", "/notices", "<h1"), ("home", "/", "XM-2026-")] {
            let what = format!("{page} of {what}, 600,000 notices");
            pages_with(&format!("{address}{path}"), session, &what, LASTS, holds).await;
        }
    }
    export(&address, centre, server.id()).await;
    row("memory of the program after that, MB", memory(server.id()));
    place(&address, dir).await;
    row("memory of the program in the end, MB", memory(server.id()));
    server.kill().expect("it ran");
    server.wait().expect("it ended");
}

const TOPICS: [(&str, &str); 8] = [
    ("utility", "专线用电接入进度慢"),
    ("land", "标准地摘牌后迟迟未交地"),
    ("eia", "环评报告表审批请求提速"),
    ("finance", "设备更新贷款贴息申报"),
    ("labour", "节后普工缺口较大"),
    ("approval", "施工许可材料反复补正"),
    ("policy", "专精特新申报条件辅导"),
    ("relocation", "通信杆线迁改责任主体不明"),
];
const PLACES: [&str; 6] = ["东区", "西区", "一期", "二期", "北门", "物流园"];

fn draft(n: usize, book: &domain::Rulebook) -> Draft {
    let (category, topic) = TOPICS[n % TOPICS.len()];
    let place = PLACES[n / TOPICS.len() % PLACES.len()];
    let townships: Vec<&str> = book
        .directory
        .bodies
        .iter()
        .filter(|body| body.kind.is_township())
        .map(|body| body.code.as_str())
        .collect();
    let rare = if n.is_multiple_of(250) {
        "，涉及防空地下室"
    } else {
        ""
    };
    Draft {
        title: format!("{place}{topic}"),
        content: format!(
            "{place}{topic}{rare}。已与主管单位联系两次，尚无明确时间，影响投产计划，请协调。\
             现场负责人随时可以配合踏勘，所需材料已备齐，附件为平面图和负荷说明。"
        ),
        category: category.into(),
        urgency: ["normal", "urgent", "normal", "critical"][n % 4].into(),
        township: townships[n % townships.len()].into(),
        project: String::new(),
        meeting: String::new(),
        contact_name: "王敏".into(),
        contact_phone: format!("138{:08}", n * 7919 % 100_000_000),
    }
}

/// Orders through the real rules, most of them long finished; sessions of the centre
/// and of a department.
async fn fill(dir: &Path) -> (String, String) {
    let now = domain::time::parse("2026-11-02T10:00").expect("a time");
    let store = driver::open(dir).await;
    let book = store.book();
    let departments: Vec<BodyCode> = book
        .directory
        .bodies
        .iter()
        .filter(|body| body.kind.fulfils_orders())
        .map(|body| body.code.clone())
        .collect();
    for body in &departments {
        add(&store, body.as_str(), Role::Handler { body: body.clone() }).await;
    }
    let mut firms = Vec::new();
    for n in 0..50 {
        let name = match n {
            0 => "柏川智能装备（虚构）".to_owned(),
            n => format!("第{n}制造（虚构）"),
        };
        let laiji = BodyCode::new("laiji");
        let enterprise = people::enterprise_named(&store, name, laiji, None, now);
        let enterprise = enterprise.await.expect("made");
        let account = format!("firm{n}");
        let manages = true;
        let role = Role::Enterprise {
            enterprise,
            manages,
        };
        add(&store, &account, role).await;
        firms.push(context(&store, &account, now).await);
    }
    let centre = context(&store, "centre", now).await;
    for n in 0..TEMPLATES {
        // Mixed, so that what is open is not all of one firm and one body.
        let mixed = n.wrapping_mul(2_654_435_761) >> 8;
        let firm = &firms[mixed % firms.len()];
        let body = if n == LONG - 1 || n == OPEN {
            BodyCode::new("gd")
        } else {
            departments[mixed / firms.len() % departments.len()].clone()
        };
        live(&store, firm, &centre, n, &body).await;
    }
    let gd = context(&store, "gd", now).await;
    let sessions = (session(&centre).await, session(&gd).await);
    store.close().await;
    sessions
}

async fn add(store: &Store, name: &str, role: Role) {
    let person = NewPerson {
        name: name.into(),
        display: name.into(),
        phone: "13800000000".into(),
        password_hash: String::new(),
        given_at: None,
        role,
    };
    let then = domain::time::parse("2026-01-01T00:00").expect("a time");
    people::add(store, person, then).await.expect("added");
}

/// One order: of fifty one is open, the others have gone their whole way.
async fn live(store: &Store, firm: &Context, centre: &Context, n: usize, body: &BodyCode) {
    let placement = Placement::parse(&draft(n, &firm.book), &firm.book.directory).expect("right");
    let number = orders::place(firm, placement, None)
        .await
        .expect("placed")
        .number;
    let handler = context(store, body.as_str(), firm.now).await;
    let step = async |ctx: &Context, step: Step| {
        orders::step(ctx, number, None, None, step)
            .await
            .expect("allowed");
    };
    let open = n.is_multiple_of(50);
    if open && n.is_multiple_of(200) {
        return;
    }
    let to = Step::dispatch(body.as_str(), "ordinary", &[], &firm.book.directory);
    step(centre, to.expect("right")).await;
    step(&handler, Step::Take).await;
    if open {
        return;
    }
    if n == LONG - 1 {
        for _ in 0..25 {
            step(
                firm,
                Step::message("请问进展如何？我们随时可以配合。").expect("right"),
            )
            .await;
        }
    }
    let reply = Reply::parse("solved", "已现场办结，请查收。", "", "").expect("right");
    step(&handler, Step::reply(reply, "").expect("right")).await;
    if n == LONG - 1 {
        return;
    }
    let rating = Rating::parse("satisfied", "办得很快").expect("right");
    step(firm, Step::Rate(rating)).await;
}

/// Every order once more, with its history and what is kept beside it.
async fn copy(dir: &Path, times: usize) {
    let mut connection = SqliteConnectOptions::new()
        .filename(dir.join("zhitong.sqlite"))
        .pragma("synchronous", "OFF")
        .connect()
        .await
        .expect("opens");
    for table in ["orders", "events"] {
        let columns = columns(&mut connection, table).await;
        let values: Vec<String> = columns.iter().map(|column| copied(table, column)).collect();
        let sql = format!(
            "WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n + 1 < {times})
             INSERT INTO {table} ({}) SELECT {} FROM copies CROSS JOIN
                 (SELECT * FROM {table}) AS first",
            columns.join(", "),
            values.join(", "),
        );
        run(&mut connection, sql).await;
    }
    let serials = format!("UPDATE serials SET last = {}", times * TEMPLATES);
    run(&mut connection, serials).await;
    // The program works everything out anew that lists read.
    run(&mut connection, "PRAGMA user_version = 0".into()).await;
    connection.close().await.expect("closed");
}

fn copied(table: &str, column: &str) -> String {
    let id = format!("id + n * {TEMPLATES}");
    match (table, column) {
        ("orders", "id") => id,
        ("orders", "number") => format!("printf('XM-2026-%06d', {id})"),
        ("events", "case_id") => format!("case_id + n * {TEMPLATES}"),
        ("events", "what") => format!(
            "CASE seq WHEN 1 THEN json_set(what, '$.number',
                 printf('XM-2026-%06d', case_id + n * {TEMPLATES})) ELSE what END"
        ),
        (_, column) => column.to_owned(),
    }
}

async fn columns(connection: &mut SqliteConnection, table: &str) -> Vec<String> {
    let sql = format!("SELECT name FROM pragma_table_info('{table}')");
    let names: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .fetch_all(connection)
        .await
        .expect("columns");
    let own = |name: &String| table == "orders" || name != "id";
    names.into_iter().filter(own).collect()
}

async fn run(connection: &mut SqliteConnection, sql: String) {
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .execute(connection)
        .await
        .expect("done");
}

async fn anew(dir: &Path) {
    let store = Store::open(dir).await.expect("every copy replays");
    let now = domain::time::parse(NOW).expect("a time");
    // What the program does behind the scenes is not to run beside what is measured.
    while likeness::sort_in(&store, now).await.expect("sorted") > 0 {}
    store.close().await;
}

/// A list while others look for what stands in every order, and how long they wait.
async fn beside_searches(address: &str, session: &str) {
    let begun = Instant::now();
    let search = format!("{address}/orders?q=%E5%9C%BA%20%E6%97%B6%20%E8%AF%B7%20%E5%B7%B2");
    let searching = (0..4).map(|_| {
        let (search, session) = (search.clone(), session.to_owned());
        tokio::spawn(async move {
            let client = reqwest::Client::new();
            let mut longest = Duration::ZERO;
            loop {
                let asked = Instant::now();
                let answer = client
                    .get(&search)
                    .header("cookie", format!("session={session}"))
                    .send()
                    .await
                    .expect("an answer");
                assert_eq!(answer.status(), 200);
                answer.text().await.expect("a page");
                longest = longest.max(asked.elapsed());
                if begun.elapsed() > LASTS {
                    return longest;
                }
            }
        })
    });
    let searching: Vec<_> = searching.collect();
    let what = "list, page 1, beside four long searches";
    let address = format!("{address}/orders");
    pages_with(&address, session, what, LASTS, "XM-2026-").await;
    let mut longest = Duration::ZERO;
    for searcher in searching {
        longest = longest.max(searcher.await.expect("it ran"));
    }
    let longest = longest.as_secs_f64() * 1000.0;
    row("  the longest of those searches, ms", longest);
}

/// 600,000 notices, half of them to each, at as many moments.
async fn told(dir: &Path) {
    let mut connection = SqliteConnectOptions::new()
        .filename(dir.join("zhitong.sqlite"))
        .connect()
        .await
        .expect("opens");
    for address in ["centre", "body:gd"] {
        let sql = format!(
            "INSERT OR IGNORE INTO notices (address, at, case_kind, case_id, seq)
             SELECT '{address}', 1760000000 + id * 20, 'order', id, 1 FROM orders ORDER BY id LIMIT 300000"
        );
        run(&mut connection, sql).await;
    }
    connection.close().await.expect("closed");
}

/// A hundred thousand rows as a spreadsheet, and the most memory meanwhile.
async fn export(address: &str, session: &str, server: u32) {
    let path = "/orders/export/xlsx?category=utility";
    let begun = Instant::now();
    let asked = reqwest::Client::new()
        .get(format!("{address}{path}"))
        .header("cookie", format!("session={session}"))
        .send();
    let mut asked = std::pin::pin!(asked);
    let mut most = 0.0_f64;
    let answer = loop {
        tokio::select! {
            answer = &mut asked => break answer.expect("an answer"),
            () = tokio::time::sleep(Duration::from_millis(50)) => most = most.max(memory(server)),
        }
    };
    assert_eq!(answer.status(), 200);
    let file = answer.bytes().await.expect("a file");
    row(
        "export of an eighth of them to xlsx, seconds",
        begun.elapsed().as_secs_f64(),
    );
    row("  its size, MB", file.len() as f64 / 1e6);
    row("  the most memory meanwhile, MB", most);
}

/// Orders over HTTP, each on the disk before it is acknowledged.
async fn place(address: &str, dir: &Path) {
    let token = std::process::Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["token", "create", "--user", "firm1", "--data"])
        .arg(dir)
        .output()
        .expect("a token");
    let token = String::from_utf8(token.stdout).expect("text");
    let token: Arc<str> = token.trim().into();
    let placed = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let clients = (0..CLIENTS).map(|_| {
        let (address, token, placed) = (address.to_owned(), token.clone(), placed.clone());
        tokio::spawn(async move {
            let client = reqwest::Client::new();
            let mut took = Vec::new();
            while begun.elapsed() < LASTS {
                let asked = Instant::now();
                let answer = client
                    .post(format!("{address}/api/v1/orders"))
                    .bearer_auth(&*token)
                    .json(&serde_json::json!({
                        "title": "厂区用电负荷不足", "content": "扩建后负荷不足，请协调增容。",
                        "category": "utility", "urgency": "normal",
                        "contact": {"name": "王敏", "phone": "13800000000"},
                    }))
                    .send()
                    .await
                    .expect("an answer");
                assert_eq!(answer.status(), 201);
                placed.fetch_add(1, Ordering::Relaxed);
                took.push(asked.elapsed());
            }
            took
        })
    });
    let mut took: Vec<Duration> = futures::future::join_all(clients)
        .await
        .into_iter()
        .flat_map(|client| client.expect("it ran"))
        .collect();
    took.sort_unstable();
    let rate = placed.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64();
    row("orders placed a second, 64 clients over HTTP", rate);
    row(
        "  p99, ms",
        took[took.len() * 99 / 100].as_secs_f64() * 1000.0,
    );
}
