//! What the benchmarks share: a program under load, and a table of figures.
#![allow(dead_code, reason = "each benchmark uses its part")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use domain::order::{Placement, placement::Draft};
use domain::{BodyCode, Role};
use store::people::{self, NewPerson};
use store::{Context, Purpose, Store, sessions};

const CONNECTIONS: usize = 16;

fn begins() -> domain::Instant {
    domain::time::parse("2026-01-01T00:00").expect("a time")
}

/// An empty directory for a rehearsal, with a firm and a centre.
pub async fn open(dir: &Path) -> Store {
    let store = Store::open(dir).await.expect("opens");
    let purpose = Purpose {
        rehearsal: true,
        demo: false,
    };
    store.dedicate(dir, purpose).await.expect("empty");
    let township = BodyCode::new("laiji");
    let enterprise =
        people::enterprise_named(&store, "溪岚新材（虚构）".into(), township, None, begins());
    let enterprise = enterprise.await.expect("made");
    let body = BodyCode::new("tjz");
    for (name, role) in [
        (
            "firm",
            Role::Enterprise {
                enterprise,
                manages: true,
            },
        ),
        ("centre", Role::Centre { body }),
    ] {
        let person = NewPerson {
            name: name.into(),
            display: name.into(),
            phone: String::new(),
            password_hash: String::new(),
            given_at: None,
            role,
        };
        people::add(&store, person, begins()).await.expect("added");
    }
    store
}

pub async fn context(store: &Store, name: &str, now: domain::Instant) -> Context {
    let person = people::by_name(store, name).await.expect("asked");
    Context::new(store.clone(), person.expect("there").actor, now)
}

pub fn placement(store: &Store) -> Placement {
    let draft = Draft {
        title: "扩建厂房用地指标不足".into(),
        content: "二期扩建需工业用地35亩，当年新增建设用地指标已用完。".into(),
        category: "land".into(),
        urgency: "normal".into(),
        township: "laiji".into(),
        project: String::new(),
        meeting: String::new(),
        contact_name: "王敏".into(),
        contact_phone: "13800000000".into(),
    };
    Placement::parse(&draft, &store.book().directory).expect("right")
}

/// The session of somebody, who stays signed in.
pub async fn session(ctx: &Context) -> String {
    let user = ctx.actor.user.expect("a person");
    // Sessions live by the real time, which only the program may read: any later
    // moment keeps this one alive.
    let later = domain::time::parse("2098-01-01T00:00").expect("a time");
    let policy = ctx.store.policy();
    let secret = sessions::begin(&ctx.store, user, later, &ctx.trace, "", &policy)
        .await
        .expect("begun");
    secret.reveal().to_owned()
}

/// The rehearsal's time.
pub fn set_clock(dir: &Path, now: &str) {
    std::fs::write(dir.join("clock"), format!("{now}:00+08:00")).expect("a clock");
}

pub fn serve(dir: &Path) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["serve", "--addr", "127.0.0.1:0", "--rehearsal", "--clock"])
        .arg(dir.join("clock"))
        .arg("--data")
        .arg(dir)
        .env("ZHITONG_SWEEP_SECONDS", "1")
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
pub async fn pages(address: &str, session: &str, what: &str, lasts: Duration) {
    pages_with(address, session, what, lasts, "XM-2026-").await;
}

/// The same, of a page that holds a text.
pub async fn pages_with(
    address: &str,
    session: &str,
    what: &str,
    lasts: Duration,
    holds: &'static str,
) {
    let begun = Instant::now();
    let workers = (0..CONNECTIONS).map(|_| {
        let (address, session) = (address.to_owned(), session.to_owned());
        tokio::spawn(async move {
            let client = reqwest::Client::new();
            let mut took = Vec::new();
            while begun.elapsed() < lasts {
                let asked = Instant::now();
                let answer = client
                    .get(&address)
                    .header("cookie", format!("session={session}"))
                    .send()
                    .await
                    .expect("an answer");
                assert_eq!(answer.status(), 200);
                let page = answer.text().await.expect("a page");
                assert!(page.contains(holds));
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
        "{what:<44} {rate:>12.0} a second   p50 {:>6.1} ms   p95 {:>6.1} ms   p99 {:>6.1} ms",
        at(50),
        at(95),
        at(99)
    );
}

pub fn row(what: &str, figure: f64) {
    println!("{what:<44} {figure:>12.0}");
}

/// Resident memory, as the kernel counts it.
pub fn memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap_or("0");
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    digits.parse::<f64>().unwrap_or(0.0) / 1024.0
}
