//! Calendars that programs subscribe to, by a secret address. The database never holds the
//! address itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::Duration;
use domain::{Action, AuditKind, Instant, UserId};

use crate::audit::{self, Entry};
use crate::times::seconds;
use crate::{Context, Error, Store, secret};

/// How long a secret that was made is shown.
const SHOWN: Duration = Duration::minutes(10);

/// Secrets that were made just now, by account: kept in memory alone.
pub(crate) type Made = Arc<Mutex<HashMap<UserId, (Instant, String)>>>;

/// What the caller has made just now.
pub fn made(ctx: &Context) -> Option<String> {
    let mut made = ctx
        .store
        .feeds
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    made.retain(|_, (at, _)| *at > ctx.now - SHOWN);
    Some(made.get(&ctx.actor.user?)?.1.clone())
}

/// Makes the secret of the caller's calendar anew; an earlier one is of no use any more.
pub async fn make(ctx: &Context) -> Result<String, Error> {
    ctx.actor.may(Action::SeeMeetings)?;
    let user = ctx.actor.user.ok_or(Error::NotFound)?;
    let secret = secret::once()?;
    let digest = secret::digest(&secret);
    let now = seconds(ctx.now);
    let entry = Entry::of(ctx, AuditKind::FeedMade);
    ctx.write(move |connection| {
        Box::pin(async move {
            sqlx::query(
                "INSERT INTO calendar_feeds VALUES ($1, $2, $3)
                 ON CONFLICT (user) DO UPDATE SET digest = excluded.digest,
                     made_at = excluded.made_at",
            )
            .bind(user)
            .bind(digest)
            .bind(now)
            .execute(&mut *connection)
            .await?;
            audit::append(connection, &entry).await
        })
    })
    .await?;
    let mut made = ctx
        .store
        .feeds
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    made.insert(user, (ctx.now, secret.clone()));
    Ok(secret)
}

/// Whose calendar a secret opens.
pub async fn whose(store: &Store, secret: &str) -> Result<Option<i64>, Error> {
    Ok(
        sqlx::query_scalar("SELECT user FROM calendar_feeds WHERE digest = $1")
            .bind(secret::digest(secret))
            .fetch_optional(&store.read)
            .await?,
    )
}
