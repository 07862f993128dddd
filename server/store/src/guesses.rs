//! Wrong passwords and codes: counted, so that the next one waits.

use chrono::Duration;
use domain::{Instant, Policy, UserId};

use crate::secret::{Secret, digest};
use crate::times::seconds;
use crate::{Error, Store};

/// After so long without a wrong one, counting begins anew.
const FORGOTTEN: Duration = Duration::hours(24);

/// Whom a guess is counted against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// The account, as it was typed, whether or not it exists.
    Account(String),
    /// The account, from a browser that has signed in to it before.
    Device(Vec<u8>),
    Address(String),
    /// The second factor of an account whose password was right.
    Factor(UserId),
}

impl Against {
    fn key(&self) -> String {
        match self {
            // A name of any length, and of any characters, takes as little room.
            Self::Account(name) => format!("account:{}", hex(&digest(name))),
            Self::Device(device) => format!("device:{}", hex(device)),
            Self::Address(address) => format!("address:{address}"),
            Self::Factor(user) => format!("factor:{user}"),
        }
    }

    fn free(&self, policy: &Policy) -> u16 {
        match self {
            Self::Account(_) | Self::Device(_) | Self::Factor(_) => policy.guesses_account,
            Self::Address(_) => policy.guesses_address,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How long whoever guesses has to wait before the next attempt is looked at.
pub async fn wait(
    store: &Store,
    against: &[Against],
    now: Instant,
    policy: &Policy,
) -> Result<Duration, Error> {
    let mut longest = Duration::zero();
    for one in against {
        let row: Option<(u32, i64)> =
            sqlx::query_as("SELECT failures, last_at FROM guesses WHERE key = $1")
                .bind(one.key())
                .fetch_optional(&store.read)
                .await?;
        let Some((failures, last)) = row else {
            continue;
        };
        let since = Duration::seconds(seconds(now) - last);
        if since < FORGOTTEN {
            longest = longest.max(policy.wait_after(failures, one.free(policy)) - since);
        }
    }
    Ok(longest)
}

/// Counts a wrong one.
pub async fn failed(store: &Store, against: Vec<Against>, now: Instant) -> Result<(), Error> {
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let forgotten = seconds(now - FORGOTTEN);
                sqlx::query("DELETE FROM guesses WHERE last_at < $1")
                    .bind(forgotten)
                    .execute(&mut *connection)
                    .await?;
                for one in against {
                    sqlx::query(
                        "INSERT INTO guesses VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE
                         SET failures = failures + 1, last_at = excluded.last_at",
                    )
                    .bind(one.key())
                    .bind(seconds(now))
                    .execute(&mut *connection)
                    .await?;
                }
                Ok(())
            })
        })
        .await
}

/// A right one: the account's own count begins anew. That of the address stays, or
/// whoever has one account could guess at the others for ever.
pub async fn succeeded(store: &Store, against: Vec<Against>) -> Result<(), Error> {
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                for one in against {
                    if !matches!(one, Against::Address(_)) {
                        sqlx::query("DELETE FROM guesses WHERE key = $1")
                            .bind(one.key())
                            .execute(&mut *connection)
                            .await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

/// Remembers a browser that has signed in.
pub async fn remember_device(store: &Store, user: UserId, now: Instant) -> Result<Secret, Error> {
    let secret = Secret::new()?;
    let digest = digest(secret.reveal());
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                sqlx::query("INSERT INTO devices VALUES ($1, $2, $3)")
                    .bind(digest)
                    .bind(user)
                    .bind(seconds(now))
                    .execute(&mut *connection)
                    .await?;
                // As many as somebody uses; the oldest are forgotten.
                sqlx::query(
                    "DELETE FROM devices WHERE user = $1 AND digest NOT IN
                         (SELECT digest FROM devices WHERE user = $1
                          ORDER BY since_at DESC LIMIT 20)",
                )
                .bind(user)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await?;
    Ok(secret)
}

/// The digest of the device, where the account has signed in from it before.
pub async fn known_device(
    store: &Store,
    account: &str,
    secret: &str,
) -> Result<Option<Vec<u8>>, Error> {
    let device = digest(secret);
    let known: Option<i64> = sqlx::query_scalar(
        "SELECT users.id FROM devices JOIN users ON users.id = devices.user
         WHERE digest = $1 AND name = $2",
    )
    .bind(&device)
    .bind(account)
    .fetch_optional(&store.read)
    .await?;
    Ok(known.map(|_| device))
}
