//! Who did or tried what: lines that only grow, each chained to the one before.

use domain::order::Number;
use domain::text::is_hidden;
use domain::{Actor, AuditKind, Instant, UserId};
use sqlx::FromRow;

use super::seal::{Unsealed, hash, unsealed};
use crate::context::Trace;
use crate::dialect::{Conn, Sql};
use crate::times::{instant, seconds};
use crate::{Context, Error, Store};

pub use super::chain::{Head, Wrong};

/// A line to be written.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: Instant,
    pub user: Option<UserId>,
    /// As they were called then; of a failed sign-in, what was typed.
    pub name: String,
    pub role: String,
    pub deed: AuditKind,
    pub object: String,
    pub detail: String,
    pub trace: Trace,
}

impl Entry {
    pub fn new(deed: AuditKind, at: Instant, trace: &Trace) -> Self {
        Self {
            at,
            user: None,
            name: String::new(),
            role: String::new(),
            deed,
            object: String::new(),
            detail: String::new(),
            trace: trace.clone(),
        }
    }

    pub fn of(ctx: &Context, deed: AuditKind) -> Self {
        Self::new(deed, ctx.now, &ctx.trace).by(&ctx.actor)
    }

    pub fn by(self, actor: &Actor) -> Self {
        Self {
            user: actor.user,
            name: actor.name.clone(),
            role: actor.role.name().code().to_owned(),
            ..self
        }
    }

    pub fn named(self, user: Option<UserId>, name: impl Into<String>) -> Self {
        Self {
            user,
            name: short(name.into()),
            ..self
        }
    }

    pub fn object(self, object: impl Into<String>) -> Self {
        Self {
            object: short(object.into()),
            ..self
        }
    }

    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: short(detail.into()),
            ..self
        }
    }
}

/// What comes from outside fills no disk and hides nothing on a page.
fn short(text: String) -> String {
    let kept = text.chars().filter(|c| !is_hidden(*c));
    kept.take(200).collect()
}

/// A line as it stands.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Line {
    pub id: i64,
    pub(super) at: i64,
    pub user: Option<UserId>,
    pub name: String,
    pub role: String,
    pub deed: String,
    pub object: String,
    pub detail: String,
    pub address: String,
    pub request: String,
    pub events_from: Option<i64>,
    pub events_to: Option<i64>,
    pub hash: Vec<u8>,
    /// What it seals beside events, as [`Also`].
    pub(super) also: String,
}

impl Line {
    pub fn at(&self) -> Result<Instant, Error> {
        instant("at", self.at)
    }
}

/// Writes a line by itself.
pub async fn write(store: &Store, entry: Entry) -> Result<(), Error> {
    store
        .write(move |connection| Box::pin(async move { append(connection, &entry).await }))
        .await
}

/// Writes a line within the transaction of what it tells, which it seals.
pub(crate) async fn append(connection: &mut Conn, entry: &Entry) -> Result<(), Error> {
    let unsealed = unsealed(connection).await?;
    write_line(connection, entry, unsealed).await
}

/// As [`append`]; nothing where no case moved.
pub(crate) async fn seal(connection: &mut Conn, entry: &Entry) -> Result<(), Error> {
    let unsealed = unsealed(connection).await?;
    if unsealed.events.is_empty() {
        return Ok(());
    }
    write_line(connection, entry, unsealed).await
}

/// As [`append`], where what is not sealed yet has been looked at with what was written.
pub(crate) async fn write_line(
    connection: &mut Conn,
    entry: &Entry,
    unsealed: Unsealed,
) -> Result<(), Error> {
    let Unsealed { last, events, also } = unsealed;
    let (last, before) = last.unwrap_or_default();
    let mut line = Line {
        id: last + 1,
        at: seconds(entry.at),
        user: entry.user,
        name: entry.name.clone(),
        role: entry.role.clone(),
        deed: entry.deed.code().to_owned(),
        object: entry.object.clone(),
        detail: entry.detail.clone(),
        address: entry.trace.address.clone(),
        request: entry.trace.request.clone(),
        events_from: events.first().map(|event| event.id),
        events_to: events.last().map(|event| event.id),
        hash: Vec::new(),
        also: if also.is_empty() {
            String::new()
        } else {
            serde_json::to_string(&also)?
        },
    };
    line.hash = hash(&line, &before, &events);
    sqlx::query(
        "INSERT INTO audit VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(line.id)
    .bind(line.at)
    .bind(line.user)
    .bind(line.name)
    .bind(line.role)
    .bind(line.deed)
    .bind(line.object)
    .bind(line.detail)
    .bind(line.address)
    .bind(line.request)
    .bind(line.events_from)
    .bind(line.events_to)
    .bind(line.hash)
    .bind(line.also)
    .execute(connection)
    .await?;
    Ok(())
}

/// What a look into the audit is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub deed: Option<AuditKind>,
    /// Part of the name, the object, the detail, the address; or a request's number.
    pub text: String,
    pub from: Option<Instant>,
    pub until: Option<Instant>,
}

/// A line, with what its account is called today.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Read {
    #[sqlx(flatten)]
    pub line: Line,
    pub account: Option<String>,
}

/// Lines from the newest on, at most `limit`, below `before`.
pub async fn lines(
    ctx: &Context,
    filter: &Filter,
    before: Option<i64>,
    limit: u16,
) -> Result<Vec<Read>, Error> {
    ctx.actor.may(domain::Action::ReadAudit)?;
    let mut query = Sql::new(
        "SELECT audit.*, users.name AS account
         FROM audit LEFT JOIN users ON users.id = audit.user WHERE audit.id < ",
    );
    query.push_bind(before.unwrap_or(i64::MAX));
    if let Some(deed) = filter.deed {
        query.push(" AND deed = ").push_bind(deed.code());
    }
    if let Some(from) = filter.from {
        query.push(" AND audit.at >= ").push_bind(seconds(from));
    }
    if let Some(until) = filter.until {
        query.push(" AND audit.at < ").push_bind(seconds(until));
    }
    for word in filter.text.split_whitespace() {
        query.push(" AND (");
        let mut fields = query.separated(" OR ");
        for field in [
            "audit.name",
            "users.name",
            "object",
            "detail",
            "address",
            "request",
        ] {
            fields
                .push("instr(")
                .push_unseparated(field)
                .push_unseparated(", ")
                .push_bind_unseparated(word.to_owned())
                .push_unseparated(") > 0");
        }
        if let Some(number) = Number::parse(&word.to_uppercase()) {
            // What sealed something of this order, whatever the line names.
            query.push(
                " OR audit.id IN (SELECT (SELECT sealed.id FROM audit AS sealed
                     WHERE sealed.events_to >= events.id
                     ORDER BY sealed.events_to LIMIT 1)
                 FROM events JOIN orders ON orders.id = events.case_id
                 WHERE events.kind = 'order' AND orders.number = ",
            );
            query.push_bind(number.to_string()).push(")");
        }
        query.push(")");
    }
    query
        .push(" ORDER BY audit.id DESC LIMIT ")
        .push_bind(i64::from(limit));
    Ok(query.build_query_as().fetch_all(&ctx.store.read).await?)
}
