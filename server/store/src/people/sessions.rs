//! Sessions of browsers and tokens of programs.

use std::sync::{LazyLock, PoisonError};

use domain::account::{Standing, folded_name};
use domain::{AuditKind, BodyCode, Instant, Policy, UserId};
use sqlx::FromRow;

use crate::audit::{self, Entry};
use crate::context::Trace;
use crate::dialect::{self, Conn};
use crate::people::{
    MembershipId, Person, PersonRow, memberships, memberships_of_session, read_memberships,
};
use crate::secret::{Secret, digest};
use crate::times::{instant, seconds};
use crate::{Context, Error, Store};

pub type SessionId = i64;

/// How often the time of last use is written down.
const NOTED_EVERY: i64 = 60;

/// A session that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    pub account: String,
    pub display: String,
    pub standing: Standing,
    /// In what they act; `None` where they belong to nothing.
    pub person: Option<Person>,
    /// Whether they belong to more than one.
    pub can_choose: bool,
}

/// Begins a session for somebody whose password was right. Whoever belongs to
/// several begins in the first.
pub async fn begin(
    store: &Store,
    user: UserId,
    now: Instant,
    trace: &Trace,
    agent: &str,
    policy: &Policy,
) -> Result<Secret, Error> {
    let secret = Secret::new()?;
    let digest = digest(secret.reveal());
    let first = memberships(store, user).await?;
    let first = first.first().map(|person| person.membership);
    let idle = seconds(now - policy.idle());
    let oldest = seconds(now - policy.longest());
    let (trace, agent) = (trace.clone(), agent.chars().take(200).collect::<String>());
    store
        .write(move |connection| {
            Box::pin(async move {
                // Sessions that ended by themselves leave with the next sign-in.
                sqlx::query("DELETE FROM sessions WHERE seen_at < $1 OR began_at < $2")
                    .bind(idle)
                    .bind(oldest)
                    .execute(&mut *connection)
                    .await?;
                sqlx::query(
                    "INSERT INTO sessions
                         (digest, user, membership, began_at, seen_at, proved, address, agent)
                     VALUES ($1, $2, $3, $4, $4, FALSE, $5, $6)",
                )
                .bind(digest)
                .bind(user)
                .bind(first)
                .bind(seconds(now))
                .bind(trace.address)
                .bind(agent)
                .execute(&mut *connection)
                .await?;
                Ok(())
            })
        })
        .await?;
    Ok(secret)
}

#[derive(FromRow)]
struct Row {
    session: SessionId,
    user: UserId,
    account: String,
    display: String,
    membership: Option<MembershipId>,
    seen_at: i64,
    proved: bool,
    must_change: bool,
    has_factor: bool,
    memberships: Option<String>,
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT sessions.id AS session, users.id AS user, users.name AS account, display,
             membership, seen_at, proved, given_at IS NOT NULL AS must_change,
             factor IS NOT NULL AS has_factor, ({}) AS memberships
         FROM sessions JOIN users ON users.id = sessions.user
         WHERE digest = $1 AND seen_at >= $2 AND began_at >= $3 AND disabled_at IS NULL",
        memberships_of_session()
    )
});

/// The session of that secret, if it still runs.
pub async fn resume(
    store: &Store,
    secret: &str,
    now: Instant,
    policy: &Policy,
) -> Result<Option<Session>, Error> {
    let row: Option<Row> = sqlx::query_as(SELECT.as_str())
        .bind(digest(secret))
        .bind(seconds(now - policy.idle()))
        .bind(seconds(now - policy.longest()))
        .fetch_optional(&store.read)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    if row.seen_at < seconds(now) - NOTED_EVERY {
        note(store, row.session, now);
    }
    let mut all = read_memberships(row.memberships.as_deref())?;
    let can_choose = all.len() > 1;
    let chosen = all
        .iter()
        .position(|person| Some(person.membership) == row.membership);
    let person = match chosen {
        Some(chosen) => Some(all.swap_remove(chosen)),
        None => all.into_iter().next(),
    };
    Ok(Some(Session {
        id: row.session,
        user: row.user,
        account: row.account,
        display: row.display,
        standing: Standing {
            has_second_factor: row.has_factor,
            proved_second_factor: row.proved,
            must_change_password: row.must_change,
            role: person.as_ref().map(|person| person.actor.role.name()),
        },
        person,
        can_choose,
    }))
}

