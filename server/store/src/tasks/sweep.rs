use domain::case::When;
use domain::task::TaskStep;
use domain::{Actor, Deed, Instant, Rulebook};

use super::door::take;
use super::find::replayed;
use crate::audit::{self, Entry};
use crate::desk::Trace;
use crate::dialect::Conn;
use crate::times::seconds;
use crate::writer::{close_record, open_record};
use crate::{Error, Store};

/// Fires the levels of the ladder that tasks have come to. Answers how many tasks, and how
/// many events.
pub(crate) async fn sweep(store: &Store, now: Instant) -> Result<(usize, usize), Error> {
    let due: Vec<(i64, String)> =
        sqlx::query_as("SELECT id, number FROM task_cases WHERE sweep_at <= $1 ORDER BY sweep_at")
            .bind(seconds(now))
            .fetch_all(&store.read)
            .await?;
    if due.is_empty() {
        return Ok((0, 0));
    }
    let (book, troubles) = (store.book.clone(), store.troubles.clone());
    store
        .write(move |connection| {
            Box::pin(async move {
                let (book, mut swept) = (book.get(), (0, 0));
                // One that cannot be read holds up no other.
                for (id, number) in due {
                    open_record(connection).await?;
                    let done = one(connection, id, now, &book).await;
                    let what = format!("task {number}");
                    match close_record(connection, done).await? {
                        Ok(events) => {
                            swept.0 += usize::from(events > 0);
                            swept.1 += events;
                            troubles.clear(&what);
                        }
                        // It was reported or taken back since it was found due.
                        Err(Error::Refused(_)) => troubles.clear(&what),
                        Err(error) => troubles.note(&what, &error),
                    }
                }
                Ok(swept)
            })
        })
        .await
}

async fn one(
    connection: &mut Conn,
    id: i64,
    now: Instant,
    book: &Rulebook,
) -> Result<usize, Error> {
    let clockwork = Actor::clockwork();
    let found = replayed(connection, id).await?;
    let number = found.case.number;
    let step = (TaskStep::Elapse, Vec::new());
    let events = take(connection, &clockwork, found, When::now(now), step, book).await?;
    let entry = Entry::new(Deed::Tasks, now, &Trace::default()).by(&clockwork);
    let entry = entry.object(number.to_string()).detail("elapse");
    audit::append(connection, &entry).await?;
    Ok(events)
}
