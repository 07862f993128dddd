//! How fast the list of orders is with 10,000 orders, and how many deadlines one
//! core works out. Prints a table; the data go into a folder that is removed.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

mod driver;

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::Duration as Span;
use domain::BodyCode;
use domain::order::{Complexity, Step};
use domain::time::{Limit, deadline::deadline};
use driver::{context, memory, pages, row, serve, session};
use futures::StreamExt;
use store::orders;

const ORDERS: usize = 10_000;
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
        (
            "search, two characters, all of them",
            "/orders?q=%E7%94%A8%E5%9C%B0",
        ),
        ("search, a number", "/orders?q=XM-2026-007777"),
        ("home of the centre", "/"),
    ] {
        pages(&format!("{address}{path}"), &session, what, LASTS).await;
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
async fn fill(dir: &Path) -> (String, Duration) {
    let now = domain::time::parse("2026-11-02T10:00").expect("a time");
    let store = driver::open(dir).await;
    let firm = context(&store, "firm", now).await;
    let centre = context(&store, "centre", now).await;
    let placement = driver::placement(&store);
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
                    co_handlers: Vec::new(),
                };
                orders::step(centre, placed.number, None, None, step)
                    .await
                    .expect("dispatched");
            }
        })
        .await;
    let filling = begun.elapsed();
    let session = session(&centre).await;
    store.close().await;
    driver::set_clock(dir, "2026-11-03T10:00");
    (session, filling)
}
