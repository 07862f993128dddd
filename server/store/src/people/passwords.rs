//! Password hashes and second factors of accounts.

use domain::{Instant, UserId};

use crate::audit::{self, Entry};
use crate::dialect::Conn;
use crate::secret::digest;
use crate::sessions::{self, SessionId};
use crate::times::seconds;
use crate::writer::within_patience;
use crate::{Error, Store};

/// The hashes of the present and the former passwords, the newest first.
pub async fn hashes(store: &Store, user: UserId, last: u16) -> Result<Vec<String>, Error> {
    let present: Option<String> =
        sqlx::query_scalar("SELECT password_hash FROM users WHERE id = $1")
            .bind(user)
            .fetch_optional(&store.read)
            .await?;
    let former: Vec<String> = sqlx::query_scalar(
        "SELECT hash FROM former_passwords WHERE user = $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(user)
    .bind(i64::from(last).saturating_sub(1))
    .fetch_all(&store.read)
    .await?;
    Ok(present.into_iter().chain(former).collect())
}

/// Sets the password that somebody has chosen. Every session of the account ends, but
/// the one that is named.
pub async fn set(
    store: &Store,
    user: UserId,
    hash: String,
    but: Option<SessionId>,
    entry: Entry,
) -> Result<(), Error> {
    store
        .write(move |connection| {
            Box::pin(async move {
                set_within(connection, user, &hash, None, but).await?;
                audit::append(connection, &entry).await
            })
        })
        .await
}

pub(crate) async fn set_within(
    connection: &mut Conn,
    user: UserId,
    hash: &str,
    given_at: Option<Instant>,
    but: Option<SessionId>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO former_passwords (user, hash) SELECT id, password_hash FROM users WHERE id = $1",
    )
    .bind(user)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "DELETE FROM former_passwords WHERE user = $1 AND id NOT IN
         (SELECT id FROM former_passwords WHERE user = $1 ORDER BY id DESC LIMIT 24)",
    )
    .bind(user)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE users SET password_hash = $1, given_at = $2 WHERE id = $3")
        .bind(hash)
        .bind(given_at.map(seconds))
        .bind(user)
        .execute(&mut *connection)
        .await?;
    // A key that was looked at before is not set up after.
    sqlx::query("UPDATE sessions SET offered = NULL WHERE user = $1")
        .bind(user)
        .execute(&mut *connection)
        .await?;
    sessions::end_all(connection, user, but).await
}

/// The same password, hashed with the parameters of today.
pub async fn rehash(store: &Store, user: UserId, old: String, new: String) -> Result<(), Error> {
    store
        .write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE users SET password_hash = $1 WHERE id = $2 AND password_hash = $3",
                )
                .bind(new)
                .bind(user)
                .bind(old)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
}

/// The key that codes are made of.
pub async fn factor(store: &Store, user: UserId) -> Result<Option<Vec<u8>>, Error> {
    let key = sqlx::query_scalar("SELECT factor FROM users WHERE id = $1")
        .bind(user)
        .fetch_optional(&store.read)
        .await?;
    Ok(key.flatten())
}

/// The key that is being set up in a session.
pub async fn offered(store: &Store, session: SessionId) -> Result<Option<Vec<u8>>, Error> {
    let key = sqlx::query_scalar("SELECT offered FROM sessions WHERE id = $1")
        .bind(session)
        .fetch_optional(&store.read)
        .await?;
    Ok(key.flatten())
}

