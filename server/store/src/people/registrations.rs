//! Enterprises that want to take part: they ask, the centre decides.

use domain::text::name_key;
use domain::{Action, AuditKind, BodyCode, CreditCode, Field, Instant, Role};
use sqlx::FromRow;

use crate::audit::{self, Entry};
use crate::context::Trace;
use crate::dialect::{Conn, Sql};
use crate::directory::is_in_service;
use crate::people::{self, NewPerson, taken};
use crate::secret::{Secret, digest};
use crate::times::{instant, seconds};
use crate::{Context, Error, Store};

/// What an applicant has filled in, already parsed.
#[derive(Debug, Clone)]
pub struct Application {
    pub enterprise: String,
    pub code: CreditCode,
    pub township: BodyCode,
    /// As they would like the account to be called.
    pub account: String,
    pub display: String,
    pub phone: String,
    pub password_hash: String,
}

/// How a registration stands.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Registration {
    pub id: i64,
    pub enterprise: String,
    pub code: String,
    pub township: String,
    pub account: String,
    pub display: String,
    pub phone: String,
    at: i64,
    decided_at: Option<i64>,
    pub approved: Option<bool>,
    pub reason: Option<String>,
    /// How the account is called that approving made.
    pub named: Option<String>,
    /// Whether an enterprise of that name or code is there already.
    pub known: bool,
    /// Whether another application that waits has the same name or code.
    pub doubled: bool,
}

impl Registration {
    pub fn at(&self) -> Result<Instant, Error> {
        instant("at", self.at)
    }

    pub fn decided_at(&self) -> Result<Option<Instant>, Error> {
        self.decided_at
            .map(|at| instant("decided_at", at))
            .transpose()
    }
}

const SELECT: &str = "SELECT id, enterprise, code, township, account, display, phone, at,
         decided_at, approved, reason, named,
         EXISTS (SELECT 1 FROM enterprises
                 WHERE enterprises.code = registrations.code
                    OR enterprises.key = registrations.key) AS known,
         EXISTS (SELECT 1 FROM registrations AS other
                 WHERE other.decided_at IS NULL AND other.id <> registrations.id
                   AND (other.code = registrations.code
                        OR other.key = registrations.key)) AS doubled
     FROM registrations WHERE ";

/// Keeps the application; what comes back opens the page that says how it stands.
/// Whether the account or the enterprise is there already is not said to strangers.
pub async fn apply(
    store: &Store,
    application: Application,
    now: Instant,
    trace: &Trace,
) -> Result<Secret, Error> {
    let secret = Secret::new()?;
    let digest = digest(secret.reveal());
    let entry = Entry::new(AuditKind::Registered, now, trace)
        .named(None, &application.account)
        .object(&application.enterprise)
        .detail(application.code.as_str());
    store
        .write(move |connection| {
            Box::pin(async move {
                let township = application.township.as_str();
                is_in_service(connection, township, Field::Township).await?;
                sqlx::query(
                    "INSERT INTO registrations (digest, enterprise, code, township, account,
                         display, phone, password_hash, at, key)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                )
                .bind(digest)
                .bind(&application.enterprise)
                .bind(application.code.as_str())
                .bind(application.township.as_str())
                .bind(application.account)
                .bind(application.display)
                .bind(application.phone)
                .bind(application.password_hash)
                .bind(seconds(now))
                .bind(name_key(&application.enterprise))
                .execute(&mut *connection)
                .await?;
                audit::append(connection, &entry).await
            })
        })
        .await?;
    Ok(secret)
}

/// The application of whoever holds its address.
pub async fn of_secret(store: &Store, secret: &str) -> Result<Registration, Error> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{SELECT} digest = $1")))
        .bind(digest(secret))
        .fetch_optional(&store.read)
        .await?
        .ok_or(Error::NotFound)
}

/// At most so many at a time; whoever decides the oldest sees the next.
const SHOWN: usize = 100;

/// What waits for the centre, the oldest first, and what was decided last.
pub async fn list(ctx: &Context) -> Result<(Vec<Registration>, Vec<Registration>), Error> {
    ctx.actor.may(Action::ApproveRegistrations)?;
    let read = |condition: &str| {
        let sql = format!("{SELECT} {condition}");
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&ctx.store.read)
    };
    let open = format!("decided_at IS NULL ORDER BY id LIMIT {SHOWN}");
    let open = read(&open).await?;
    let decided = read("decided_at IS NOT NULL ORDER BY decided_at DESC LIMIT 20").await?;
    Ok((open, decided))
}

