use domain::order::{Number, Step, When};
use domain::{Actor, Instant};

use super::step::move_on;
use crate::times::seconds;
use crate::{Error, Store, rules};

/// Orders that one transaction looks at, so that people's writes get in between.
const BATCH: i64 = 200;

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Orders to which something happened.
    pub orders: usize,
    /// What happened to them: levels of the ladder, and pauses that were over.
    pub events: usize,
}

/// Does what is due by `now`: ends pauses that are over and fires the levels of the
/// ladder. Runs by an index over what is due, looks at each order again before it
/// acts, and does the same thing only once however often it is run.
///
/// Nothing fires while business is closed.
pub async fn sweep(store: &Store, now: Instant) -> Result<Swept, Error> {
    store.look_up().await?;
    rules::take_over(store, now).await?;
    let mut swept = Swept::default();
    if !store.book().calendar.is_open(now) {
        return Ok(swept);
    }
    // What is still due after a round has another turn: a pause that was over may
    // have left a deadline behind. A round that changes nothing is the last.
    loop {
        let round = round(store, now).await?;
        swept.orders += round.orders;
        swept.events += round.events;
        if round.orders == 0 {
            return Ok(swept);
        }
    }
}

/// Looks once at each order that is due.
async fn round(store: &Store, now: Instant) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    let mut after = (i64::MIN, 0);
    loop {
        let due: Vec<(i64, i64, String)> = sqlx::query_as(
            "SELECT sweep_at, id, number FROM orders
             WHERE sweep_at <= $1 AND (sweep_at, id) > ($2, $3)
             ORDER BY sweep_at, id LIMIT $4",
        )
        .bind(seconds(now))
        .bind(after.0)
        .bind(after.1)
        .bind(BATCH)
        .fetch_all(&store.read)
        .await?;
        let Some((at, id, _)) = due.last() else {
            return Ok(swept);
        };
        after = (*at, *id);
        let numbers = due
            .into_iter()
            .filter_map(|(_, _, number)| Number::parse(&number));
        let batch = batch(store, now, numbers.collect()).await?;
        swept.orders += batch.orders;
        swept.events += batch.events;
    }
}

async fn batch(store: &Store, now: Instant, due: Vec<Number>) -> Result<Swept, Error> {
    let book = store.book.clone();
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let book = book.get();
                let mut swept = Swept::default();
                let clockwork = Actor::clockwork();
                for number in due {
                    let when = When::now(now);
                    let step = Step::Elapse;
                    let moved =
                        move_on(connection, &clockwork, when, &book, number, None, step).await;
                    match moved {
                        Ok((_, 0)) => {}
                        Ok((_, events)) => {
                            swept.orders += 1;
                            swept.events += events;
                        }
                        // Closed since it was read: nothing is due any more.
                        Err(Error::Refused(_)) => {}
                        Err(error @ Error::Database(_)) => return Err(error),
                        // One order that cannot be read does not hold up the others.
                        Err(error) => tracing::error!(%error, %number, "cannot be swept"),
                    }
                }
                Ok(swept)
            })
        })
        .await
}
