use domain::meeting::MeetingStep;
use domain::order::When;
use domain::{Actor, Deed, Instant, Rulebook};

use super::door::take;
use super::find::replayed;
use crate::audit::{self, Entry};
use crate::desk::Trace;
use crate::dialect::Conn;
use crate::times::seconds;
use crate::writer::{close_record, open_record};
use crate::{Error, Store};

/// Reminds everybody who is invited to a meeting that is near, once.
pub(crate) async fn remind(store: &Store, now: Instant) -> Result<(), Error> {
    let due: Vec<i64> = sqlx::query_scalar("SELECT id FROM meetings WHERE remind_at <= $1")
        .bind(seconds(now))
        .fetch_all(&store.read)
        .await?;
    if due.is_empty() {
        return Ok(());
    }
    let (book, troubles) = (store.book.clone(), store.troubles.clone());
    store
        .write(move |connection| {
            Box::pin(async move {
                let book = book.get();
                // One that cannot be read keeps nobody else from being reminded.
                for id in due {
                    open_record(connection).await?;
                    let done = one(connection, id, now, &book).await;
                    let done = close_record(connection, done).await?;
                    let number = number_of(connection, id).await;
                    match done {
                        // Refused: it was opened or cancelled since it was found due.
                        Ok(()) | Err(Error::Refused(_)) => troubles.clear(&number),
                        Err(error) => troubles.note(&number, &error),
                    }
                }
                Ok(())
            })
        })
        .await
}

async fn one(connection: &mut Conn, id: i64, now: Instant, book: &Rulebook) -> Result<(), Error> {
    let clockwork = Actor::clockwork();
    let found = replayed(connection, id).await?;
    let number = found.meeting.number;
    let step = (MeetingStep::Remind, Vec::new());
    take(connection, &clockwork, found, When::now(now), step, book).await?;
    let entry = Entry::new(Deed::Meetings, now, &Trace::default()).by(&clockwork);
    let entry = entry.object(number.to_string()).detail("remind");
    audit::append(connection, &entry).await
}

/// What people call it.
async fn number_of(connection: &mut Conn, id: i64) -> String {
    let number: Result<String, _> = sqlx::query_scalar("SELECT number FROM meetings WHERE id = $1")
        .bind(id)
        .fetch_one(connection)
        .await;
    number.map_or_else(
        |_| format!("meeting with id {id}"),
        |number| format!("meeting {number}"),
    )
}
