use domain::meeting::MeetingStep;
use domain::{Actor, Deed, Instant};

use super::find::replayed;
use super::step::take;
use crate::audit::{self, Entry};
use crate::desk::Trace;
use crate::times::seconds;
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
    let book = store.book.clone();
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let book = book.get();
                let clockwork = Actor::clockwork();
                for id in due {
                    let found = replayed(connection, id).await?;
                    let number = found.meeting.number;
                    let step = MeetingStep::Remind;
                    match take(connection, &clockwork, found, now, step, &book).await {
                        Ok(()) => {}
                        // It was opened or cancelled since it was found due.
                        Err(Error::Refused(_)) => continue,
                        Err(error) => return Err(error),
                    }
                    let entry = Entry::new(Deed::Meetings, now, &Trace::default()).by(&clockwork);
                    let entry = entry.object(number.to_string()).detail("remind");
                    audit::append(connection, &entry).await?;
                }
                Ok(())
            })
        })
        .await
}
