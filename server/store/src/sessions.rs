//! Sessions of browsers and tokens of programs. Only digests are stored.

use chrono::Duration;
use domain::{Instant, UserId};
use sha2::{Digest, Sha256};

use crate::people::{Person, PersonRow};
use crate::times::seconds;
use crate::{Error, Store};

/// A session that is not used for so long has ended.
const IDLE: Duration = Duration::hours(12);
/// How often the time of last use is written down.
const NOTED_EVERY: Duration = Duration::minutes(5);

/// A secret handed out once: 256 random bits in hexadecimal.
pub struct Secret(String);

impl Secret {
    fn new() -> Result<Self, Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
        Ok(Self(bytes.iter().map(|b| format!("{b:02x}")).collect()))
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A key that makes one page's form count once.
pub fn once() -> Result<String, Error> {
    Ok(Secret::new()?.0)
}

fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Begins a session for somebody whose password was right.
pub async fn begin(store: &Store, user: UserId, now: Instant) -> Result<Secret, Error> {
    let secret = Secret::new()?;
    let digest = digest(secret.reveal());
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                // Sessions that ended by themselves leave with the next sign-in.
                sqlx::query("DELETE FROM sessions WHERE seen_at < $1")
                    .bind(seconds(now - IDLE))
                    .execute(&mut *connection)
                    .await?;
                sqlx::query("INSERT INTO sessions VALUES ($1, $2, $3)")
                    .bind(digest)
                    .bind(user)
                    .bind(seconds(now))
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await?;
    Ok(secret)
}

/// Who the session belongs to, if it still runs.
pub async fn resume(store: &Store, secret: &str, now: Instant) -> Result<Option<Person>, Error> {
    let digest = digest(secret);
    let seen: Option<i64> =
        sqlx::query_scalar("SELECT seen_at FROM sessions WHERE digest = $1 AND seen_at >= $2")
            .bind(&digest)
            .bind(seconds(now - IDLE))
            .fetch_optional(&store.read)
            .await?;
    let Some(seen) = seen else {
        return Ok(None);
    };
    let row: Option<PersonRow> = sqlx::query_as(
        "SELECT users.* FROM sessions JOIN users ON users.id = sessions.user
         WHERE digest = $1 AND disabled_at IS NULL",
    )
    .bind(&digest)
    .fetch_optional(&store.read)
    .await?;
    if seen < seconds(now - NOTED_EVERY) {
        note(store, digest, now).await?;
    }
    row.map(PersonRow::read).transpose()
}

async fn note(store: &Store, digest: Vec<u8>, now: Instant) -> Result<(), Error> {
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                sqlx::query("UPDATE sessions SET seen_at = $1 WHERE digest = $2")
                    .bind(seconds(now))
                    .bind(digest)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
}

pub async fn end(store: &Store, secret: &str) -> Result<(), Error> {
    let digest = digest(secret);
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                sqlx::query("DELETE FROM sessions WHERE digest = $1")
                    .bind(digest)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// A bearer token that acts as `user`, with that user's rights and no more.
pub async fn create_token(store: &Store, user: UserId, now: Instant) -> Result<Secret, Error> {
    let secret = Secret::new()?;
    let digest = digest(secret.reveal());
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                sqlx::query("INSERT INTO tokens VALUES ($1, $2, $3)")
                    .bind(digest)
                    .bind(user)
                    .bind(seconds(now))
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await?;
    Ok(secret)
}

/// Whom a bearer token acts as.
pub async fn bearer(store: &Store, token: &str) -> Result<Option<Person>, Error> {
    let row: Option<PersonRow> = sqlx::query_as(
        "SELECT users.* FROM tokens JOIN users ON users.id = tokens.user
         WHERE digest = $1 AND disabled_at IS NULL",
    )
    .bind(digest(token))
    .fetch_optional(&store.read)
    .await?;
    row.map(PersonRow::read).transpose()
}
