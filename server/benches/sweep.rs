//! A million open orders: how long a sweep takes with nothing due and with 10,000
//! levels due, and how pages are served meanwhile.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

mod driver;

use std::time::{Duration, Instant};

use driver::{context, memory, pages, row, serve, session};
use futures::StreamExt;
use store::{Store, orders};

const ORDERS: usize = 1_000_000;
const DUE: usize = 10_000;

#[tokio::main]
async fn main() {
    let dir = tempfile::TempDir::new().expect("a folder");
    let store = driver::open(dir.path()).await;
    let begun = Instant::now();
    // Received on Monday, on Tuesday, and after closing on Wednesday: the first ones
    // are carried up on Wednesday at nine, the second on Thursday, the rest later.
    place(&store, DUE, "2026-11-02T10:00").await;
    place(&store, DUE, "2026-11-03T10:00").await;
    place(&store, ORDERS - 2 * DUE, "2026-11-04T18:00").await;
    row(
        "orders placed a second, 64 at a time",
        ORDERS as f64 / begun.elapsed().as_secs_f64(),
    );
    for (what, now, due) in [
        ("sweep, nothing due, ms", "2026-11-03T10:00", 0),
        ("sweep, nothing due, once more, ms", "2026-11-03T10:01", 0),
        ("sweep, 10,000 levels due, ms", "2026-11-04T09:00", DUE),
        ("sweep, done before, ms", "2026-11-04T09:01", 0),
    ] {
        let begun = Instant::now();
        let swept = orders::sweep(&store, at(now)).await.expect("swept");
        assert_eq!(swept.events, due, "{what}");
        row(what, begun.elapsed().as_secs_f64() * 1000.0);
    }
    let session = session(&context(&store, "centre", at("2026-11-04T10:00")).await).await;
    store.close().await;

    driver::set_clock(dir.path(), "2026-11-04T10:00");
    let (mut server, address) = serve(dir.path());
    let order = format!("{address}/orders/XM-2026-000001");
    let lasts = Duration::from_secs(5);
    pages(&order, &session, "page of an order, at rest", lasts).await;
    driver::set_clock(dir.path(), "2026-11-05T09:00");
    pages(&order, &session, "the same while 10,000 levels fire", lasts).await;
    row("memory of the program, MB", memory(server.id()));
    server.kill().expect("it ran");
    server.wait().expect("it ended");
    // What the program had fired by then stands; the rest is caught up.
    let store = Store::open(dir.path()).await.expect("opens");
    let left = orders::sweep(&store, at("2026-11-05T09:10"))
        .await
        .expect("swept");
    assert!(
        left.events < DUE,
        "nothing was fired while pages were served"
    );
    row("levels fired meanwhile", (DUE - left.events) as f64);
    store.close().await;
}

fn at(text: &str) -> domain::Instant {
    domain::time::parse(text).expect("a time")
}

async fn place(store: &Store, orders: usize, now: &str) {
    let firm = context(store, "firm", at(now)).await;
    let placement = driver::placement(store);
    futures::stream::iter(0..orders)
        .for_each_concurrent(64, |_| {
            let (firm, placement) = (&firm, placement.clone());
            async move {
                orders::place(firm, placement, None).await.expect("placed");
            }
        })
        .await;
}
