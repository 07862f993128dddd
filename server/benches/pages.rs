//! How fast the list of orders is with 10,000 orders, and how many deadlines one
//! core works out. Prints a table; the data go into a folder that is removed.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::Duration as Span;
use domain::order::{Complexity, Placement, Step, placement::Draft};
use domain::time::{Limit, deadline::deadline};
use domain::{BodyCode, Role};
use futures::StreamExt;
use store::people::{self, NewPerson};
use store::{Desk, Purpose, Store, orders, sessions};

const ORDERS: usize = 10_000;
const CONNECTIONS: usize = 16;
const LASTS: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() {
    deadlines().await;
    let dir = tempfile::TempDir::new().expect("a folder");
    let (session, filling) = fill(dir.path()).await;
    row(
        "orders placed and dispatched a second",
        2.0 * ORDERS as f64 / filling.as_secs_f64(),
    );
    let (mut server, address) = serve(dir.path());
    for (what, path) in [
        ("list of 50, centre", "/orders"),
        ("list of 50 in one stage", "/orders?stage=dispatched"),
        ("list of 50, page 100", "/orders?after=XM-2026-005000"),
        ("home of the centre", "/"),
    ] {
        pages(&format!("{address}{path}"), &session, what).await;
    }
    row("memory of the program, MB", memory(server.id()));
    server.kill().expect("it ran");
    server.wait().expect("it ended");
}

async fn deadlines() {
    let calendar = store::book::first()
        .await
        .expect("the first rules")
        .calendar;
    let start = domain::time::parse("2025-01-01T00:00").expect("a time");
    let count = 5_000_000i64;
    let begun = Instant::now();
    let mut sum = 0i64;
    for n in 0..count {
        let received = start + Span::minutes(n % 1_000_000);
        let limit = Limit::Days(1 + u16::try_from(n % 30).expect("small"));
        sum = sum.wrapping_add(deadline(&calendar, received, limit, &[]).at.timestamp());
    }
    assert_ne!(sum, 0);
    row(
        "deadlines a second, one core",
        count as f64 / begun.elapsed().as_secs_f64(),
    );
}

/// Orders through the real rules, and a session of the centre.
async fn fill(dir: &std::path::Path) -> (String, Duration) {
    let now = domain::time::parse("2026-11-02T10:00").expect("a time");
    let store = Store::open(dir).await.expect("opens");
    let purpose = Purpose {
        rehearsal: true,
        demo: false,
    };
    store.dedicate(dir, purpose).await.expect("empty");
    let township = BodyCode::new("laiji");
    let enterprise = people::enterprise_named(&store, "溪岚新材（虚构）".into(), township);
    let enterprise = enterprise.await.expect("made");
    for (name, role) in [
        ("firm", Role::Enterprise { enterprise }),
        (
            "centre",
            Role::Centre {
                body: BodyCode::new("tjz"),
            },
        ),
    ] {
        let person = NewPerson {
            name: name.into(),
            display: name.into(),
            phone: String::new(),
            password_hash: String::new(),
            role,
        };
        people::add(&store, person).await.expect("added");
    }
    let desk = async |name| {
        let person = people::by_name(&store, name)
            .await
            .expect("asked")
            .expect("there");
        Desk::new(store.clone(), person.actor, now)
    };
    let (firm, centre) = (desk("firm").await, desk("centre").await);
    let draft = Draft {
        title: "扩建厂房用地指标不足".into(),
        content: "二期扩建需工业用地35亩，当年新增建设用地指标已用完。".into(),
        category: "land".into(),
        urgency: "normal".into(),
        township: "laiji".into(),
        project: String::new(),
        contact_name: "王敏".into(),
        contact_phone: "13800000000".into(),
    };
    let placement = Placement::parse(&draft, &store.book().directory).expect("right");
    let bodies = ["zrzy", "sthj", "zjj", "gd"];
    let begun = Instant::now();
    futures::stream::iter(0..ORDERS)
        .for_each_concurrent(64, |n| {
            let (firm, centre, placement) = (&firm, &centre, placement.clone());
            async move {
                let placed = orders::place(firm, placement, None).await.expect("placed");
                let step = Step::Dispatch {
                    department: BodyCode::new(bodies[n % bodies.len()]),
                    complexity: Complexity::Ordinary,
                };
                orders::step(centre, placed.number, None, None, step)
                    .await
                    .expect("dispatched");
            }
        })
        .await;
    let filling = begun.elapsed();
    let user = centre.actor.user.expect("a person");
    // Sessions live by the real time, which only the program may read: any later
    // moment keeps this one alive.
    let later = domain::time::parse("2098-01-01T00:00").expect("a time");
    let secret = sessions::begin(&store, user, later).await.expect("begun");
    let session = secret.reveal().to_owned();
    store.close().await;
    std::fs::write(dir.join("clock"), "2026-11-03T10:00:00+08:00").expect("a clock");
    (session, filling)
}

fn serve(dir: &std::path::Path) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["serve", "--addr", "127.0.0.1:0", "--rehearsal", "--clock"])
        .arg(dir.join("clock"))
        .arg("--data")
        .arg(dir)
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().expect("a pipe"))
        .read_line(&mut line)
        .expect("a line");
    let address = line
        .trim()
        .rsplit(' ')
        .next()
        .expect("an address")
        .to_owned();
    (server, address)
}

/// Asks for one page over and over on several connections.
async fn pages(address: &str, session: &str, what: &str) {
    let begun = Instant::now();
    let workers = (0..CONNECTIONS).map(|_| {
        let (address, session) = (address.to_owned(), session.to_owned());
        tokio::spawn(async move {
            let client = reqwest::Client::new();
            let mut took = Vec::new();
            while begun.elapsed() < LASTS {
                let asked = Instant::now();
                let answer = client
                    .get(&address)
                    .header("cookie", format!("session={session}"))
                    .send()
                    .await
                    .expect("an answer");
                assert_eq!(answer.status(), 200);
                let page = answer.text().await.expect("a page");
                assert!(page.contains("XM-2026-"));
                took.push(asked.elapsed());
            }
            took
        })
    });
    let mut took: Vec<Duration> = futures::future::join_all(workers)
        .await
        .into_iter()
        .flat_map(|worker| worker.expect("it ran"))
        .collect();
    took.sort_unstable();
    let at = |part: usize| took[took.len() * part / 100].as_secs_f64() * 1000.0;
    let rate = took.len() as f64 / begun.elapsed().as_secs_f64();
    println!(
        "{what:<44} {rate:>12.0} a second   p50 {:>6.1} ms   p99 {:>6.1} ms",
        at(50),
        at(99)
    );
}

fn row(what: &str, figure: f64) {
    println!("{what:<44} {figure:>12.0}");
}

/// Resident memory, as the kernel counts it.
fn memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap_or("0");
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    digits.parse::<f64>().unwrap_or(0.0) / 1024.0
}
