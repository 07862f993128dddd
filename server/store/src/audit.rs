//! Who did or tried what: lines that only grow, each chained to the one before.

use domain::order::Number;
use domain::text::is_hidden;
use domain::{Actor, Deed, Instant, UserId};
use sha2::{Digest, Sha256};
use sqlx::{FromRow, Row};

use crate::desk::Trace;
use crate::dialect::{self, Conn, Sql};
use crate::times::{instant, seconds};
use crate::{Desk, Error, Store};

/// A line to be written.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: Instant,
    pub user: Option<UserId>,
    /// As they were called then; of a failed sign-in, what was typed.
    pub name: String,
    pub role: String,
    pub deed: Deed,
    pub object: String,
    pub detail: String,
    pub trace: Trace,
}

impl Entry {
    pub fn new(deed: Deed, at: Instant, trace: &Trace) -> Self {
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

    pub fn of(desk: &Desk, deed: Deed) -> Self {
        Self::new(deed, desk.now, &desk.trace).by(&desk.actor)
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
    at: i64,
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
}

impl Line {
    pub fn at(&self) -> Result<Instant, Error> {
        instant("at", self.at)
    }
}

/// Writes a line by itself.
pub async fn write(store: &Store, entry: Entry) -> Result<(), Error> {
    store
        .write
        .run(move |connection| Box::pin(async move { append(connection, &entry).await }))
        .await
}

/// Writes a line within the transaction of what it tells.
pub(crate) async fn append(connection: &mut Conn, entry: &Entry) -> Result<(), Error> {
    let last: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?;
    write_line(connection, entry, last, &[]).await
}

/// The line after `last`, with the events that it seals.
async fn write_line(
    connection: &mut Conn,
    entry: &Entry,
    last: Option<(i64, Vec<u8>)>,
    sealed: &[EventRow],
) -> Result<(), Error> {
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
        events_from: sealed.first().map(|event| event.id),
        events_to: sealed.last().map(|event| event.id),
        hash: Vec::new(),
    };
    line.hash = hash(&line, &before, sealed);
    sqlx::query(
        "INSERT INTO audit VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
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
    .execute(connection)
    .await?;
    Ok(())
}

/// Where the histories of orders end now; for [`seal`].
pub(crate) async fn mark(connection: &mut Conn) -> Result<i64, Error> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(id) FROM order_events")
        .fetch_one(connection)
        .await?;
    Ok(last.unwrap_or(0))
}

/// Writes a line that seals every event since `mark`; nothing where there is none.
pub(crate) async fn seal(connection: &mut Conn, since: i64, entry: Entry) -> Result<(), Error> {
    match unsealed(connection, since).await? {
        (_, sealed) if sealed.is_empty() => Ok(()),
        (last, sealed) => write_line(connection, &entry, last, &sealed).await,
    }
}

/// As [`seal`], for a deed that leaves a line also where it moved no order.
pub(crate) async fn append_or_seal(
    connection: &mut Conn,
    since: i64,
    entry: Entry,
) -> Result<(), Error> {
    match unsealed(connection, since).await? {
        (_, sealed) if sealed.is_empty() => append(connection, &entry).await,
        (last, sealed) => write_line(connection, &entry, last, &sealed).await,
    }
}

/// The events since `mark`, and the last line of the audit; nothing of the line where there
/// are no events.
async fn unsealed(
    connection: &mut Conn,
    since: i64,
) -> Result<(Option<(i64, Vec<u8>)>, Vec<EventRow>), Error> {
    let rows: Vec<dialect::Row> = sqlx::query(
        "SELECT (SELECT max(id) FROM audit) AS line,
                (SELECT hash FROM audit ORDER BY id DESC LIMIT 1) AS hash, order_events.*
         FROM order_events WHERE id > $1 ORDER BY id",
    )
    .bind(since)
    .fetch_all(connection)
    .await?;
    let last = match rows.first() {
        Some(row) => {
            let (line, hash): (Option<i64>, Option<Vec<u8>>) =
                (row.try_get("line")?, row.try_get("hash")?);
            line.zip(hash)
        }
        None => None,
    };
    let events = rows.iter().map(EventRow::from_row);
    Ok((last, events.collect::<Result<_, _>>()?))
}

#[derive(FromRow)]
struct EventRow {
    id: i64,
    order_id: i64,
    seq: i64,
    happened_at: i64,
    entered_at: i64,
    calendar: i64,
    user: Option<i64>,
    actor: String,
    role: String,
    body: Option<String>,
    what: String,
    attachments: String,
}

async fn events(connection: &mut Conn, from: i64, to: i64) -> Result<Vec<EventRow>, Error> {
    let events = "SELECT * FROM order_events WHERE id BETWEEN $1 AND $2 ORDER BY id";
    Ok(sqlx::query_as(events)
        .bind(from)
        .bind(to)
        .fetch_all(connection)
        .await?)
}

/// SHA-256 over the hash before, the line and the events that it seals; each part
/// with its length before it, so that nothing can be moved from one to the next.
fn hash(line: &Line, before: &[u8], sealed: &[EventRow]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    let number = |value: i64| value.to_string();
    let maybe = |value: Option<i64>| value.map(|v| v.to_string()).unwrap_or_default();
    part(&mut hasher, before);
    for field in [
        &number(line.id),
        &number(line.at),
        &maybe(line.user),
        &line.name,
        &line.role,
        &line.deed,
        &line.object,
        &line.detail,
        &line.address,
        &line.request,
        &maybe(line.events_from),
        &maybe(line.events_to),
    ] {
        part(&mut hasher, field.as_bytes());
    }
    for event in sealed {
        for value in [
            event.id,
            event.order_id,
            event.seq,
            event.happened_at,
            event.entered_at,
            event.calendar,
        ] {
            part(&mut hasher, value.to_string().as_bytes());
        }
        part(&mut hasher, maybe(event.user).as_bytes());
        for text in [
            &event.actor,
            &event.role,
            event.body.as_deref().unwrap_or_default(),
            &event.what,
        ] {
            part(&mut hasher, text.as_bytes());
        }
        // Lines that are older than attachments were sealed without any.
        if event.attachments != "[]" {
            part(&mut hasher, event.attachments.as_bytes());
        }
    }
    hasher.finalize().to_vec()
}

fn part(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

/// What is wrong with the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The line, or an event that it seals, is not as it was written.
    Changed { line: i64 },
    /// Lines are missing after this one.
    Missing { after: i64 },
    /// The last lines are gone.
    CutOff { last: i64, written: i64 },
    /// Events that no line seals, from this one on.
    Unsealed { event: i64 },
}

/// The last line's number and hash, to be noted elsewhere: a chain that ends in it
/// has not been cut off before it.
pub type Head = (i64, String);

/// Goes through the whole chain.
pub(crate) async fn check(connection: &mut Conn) -> Result<(Vec<Wrong>, Head), Error> {
    let mut wrong = Vec::new();
    let (mut last, mut before, mut sealed) = (0_i64, Vec::new(), 0_i64);
    loop {
        let lines: Vec<Line> =
            sqlx::query_as("SELECT * FROM audit WHERE id > $1 ORDER BY id LIMIT 1000")
                .bind(last)
                .fetch_all(&mut *connection)
                .await?;
        if lines.is_empty() {
            break;
        }
        for line in lines {
            if line.id != last + 1 {
                wrong.push(Wrong::Missing { after: last });
            }
            let gap = line.events_from.is_some_and(|from| from != sealed + 1);
            let sealed_by = match (line.events_from, line.events_to) {
                (Some(from), Some(to)) => events(connection, from, to).await,
                (Some(_), None) | (None, _) => Ok(Vec::new()),
            };
            let sealed_by = match sealed_by {
                Err(error) if error.is_damage() => None,
                read => Some(read?),
            };
            if gap || sealed_by.is_none_or(|sealed| hash(&line, &before, &sealed) != line.hash) {
                wrong.push(Wrong::Changed { line: line.id });
            }
            sealed = line.events_to.unwrap_or(sealed);
            last = line.id;
            before = line.hash;
        }
    }
    let written = dialect::highest_given(connection, "audit").await?;
    let written = written.unwrap_or(0);
    if written != last {
        wrong.push(Wrong::CutOff { last, written });
    }
    if mark(connection).await? != sealed {
        wrong.push(Wrong::Unsealed { event: sealed + 1 });
    }
    let hex = before.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((wrong, (last, hex)))
}

/// The hash of a line, in hexadecimal.
pub(crate) async fn hash_of(connection: &mut Conn, line: i64) -> Result<Option<String>, Error> {
    let hash: Option<Vec<u8>> = sqlx::query_scalar("SELECT hash FROM audit WHERE id = $1")
        .bind(line)
        .fetch_optional(connection)
        .await?;
    Ok(hash.map(|hash| hash.iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// Seals the events from before there was an audit; only in an empty one.
pub(crate) async fn begin(connection: &mut Conn) -> Result<(), Error> {
    let empty: bool = sqlx::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM audit)")
        .fetch_one(&mut *connection)
        .await?;
    if !empty || mark(connection).await? == 0 {
        return Ok(());
    }
    let at: i64 = sqlx::query_scalar("SELECT max(entered_at) FROM order_events")
        .fetch_one(&mut *connection)
        .await?;
    let entry = Entry::new(Deed::Steps, instant("entered_at", at)?, &Trace::default());
    let entry = entry
        .by(&Actor::clockwork())
        .detail("from before the audit");
    seal(connection, 0, entry).await
}

/// What a look into the audit is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub deed: Option<Deed>,
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
    desk: &Desk,
    filter: &Filter,
    before: Option<i64>,
    limit: u16,
) -> Result<Vec<Read>, Error> {
    desk.actor.may(domain::Action::ReadAudit)?;
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
                     WHERE sealed.events_to >= order_events.id
                     ORDER BY sealed.events_to LIMIT 1)
                 FROM order_events JOIN orders ON orders.id = order_events.order_id
                 WHERE orders.number = ",
            );
            query.push_bind(number.to_string()).push(")");
        }
        query.push(")");
    }
    query
        .push(" ORDER BY audit.id DESC LIMIT ")
        .push_bind(i64::from(limit));
    Ok(query.build_query_as().fetch_all(&desk.store.read).await?)
}