/// Who reads does not wait for the writer; once at a time for a session, so that nothing
/// piles up while it cannot write.
fn note(store: &Store, session: SessionId, now: Instant) {
    let noting = store.noting.clone();
    let is_first = {
        let mut noting = noting.lock().unwrap_or_else(PoisonError::into_inner);
        noting.insert(session)
    };
    if !is_first {
        return;
    }
    let store = store.clone();
    tokio::spawn(async move {
        let noted = store.write(move |connection| {
            Box::pin(async move {
                sqlx::query("UPDATE sessions SET seen_at = $1 WHERE id = $2")
                    .bind(seconds(now))
                    .bind(session)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "the use of a session was not noted");
        }
        let mut noting = noting.lock().unwrap_or_else(PoisonError::into_inner);
        noting.remove(&session);
    });
}

/// Gives the session another secret, so that one that somebody may have seen or
/// planted is worth nothing: after the second factor, and for another role.
pub async fn renew(
    store: &Store,
    session: &Session,
    change: Renewal,
    entry: Entry,
) -> Result<Secret, Error> {
    let secret = Secret::new()?;
    let digest = digest(secret.reveal());
    let (id, user) = (session.id, session.user);
    store
        .write(move |connection| {
            Box::pin(async move {
                if let Renewal::ActsAs(membership) = change {
                    let theirs = sqlx::query(
                        "UPDATE sessions SET membership = $1 WHERE id = $2 AND EXISTS
                         (SELECT 1 FROM memberships
                          WHERE id = $1 AND user = $3 AND ended_at IS NULL)",
                    )
                    .bind(membership)
                    .bind(id)
                    .bind(user)
                    .execute(&mut *connection)
                    .await?;
                    if theirs.rows_affected() == 0 {
                        return Err(Error::NotFound);
                    }
                }
                let renewed = sqlx::query(
                    "UPDATE sessions SET digest = $1, proved = proved OR $2 WHERE id = $3",
                )
                .bind(digest)
                .bind(change == Renewal::Proved)
                .bind(id)
                .execute(&mut *connection)
                .await?;
                if renewed.rows_affected() == 0 {
                    return Err(Error::NotFound);
                }
                audit::append(connection, &entry).await
            })
        })
        .await?;
    Ok(secret)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// The password was changed.
    Kept,
    /// The second factor was shown, or set up.
    Proved,
    ActsAs(MembershipId),
}

pub async fn end(store: &Store, secret: &str, entry: Entry) -> Result<(), Error> {
    let digest = digest(secret);
    store
        .write(move |connection| {
            Box::pin(async move {
                sqlx::query("DELETE FROM sessions WHERE digest = $1")
                    .bind(digest)
                    .execute(&mut *connection)
                    .await?;
                audit::append(connection, &entry).await
            })
        })
        .await
}

/// Ends every session of somebody but one.
pub(crate) async fn end_all(
    connection: &mut Conn,
    user: UserId,
    but: Option<SessionId>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE user = $1 AND id IS NOT $2")
        .bind(user)
        .bind(but)
        .execute(connection)
        .await?;
    Ok(())
}

/// A session as a page lists it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    pub id: SessionId,
    pub account: String,
    pub display: String,
    began_at: i64,
    seen_at: i64,
    pub address: String,
    pub agent: String,
}

impl Listed {
    pub fn began_at(&self) -> Result<Instant, Error> {
        instant("began_at", self.began_at)
    }

    pub fn seen_at(&self) -> Result<Instant, Error> {
        instant("seen_at", self.seen_at)
    }
}

const LISTED: &str = "SELECT sessions.id, users.name AS account, display, began_at, seen_at,
         address, agent
     FROM sessions JOIN users ON users.id = sessions.user
     WHERE seen_at >= $1 AND began_at >= $2";

/// The caller's own, the latest first.
pub async fn mine(ctx: &Context, wall: Instant, policy: &Policy) -> Result<Vec<Listed>, Error> {
    let sql = format!("{LISTED} AND user = $3 ORDER BY seen_at DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(seconds(wall - policy.idle()))
        .bind(seconds(wall - policy.longest()))
        .bind(ctx.actor.user)
        .fetch_all(&ctx.store.read)
        .await?;
    Ok(dialect::readable(&rows))
}

/// Everybody's, for the security administrator: the latest 500, and how many there are.
pub async fn all(
    ctx: &Context,
    wall: Instant,
    policy: &Policy,
) -> Result<(Vec<Listed>, u64), Error> {
    ctx.actor.may(domain::Action::EndSessions)?;
    let sql = format!("{LISTED} ORDER BY seen_at DESC LIMIT 500");
    let (idle, oldest) = (wall - policy.idle(), wall - policy.longest());
    let listed = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(seconds(idle))
        .bind(seconds(oldest))
        .fetch_all(&ctx.store.read)
        .await?;
    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sessions WHERE seen_at >= $1 AND began_at >= $2")
            .bind(seconds(idle))
            .bind(seconds(oldest))
            .fetch_one(&ctx.store.read)
            .await?;
    let listed = dialect::readable(&listed);
    Ok((listed, u64::try_from(count).unwrap_or(0)))
}

/// Ends one of the caller's own sessions, or, by right, anybody's.
pub async fn end_one(ctx: &Context, session: SessionId) -> Result<(), Error> {
    let anybodys = ctx.actor.may(domain::Action::EndSessions).is_ok();
    let user = ctx.actor.user;
    let entry = Entry::of(ctx, AuditKind::SessionEnded);
    ctx.write(move |connection| {
        Box::pin(async move {
            let account: Option<String> = sqlx::query_scalar(
                "SELECT name FROM sessions JOIN users ON users.id = sessions.user
                 WHERE sessions.id = $1 AND (user = $2 OR $3)",
            )
            .bind(session)
            .bind(user)
            .bind(anybodys)
            .fetch_optional(&mut *connection)
            .await?;
            let account = account.ok_or(Error::NotFound)?;
            sqlx::query("DELETE FROM sessions WHERE id = $1")
                .bind(session)
                .execute(&mut *connection)
                .await?;
            audit::append(connection, &entry.object(account)).await
        })
    })
    .await
}

/// A bearer token that acts as `person`, with their rights and no more.
pub async fn create_token(store: &Store, person: &Person, now: Instant) -> Result<Secret, Error> {
    let secret = Secret::new()?;
    let digest = digest(secret.reveal());
    let (user, membership) = (person.actor.user, person.membership);
    let entry = Entry::new(AuditKind::TokenMade, now, &Trace::default()).object(&person.name);
    store
        .write(move |connection| {
            Box::pin(async move {
                sqlx::query("INSERT INTO tokens VALUES ($1, $2, $3, $4)")
                    .bind(digest)
                    .bind(user)
                    .bind(seconds(now))
                    .bind(membership)
                    .execute(&mut *connection)
                    .await?;
                audit::append(connection, &entry).await
            })
        })
        .await?;
    Ok(secret)
}

/// A token as lists show it: never itself.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Token {
    /// The beginning of its digest, in hexadecimal digits.
    pub id: String,
    /// The account that it acts as.
    pub account: String,
    created_at: i64,
}

impl Token {
    pub fn created_at(&self) -> Result<Instant, Error> {
        instant("created_at", self.created_at)
    }
}

/// Tokens, the oldest first: all of them, or of one account.
pub async fn tokens(store: &Store, account: Option<&str>) -> Result<Vec<Token>, Error> {
    Ok(sqlx::query_as(
        "SELECT lower(hex(substr(digest, 1, 6))) AS id, users.name AS account, created_at
         FROM tokens JOIN users ON users.id = tokens.user
         WHERE $1 IS NULL OR users.name = $1 ORDER BY created_at, id",
    )
    .bind(account.map(folded_name))
    .fetch_all(&store.read)
    .await?)
}

/// Ends the token of that id, or all of an account's. Answers how many those were.
pub async fn revoke_tokens(
    store: &Store,
    account: String,
    id: Option<String>,
    now: Instant,
) -> Result<u64, Error> {
    let account = folded_name(&account);
    let entry = Entry::new(AuditKind::TokensRevoked, now, &Trace::default()).object(&account);
    store
        .write(move |connection| {
            Box::pin(async move {
                let ended = sqlx::query(
                    "DELETE FROM tokens
                     WHERE user = (SELECT id FROM users WHERE name = $1)
                       AND ($2 IS NULL OR lower(hex(substr(digest, 1, 6))) = lower($2))",
                )
                .bind(account)
                .bind(id)
                .execute(&mut *connection)
                .await?
                .rows_affected();
                if ended > 0 {
                    audit::append(connection, &entry.detail(format!("{ended} tokens"))).await?;
                }
                Ok(ended)
            })
        })
        .await
}

/// Whom a bearer token acts as.
pub struct Bearer {
    pub person: Person,
    /// Where their enterprise sits.
    pub township: Option<BodyCode>,
}

#[derive(FromRow)]
struct BearerRow {
    #[sqlx(flatten)]
    person: PersonRow,
    township: Option<String>,
}

/// Whom a bearer token acts as, while it holds.
pub async fn bearer(
    store: &Store,
    token: &str,
    wall: Instant,
    policy: &Policy,
) -> Result<Option<Bearer>, Error> {
    let row: Option<BearerRow> = sqlx::query_as(
        "SELECT users.id, users.name, display, phone, memberships.id AS membership, role, body,
             enterprise, manages, enterprises.township
         FROM tokens
         JOIN users ON users.id = tokens.user
         JOIN memberships ON memberships.id = tokens.membership
         LEFT JOIN enterprises ON enterprises.id = memberships.enterprise
         WHERE digest = $1 AND created_at > $2 AND disabled_at IS NULL AND ended_at IS NULL",
    )
    .bind(digest(token))
    .bind(seconds(wall - chrono::Duration::days(policy.token.into())))
    .fetch_optional(&store.read)
    .await?;
    let Some(BearerRow { person, township }) = row else {
        return Ok(None);
    };
    let township = township.map(BodyCode::new);
    let person = person.read()?;
    Ok(Some(Bearer { person, township }))
}
