//! Wrong passwords and codes: counted, so that the next one waits.

use chrono::Duration;
use domain::{AuditKind, Instant, Policy, UserId};

use crate::secret::{Secret, digest};
use crate::times::seconds;
use crate::{Error, Store};

/// After so long without a wrong one, counting begins anew.
const FORGOTTEN: Duration = Duration::hours(24);

/// So many a day from one address before the next has to wait.
const APPLICATIONS: u16 = 20;

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
    /// The same, from a browser that has shown it before.
    FactorOnDevice(Vec<u8>),
    /// The present password, asked for once more.
    Password(UserId),
    /// What strangers of an address may send in: registrations, new accounts.
    Applications(String),
}

impl Against {
    fn key(&self) -> String {
        match self {
            // A name of any length, and of any characters, takes as little room.
            Self::Account(name) => format!("account:{}", hex(&digest(name))),
            Self::Device(device) => format!("device:{}", hex(device)),
            Self::Address(address) => format!("address:{address}"),
            Self::Factor(user) => format!("factor:{user}"),
            Self::FactorOnDevice(device) => format!("factor:{}", hex(device)),
            Self::Password(user) => format!("password:{user}"),
            Self::Applications(address) => format!("applications:{address}"),
        }
    }

    /// What it is called in the audit that no further attempt is taken.
    pub fn deed(&self) -> AuditKind {
        match self {
            Self::Account(_) | Self::Device(_) | Self::Address(_) | Self::Password(_) => {
                AuditKind::SignInFailed
            }
            Self::Factor(_) | Self::FactorOnDevice(_) => AuditKind::SecondFactorFailed,
            Self::Applications(_) => AuditKind::Refused,
        }
    }

    /// Whose it is, where that is known.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Factor(user) | Self::Password(user) => Some(*user),
            Self::Account(_)
            | Self::Device(_)
            | Self::Address(_)
            | Self::FactorOnDevice(_)
            | Self::Applications(_) => None,
        }
    }

    fn free(&self, policy: &Policy) -> u16 {
        match self {
            Self::Account(_)
            | Self::Device(_)
            | Self::Factor(_)
            | Self::FactorOnDevice(_)
            | Self::Password(_) => policy.guesses_account,
            Self::Address(_) => policy.guesses_address,
            Self::Applications(_) => APPLICATIONS,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The next attempt has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    pub time: Duration,
    /// Whether this is the first attempt that meets it.
    pub begins: bool,
}

/// Takes an attempt, before it is looked at: counts it as a wrong one, or answers how
/// long to wait. Attempts that are sent side by side are counted one after the other.
pub async fn take(
    store: &Store,
    against: &[Against],
    now: Instant,
    policy: &Policy,
) -> Result<Option<Wait>, Error> {
    let keys: Vec<(String, u16)> = against
        .iter()
        .map(|one| (one.key(), one.free(policy)))
        .collect();
    let policy = policy.clone();
    store
        .write(move |connection| {
            Box::pin(async move {
                sqlx::query("DELETE FROM guesses WHERE last_at < $1")
                    .bind(seconds(now - FORGOTTEN))
                    .execute(&mut *connection)
                    .await?;
                let mut longest = Duration::zero();
                for (key, free) in &keys {
                    let row: Option<(u32, i64)> =
                        sqlx::query_as("SELECT failures, last_at FROM guesses WHERE key = $1")
                            .bind(key)
                            .fetch_optional(&mut *connection)
                            .await?;
                    if let Some((failures, last)) = row {
                        let since = Duration::seconds(seconds(now) - last);
                        longest = longest.max(policy.wait_after(failures, *free) - since);
                    }
                }
                if longest > Duration::zero() {
                    let mut begins = false;
                    for (key, _) in &keys {
                        let told = sqlx::query(
                            "UPDATE guesses SET told = TRUE WHERE key = $1 AND NOT told",
                        )
                        .bind(key)
                        .execute(&mut *connection)
                        .await?;
                        begins |= told.rows_affected() > 0;
                    }
                    return Ok(Some(Wait {
                        time: longest,
                        begins,
                    }));
                }
                for (key, _) in keys {
                    sqlx::query(
                        "INSERT INTO guesses (key, failures, last_at) VALUES ($1, 1, $2)
                         ON CONFLICT (key) DO UPDATE
                         SET failures = failures + 1, last_at = excluded.last_at, told = FALSE",
                    )
                    .bind(key)
                    .bind(seconds(now))
                    .execute(&mut *connection)
                    .await?;
                }
                Ok(None)
            })
        })
        .await
}

/// The attempt that was taken was right: the account's own count begins anew. That of
/// the address only gives it back, or whoever has one account could guess at the
/// others for ever.
pub async fn succeeded(store: &Store, against: Vec<Against>) -> Result<(), Error> {
    store
        .write(move |connection| {
            Box::pin(async move {
                for one in against {
                    let forget = match one {
                        Against::Address(_) => {
                            "UPDATE guesses SET failures = failures - 1
                             WHERE key = $1 AND failures > 0"
                        }
                        Against::Account(_)
                        | Against::Device(_)
                        | Against::Factor(_)
                        | Against::FactorOnDevice(_)
                        | Against::Password(_)
                        | Against::Applications(_) => "DELETE FROM guesses WHERE key = $1",
                    };
                    sqlx::query(forget)
                        .bind(one.key())
                        .execute(&mut *connection)
                        .await?;
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
        .write(move |connection| {
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