/// A key to be set up; the same one in a session until it is proved. Another session
/// gets another: who looks over a shoulder there learns nothing of this one. `None` while
/// nothing can be written.
pub async fn offer_factor(store: &Store, session: SessionId) -> Result<Option<Vec<u8>>, Error> {
    if let Some(key) = offered(store, session).await? {
        return Ok(Some(key));
    }
    let key: [u8; 20] = crate::secret::random()?;
    let made = store.write(move |connection| {
        Box::pin(async move {
            let offered = sqlx::query_scalar(
                "UPDATE sessions SET offered = coalesce(offered, $1)
                 WHERE id = $2 RETURNING offered",
            )
            .bind(key.to_vec())
            .bind(session)
            .fetch_optional(connection)
            .await?;
            offered.ok_or(Error::NotFound)
        })
    });
    match within_patience(made).await {
        Ok(key) => Ok(Some(key)),
        Err(error) if error.lack().is_some() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes a code of the 30 seconds `step`, unless one of then or later was taken
/// before. Answers whether it was.
pub async fn take_step(store: &Store, user: UserId, step: u64) -> Result<bool, Error> {
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    store
        .write(move |connection| {
            Box::pin(async move {
                let taken = sqlx::query(
                    "UPDATE users SET factor_step = $1 WHERE id = $2 AND factor_step < $1",
                )
                .bind(step)
                .bind(user)
                .execute(connection)
                .await?;
                Ok(taken.rows_affected() == 1)
            })
        })
        .await
}

/// The offered key is proved: it is the second factor from now on, with new codes for
/// recovery. Sessions of before end, but this one.
pub async fn set_factor(
    store: &Store,
    user: UserId,
    recovery: &[String],
    session: SessionId,
    entry: Entry,
) -> Result<(), Error> {
    let digests: Vec<Vec<u8>> = recovery.iter().map(|code| digest(code)).collect();
    store
        .write(move |connection| {
            Box::pin(async move {
                let set = sqlx::query(
                    "UPDATE users SET factor = (SELECT offered FROM sessions WHERE id = $2)
                     WHERE id = $1
                       AND EXISTS (SELECT 1 FROM sessions
                                   WHERE id = $2 AND user = $1 AND offered IS NOT NULL)",
                )
                .bind(user)
                .bind(session)
                .execute(&mut *connection)
                .await?;
                if set.rows_affected() == 0 {
                    return Err(Error::NotFound);
                }
                keep_recovery(connection, user, digests).await?;
                sessions::end_all(connection, user, Some(session)).await?;
                // It was shown just now.
                sqlx::query("UPDATE sessions SET proved = TRUE, offered = NULL WHERE id = $1")
                    .bind(session)
                    .execute(&mut *connection)
                    .await?;
                audit::append(connection, &entry).await
            })
        })
        .await
}

async fn keep_recovery(
    connection: &mut Conn,
    user: UserId,
    digests: Vec<Vec<u8>>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM recovery_codes WHERE user = $1")
        .bind(user)
        .execute(&mut *connection)
        .await?;
    for digest in digests {
        sqlx::query("INSERT INTO recovery_codes VALUES ($1, $2)")
            .bind(user)
            .bind(digest)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Takes a code for recovery; none is taken twice.
pub async fn take_recovery(store: &Store, user: UserId, code: &str) -> Result<bool, Error> {
    let digest = digest(code);
    store
        .write(move |connection| {
            Box::pin(async move {
                let taken =
                    sqlx::query("DELETE FROM recovery_codes WHERE user = $1 AND digest = $2")
                        .bind(user)
                        .bind(digest)
                        .execute(connection)
                        .await?;
                Ok(taken.rows_affected() == 1)
            })
        })
        .await
}

pub async fn recovery_left(store: &Store, user: UserId) -> Result<u64, Error> {
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM recovery_codes WHERE user = $1")
        .bind(user)
        .fetch_one(&store.read)
        .await?;
    Ok(u64::try_from(left).unwrap_or(0))
}

/// Every other session ends.
pub async fn remove_factor(
    store: &Store,
    user: UserId,
    session: i64,
    entry: Entry,
) -> Result<(), Error> {
    store
        .write(move |connection| {
            Box::pin(async move {
                remove_factor_within(connection, user).await?;
                sessions::end_all(connection, user, Some(session)).await?;
                audit::append(connection, &entry).await
            })
        })
        .await
}

pub(crate) async fn remove_factor_within(connection: &mut Conn, user: UserId) -> Result<(), Error> {
    sqlx::query("UPDATE users SET factor = NULL, factor_step = 0 WHERE id = $1")
        .bind(user)
        .execute(&mut *connection)
        .await?;
    keep_recovery(connection, user, Vec::new()).await
}
