use domain::order::{Step, When, decide};
use domain::{Actor, AuditKind, Instant};

use super::find::replay_many;
use super::step::write_down;
use super::tally::overdue;
use crate::audit::{self, Entry};
use crate::context::Trace;
use crate::dialect::Conn;
use crate::times::seconds;
use crate::writer::{close_record, open_record};
use crate::{Error, Store, meetings, rules, tasks};

/// Orders that one transaction looks at, so that people's writes get in between.
const BATCH: i64 = 200;

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Cases to which something happened.
    pub orders: usize,
    /// What happened to them: levels of the ladder, and pauses that were over.
    pub events: usize,
}

/// Does what is due by `now`: ends pauses that are over and fires the levels of the
/// ladder. Runs by an index over what is due, looks at each order again before it
/// acts, and does the same thing only once however often it is run. Looks what is overdue
/// on the way, at any hour.
///
/// Nothing fires while business is closed.
pub async fn sweep(store: &Store, now: Instant) -> Result<Swept, Error> {
    // What fails before does not keep the orders from being swept.
    let mut failed = store.look_up().await.err();
    if let Err(error) = rules::take_over(store, now).await {
        failed.get_or_insert(error);
    }
    if let Err(error) = overdue::look(store, now).await {
        failed.get_or_insert(error);
    }
    let mut swept = Swept::default();
    if !store.book().calendar.is_open(now) {
        return failed.map_or(Ok(swept), Err);
    }
    if let Err(error) = meetings::remind(store, now).await {
        failed.get_or_insert(error);
    }
    match tasks::sweep(store, now).await {
        Ok((cases, events)) => {
            swept.orders += cases;
            swept.events += events;
        }
        Err(error) => {
            failed.get_or_insert(error);
        }
    }
    // What is still due after a round has another turn: a pause that was over may
    // have left a deadline behind. A round that changes nothing is the last.
    loop {
        let round = round(store, now).await?;
        swept.orders += round.orders;
        swept.events += round.events;
        if round.orders == 0 {
            return failed.map_or(Ok(swept), Err);
        }
    }
}

/// Looks once at each order that is due.
async fn round(store: &Store, now: Instant) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    let mut after = (i64::MIN, 0);
    loop {
        let due: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT sweep_at, id FROM orders
             WHERE sweep_at <= $1 AND (sweep_at, id) > ($2, $3)
             ORDER BY sweep_at, id LIMIT $4",
        )
        .bind(seconds(now))
        .bind(after.0)
        .bind(after.1)
        .bind(BATCH)
        .fetch_all(&store.read)
        .await?;
        let Some(last) = due.last() else {
            return Ok(swept);
        };
        after = *last;
        let batch = batch(store, now, due.into_iter().map(|(_, id)| id).collect()).await?;
        swept.orders += batch.orders;
        swept.events += batch.events;
    }
}

/// Reads the orders in the transaction that acts on them: what was closed since it
/// was found due is left alone.
async fn batch(store: &Store, now: Instant, due: Vec<i64>) -> Result<Swept, Error> {
    let (book, troubles) = (store.book.clone(), store.troubles.clone());
    store
        .write(move |connection| {
            Box::pin(async move {
                let book = book.get();
                let mut swept = Swept::default();
                let clockwork = Actor::clockwork();
                // One order that cannot be read or written does not hold up the others.
                for (id, order) in replay_many(connection, &due).await? {
                    let order = match order {
                        Ok(order) => order,
                        Err(error) => {
                            let number = number_of(connection, id).await;
                            troubles.note(&format!("order {number}"), &error);
                            continue;
                        }
                    };
                    let what = format!("order {}", order.number);
                    let when = When::now(now);
                    let Ok(events) = decide(&order, &clockwork, when, Step::Elapse, &book) else {
                        continue;
                    };
                    if events.is_empty() {
                        continue;
                    }
                    open_record(connection).await?;
                    let done = write_down(connection, id, order, &clockwork, &events, &book).await;
                    match close_record(connection, done).await? {
                        Ok(_) => {
                            swept.orders += 1;
                            swept.events += events.len();
                            troubles.clear(&what);
                        }
                        Err(error) => troubles.note(&what, &error),
                    }
                }
                let entry = Entry::new(AuditKind::Steps, now, &Trace::default()).by(&clockwork);
                let entry = entry.detail(format!("sweep {}", swept.orders));
                audit::seal(connection, &entry).await?;
                Ok(swept)
            })
        })
        .await
}

/// What people call an order that cannot be read.
async fn number_of(connection: &mut Conn, id: i64) -> String {
    let number = sqlx::query_scalar("SELECT number FROM orders WHERE id = $1")
        .bind(id)
        .fetch_one(connection)
        .await;
    number.unwrap_or_else(|_| format!("with id {id}"))
}
