use std::sync::Arc;

use domain::order::{Number, Step};
use domain::{Actor, Instant};

use super::step::move_on;
use crate::times::seconds;
use crate::{Error, Store};

/// Orders that one transaction looks at, so that people's writes get in between.
const BATCH: i64 = 200;

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    pub orders: usize,
    /// Levels of the ladder that fired.
    pub levels: usize,
}

/// Fires every level of the ladder that is due by `now`. Runs by an index over
/// what is due, looks at each order again before it acts, and does the same
/// thing only once however often it is run.
pub async fn sweep(store: &Store, now: Instant) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    loop {
        let batch = batch(store, now).await?;
        swept.orders += batch.orders;
        swept.levels += batch.levels;
        if batch.orders == 0 {
            return Ok(swept);
        }
    }
}

async fn batch(store: &Store, now: Instant) -> Result<Swept, Error> {
    let due: Vec<String> = sqlx::query_scalar(
        "SELECT number FROM orders WHERE sweep_at <= $1 ORDER BY sweep_at LIMIT $2",
    )
    .bind(seconds(now))
    .bind(BATCH)
    .fetch_all(&store.read)
    .await?;
    if due.is_empty() {
        return Ok(Swept::default());
    }
    let book = Arc::clone(&store.book());
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let mut swept = Swept::default();
                let clockwork = Actor::clockwork();
                for number in due.iter().filter_map(|number| Number::parse(number)) {
                    let moved = move_on(
                        connection,
                        &clockwork,
                        now,
                        &book,
                        number,
                        None,
                        Step::Escalate,
                    )
                    .await;
                    match moved {
                        Ok((_, levels)) => {
                            swept.orders += 1;
                            swept.levels += levels;
                        }
                        // Closed since it was read: nothing is due any more.
                        Err(Error::Refused(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(swept)
            })
        })
        .await
}
