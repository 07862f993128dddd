//! Fires the levels of the ladder when their time has come.

use std::time::Duration;

use store::{Store, likeness, orders};
use tokio::task::JoinHandle;
use tokio::time::{Interval, MissedTickBehavior};

use crate::beats::{Beat, supervise};
use crate::clock::Clock;

/// What fell due while the program did not run, before the first page is served. What
/// fails is tried again at each tick; the program starts all the same.
pub async fn catch_up(store: &Store, clock: &Clock) {
    match orders::sweep(store, clock.now()).await {
        Ok(swept) if swept.events > 0 => {
            tracing::info!(swept.orders, swept.events, "caught up with what was due");
        }
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "what was due was not all caught up with"),
    }
}

/// `whole` beats after each sweep that left nothing out.
pub fn start(store: Store, clock: Clock, every: Duration, whole: Beat) -> JoinHandle<()> {
    supervise("sweep", move || {
        let (store, clock, whole) = (store.clone(), clock.clone(), whole.clone());
        async move {
            let mut ticks = ticks(every);
            loop {
                ticks.tick().await;
                match orders::sweep(&store, clock.now()).await {
                    Ok(swept) => {
                        whole.done();
                        if swept.events > 0 {
                            tracing::info!(swept.orders, swept.events, "fired");
                        }
                    }
                    // The next tick tries again; nothing is lost meanwhile.
                    Err(error) => tracing::error!(%error, "the sweep failed"),
                }
                // What is common to several enterprises can wait for the next tick too.
                if let Err(error) = likeness::sort_in(&store, clock.now()).await {
                    tracing::error!(%error, "orders cannot be put with those like them");
                }
            }
        }
    })
}

/// Takes in what another program changes in rules and calendars, also for those who
/// only read; `answered` beats whenever the writer has answered.
pub fn look_up(store: Store, answered: Beat) -> JoinHandle<()> {
    supervise("looking up", move || {
        let (store, answered) = (store.clone(), answered.clone());
        async move {
            let mut ticks = ticks(Duration::from_secs(1));
            loop {
                ticks.tick().await;
                match store.look_up().await {
                    Ok(()) => answered.done(),
                    Err(error) => tracing::error!(%error, "the rules cannot be looked up"),
                }
            }
        }
    })
}

fn ticks(every: Duration) -> Interval {
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}
