//! Fires the levels of the ladder when their time has come.

use std::time::Duration;

use store::{Store, likeness, orders};
use tokio::task::JoinHandle;

use crate::clock::Clock;

/// What fell due while the program did not run, before the first page is served.
pub async fn catch_up(store: &Store, clock: &Clock) -> Result<(), store::Error> {
    let swept = orders::sweep(store, clock.now()).await?;
    if swept.events > 0 {
        tracing::info!(swept.orders, swept.events, "caught up with what was due");
    }
    Ok(())
}

pub fn start(store: Store, clock: Clock, every: Duration) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(every);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            match orders::sweep(&store, clock.now()).await {
                Ok(swept) if swept.events > 0 => {
                    tracing::info!(swept.orders, swept.events, "fired");
                }
                Ok(_) => {}
                // The next tick tries again; nothing is lost meanwhile.
                Err(error) => tracing::error!(%error, "the sweep failed"),
            }
            // What is common to several enterprises can wait for the next tick too.
            if let Err(error) = likeness::sort_in(&store, clock.now()).await {
                tracing::error!(%error, "orders cannot be put with those like them");
            }
        }
    })
}

/// Takes in what another program changes in rules and calendars, also for those who
/// only read.
pub fn look_up(store: Store) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_secs(1));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = store.look_up().await {
                tracing::error!(%error, "the rules cannot be looked up");
            }
        }
    })
}