/// How many wait; nothing for whom it does not concern.
pub async fn waiting(ctx: &Context) -> Result<u64, Error> {
    let mut query = Sql::new("");
    push_waiting(&mut query, ctx);
    ctx.counted(query).await
}

/// The same, as a part of a statement.
pub(crate) fn push_waiting(query: &mut Sql, ctx: &Context) {
    query.push("SELECT count(*) FROM registrations WHERE decided_at IS NULL");
    if ctx.actor.may(Action::ApproveRegistrations).is_err() {
        query.push(" AND FALSE");
    }
}

/// What the centre decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Approved,
    Declined { reason: String },
}

/// Those that wait, by their numbers, the oldest first; the enterprise that each is for.
pub async fn undecided(ctx: &Context, limit: u16) -> Result<Vec<(i64, String)>, Error> {
    ctx.actor.may(Action::ApproveRegistrations)?;
    Ok(sqlx::query_as(
        "SELECT id, enterprise FROM registrations WHERE decided_at IS NULL ORDER BY id LIMIT $1",
    )
    .bind(i64::from(limit))
    .fetch_all(&ctx.store.read)
    .await?)
}

/// Decides once. Approving makes the enterprise and its first account, which
/// administers the enterprise's others.
pub async fn decide(ctx: &Context, id: i64, verdict: Verdict) -> Result<(), Error> {
    ctx.actor.may(Action::ApproveRegistrations)?;
    let now = ctx.now;
    let entry = Entry::of(ctx, AuditKind::RegistrationDecided);
    ctx.write(move |connection| {
        Box::pin(async move {
            let sql = format!("{SELECT} id = $1 AND decided_at IS NULL");
            let open: Option<Registration> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(id)
                .fetch_optional(&mut *connection)
                .await?;
            let open = open.ok_or(Error::NotFound)?;
            let (approved, reason) = match &verdict {
                Verdict::Approved => (true, None),
                Verdict::Declined { reason } => (false, Some(reason.clone())),
            };
            let mut named = None;
            if approved {
                if open.known {
                    // Whoever is there already invites their colleagues.
                    return Err(taken(Field::CreditCode));
                }
                let hash: String =
                    sqlx::query_scalar("SELECT password_hash FROM registrations WHERE id = $1")
                        .bind(id)
                        .fetch_one(&mut *connection)
                        .await?;
                let enterprise = people::insert_enterprise(
                    connection,
                    &open.enterprise,
                    &open.township,
                    Some(&open.code),
                )
                .await?;
                let name = free_name(connection, &open.account).await?;
                let person = NewPerson {
                    name: name.clone(),
                    display: open.display.clone(),
                    phone: open.phone.clone(),
                    password_hash: hash,
                    given_at: None,
                    role: Role::Enterprise {
                        enterprise,
                        manages: true,
                    },
                };
                people::insert(connection, &person)
                    .await?
                    .ok_or_else(|| taken(Field::UserName))?;
                named = Some(name);
            }
            sqlx::query(
                "UPDATE registrations SET decided_at = $1, approved = $2, reason = $3,
                         named = $4, password_hash = '' WHERE id = $5",
            )
            .bind(seconds(now))
            .bind(approved)
            .bind(reason)
            .bind(&named)
            .bind(id)
            .execute(&mut *connection)
            .await?;
            let detail = match &named {
                Some(account) => format!("approved {account}"),
                None => "declined".to_owned(),
            };
            let entry = entry.object(open.enterprise).detail(detail);
            audit::append(connection, &entry).await
        })
    })
    .await
}

/// The wish, or the wish with the first number that is free.
async fn free_name(connection: &mut Conn, wish: &str) -> Result<String, Error> {
    let mut name = wish.to_owned();
    let mut number = 1_u32;
    loop {
        let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM users WHERE name = $1)")
            .bind(&name)
            .fetch_one(&mut *connection)
            .await?;
        if !there {
            return Ok(name);
        }
        number += 1;
        name = format!("{wish}{number}");
    }
}
