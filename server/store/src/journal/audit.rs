//! Who did or tried what: lines that only grow, each chained to the one before.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::order::Number;
use domain::text::is_hidden;
use domain::{Actor, Deed, Instant, UserId};
use futures::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::{Connection, FromRow, Row};

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
    /// What it seals beside events, as [`Also`].
    also: String,
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

/// What is sealed beside events: the rows of which table, what each says, and what a row is
/// called in findings.
const ALSO: [(&str, &str, &str); 3] = [
    (
        "notices",
        "CAST(json_array(address, at, order_id, seq) AS BLOB)",
        "CAST('notice ' || id || ' to ' || address AS BLOB)",
    ),
    (
        "meeting_notices",
        "CAST(json_array(address, meeting, seq, dropped) AS BLOB)",
        "CAST('notice ' || id || ' of a meeting to ' || address AS BLOB)",
    ),
    (
        "changes",
        "CAST(json_array(record, key, content) AS BLOB)",
        "CAST(record || ' ' || key AS BLOB)",
    ),
];

/// Of each table, the first row, the last one and a digest of what they say.
type Also = BTreeMap<String, (i64, i64, String)>;

/// Lets the writer's connection know from where on nothing is sealed: a line seals what
/// came since the transaction began, or since the line before it.
pub(crate) async fn prepare(connection: &mut Conn) -> Result<(), sqlx::Error> {
    let mut columns = vec![
        "one INTEGER PRIMARY KEY".to_owned(),
        "line INTEGER".to_owned(),
        "events INTEGER".to_owned(),
    ];
    let mut moves = vec!["events = coalesce(new.events_to, events)".to_owned()];
    for (table, ..) in ALSO {
        columns.push(format!("{table} INTEGER"));
        let last = format!("json_extract(nullif(new.also, ''), '$.{table}[1]')");
        moves.push(format!("{table} = coalesce({last}, {table})"));
    }
    for sql in [
        format!("CREATE TEMP TABLE unsealed ({})", columns.join(", ")),
        format!(
            "CREATE TEMP TRIGGER sealed AFTER INSERT ON main.audit
             BEGIN UPDATE unsealed SET {}; END",
            moves.join(", ")
        ),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&mut *connection)
            .await?;
    }
    begin(connection).await
}

/// Where a transaction of the writer begins: what is there already is not its own. The
/// first line that seals more than orders' events seals what was there of it before.
pub(crate) async fn begin(connection: &mut Conn) -> Result<(), sqlx::Error> {
    static BEGIN: LazyLock<String> = LazyLock::new(|| {
        let more = "EXISTS (SELECT 1 FROM audit WHERE also <> '')";
        let mut last = vec![format!(
            "CASE WHEN {more} THEN (SELECT coalesce(max(id), 0) FROM events)
             ELSE (SELECT coalesce(max(id), 0) FROM events WHERE kind = 'order') END"
        )];
        last.extend(ALSO.map(|(table, ..)| {
            format!("CASE WHEN {more} THEN (SELECT coalesce(max(id), 0) FROM {table}) ELSE 0 END")
        }));
        format!(
            "INSERT OR REPLACE INTO temp.unsealed
             SELECT 1, (SELECT coalesce(max(id), 0) FROM audit), {}",
            last.join(", ")
        )
    });
    sqlx::query(sqlx::AssertSqlSafe(BEGIN.as_str()))
        .execute(connection)
        .await
        .map(|_| ())
}

/// Writes a line within the transaction of what it tells, which it seals.
pub(crate) async fn append(connection: &mut Conn, entry: &Entry) -> Result<(), Error> {
    write_line(connection, entry, true).await
}

/// As [`append`]; nothing where no case moved.
pub(crate) async fn seal(connection: &mut Conn, entry: &Entry) -> Result<(), Error> {
    write_line(connection, entry, false).await
}

async fn write_line(connection: &mut Conn, entry: &Entry, anyway: bool) -> Result<(), Error> {
    let Unsealed { last, events, also } = unsealed(connection).await?;
    if events.is_empty() && !anyway {
        return Ok(());
    }
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

struct Unsealed {
    /// The number and hash of the audit's last line.
    last: Option<(i64, Vec<u8>)>,
    events: Vec<EventRow>,
    also: Also,
}

/// What no line seals yet of what this transaction wrote, and the last line; in one look.
async fn unsealed(connection: &mut Conn) -> Result<Unsealed, Error> {
    static ROWS: LazyLock<String> = LazyLock::new(|| {
        let nothing = "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";
        let mut rows =
            "SELECT -1 AS source, audit.id AS id, hash AS says, NULL AS kind, NULL AS case_id,
                    NULL AS seq, NULL AS happened_at, NULL AS entered_at, NULL AS calendar,
                    NULL AS user, NULL AS actor, NULL AS role, NULL AS body, NULL AS what,
                    NULL AS attachments
             FROM audit WHERE audit.id = (SELECT max(id) FROM audit)
             UNION ALL SELECT * FROM (
                 SELECT 0, id, NULL, kind, case_id, seq, happened_at, entered_at, calendar, user,
                        actor, role, body, what, attachments
                 FROM events WHERE id > (SELECT events FROM temp.unsealed) ORDER BY id)"
                .to_owned();
        for (source, (table, says, _)) in (1..).zip(ALSO) {
            rows.push_str(&format!(
                " UNION ALL SELECT * FROM (
                     SELECT {source}, id, {says}, {nothing}, NULL, NULL FROM {table}
                     WHERE id > (SELECT {table} FROM temp.unsealed) ORDER BY id)"
            ));
        }
        rows
    });
    let mut seals: [Seal; ALSO.len()] = Default::default();
    let (mut last, mut events) = (None, Vec::new());
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(ROWS.as_str())).fetch(connection);
    // One by one: the first line of an older directory seals all that there was before.
    while let Some(row) = rows.try_next().await? {
        let source: i64 = row.try_get("source")?;
        match usize::try_from(source) {
            Err(_) => last = Some((row.try_get("id")?, row.try_get("says")?)),
            Ok(0) => events.push(EventRow::from_row(&row)?),
            Ok(source) => seals[source - 1].take(row.try_get("id")?, row.try_get("says")?),
        }
    }
    let sealed = ALSO.into_iter().zip(seals);
    let also = sealed.filter_map(|((table, ..), seal)| Some((table.to_owned(), seal.done()?)));
    Ok(Unsealed {
        last,
        events,
        also: also.collect(),
    })
}

/// Whether something was written that should have been sealed; for tests.
pub(crate) async fn is_left_open(connection: &mut Conn) -> Result<bool, sqlx::Error> {
    static OPEN: LazyLock<String> = LazyLock::new(|| {
        let rows = |table: &str| {
            format!("EXISTS (SELECT 1 FROM {table} WHERE id > (SELECT {table} FROM temp.unsealed))")
        };
        let mut tables = vec![rows("events")];
        tables.extend(ALSO.map(|(table, ..)| rows(table)));
        format!(
            "SELECT EXISTS (SELECT 1 FROM audit WHERE also <> '') AND ({})",
            tables.join(" OR ")
        )
    });
    sqlx::query_scalar(sqlx::AssertSqlSafe(OPEN.as_str()))
        .fetch_one(connection)
        .await
}

/// Rows that are sealed one after the other.
#[derive(Default)]
struct Seal {
    rows: Option<(i64, i64)>,
    hasher: Sha256,
}

impl Seal {
    fn take(&mut self, id: i64, says: &[u8]) {
        let first = self.rows.map_or(id, |(first, _)| first);
        self.rows = Some((first, id));
        part(&mut self.hasher, id.to_string().as_bytes());
        part(&mut self.hasher, says);
    }

    fn done(self) -> Option<(i64, i64, String)> {
        let (first, last) = self.rows?;
        Some((first, last, hex(&self.hasher.finalize())))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(FromRow)]
struct EventRow {
    id: i64,
    kind: String,
    case_id: i64,
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
    let events = "SELECT * FROM events WHERE id BETWEEN $1 AND $2 ORDER BY id";
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
            event.case_id,
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
        // And those that are older than other kinds, events of orders.
        if event.kind != "order" {
            part(&mut hasher, event.kind.as_bytes());
        }
    }
    if !line.also.is_empty() {
        part(&mut hasher, line.also.as_bytes());
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
    Changed { line: i64, object: String },
    /// Rows of a table that the line seals are not as they were written.
    ChangedRows {
        line: i64,
        object: String,
        table: &'static str,
    },
    /// Lines are missing after this one.
    Missing { after: i64 },
    /// The last lines are gone.
    CutOff { last: i64, written: i64 },
    /// Events that no line seals, from this one on.
    Unsealed { event: i64 },
    /// A row that no line seals, by what it is called.
    UnsealedRow { row: String },
}

/// The last line's number and hash, to be noted elsewhere: a chain that ends in it
/// has not been cut off before it.
pub type Head = (i64, String);

/// Goes through the whole chain.
pub(crate) async fn check(connection: &mut Conn) -> Result<(Vec<Wrong>, Head), Error> {
    let mut wrong = Vec::new();
    let (mut last, mut before, mut sealed) = (0_i64, Vec::new(), 0_i64);
    let mut more = [0_i64; ALSO.len()];
    let mut seals_more = false;
    loop {
        let lines = sqlx::query("SELECT * FROM audit WHERE id > $1 ORDER BY id LIMIT 1000");
        let lines: Vec<dialect::Row> = lines.bind(last).fetch_all(&mut *connection).await?;
        if lines.is_empty() {
            break;
        }
        for row in lines {
            let line = match Line::from_row(&row) {
                Ok(line) => line,
                // Text that somebody has damaged: the rest is looked at all the same.
                Err(_) => {
                    last = row.try_get("id")?;
                    before = row.try_get("hash")?;
                    sealed = row
                        .try_get::<Option<i64>, _>("events_to")?
                        .unwrap_or(sealed);
                    let object = String::new();
                    wrong.push(Wrong::Changed { line: last, object });
                    continue;
                }
            };
            if line.id != last + 1 {
                wrong.push(Wrong::Missing { after: last });
            }
            // What lies between the last line's events and this one's is not sealed by it.
            let from = line.events_from.unwrap_or(sealed + 1);
            let strangers: Vec<i64> =
                sqlx::query_scalar("SELECT id FROM events WHERE id > $1 AND id < $2 LIMIT $3")
                    .bind(sealed)
                    .bind(from)
                    .bind(NAMED)
                    .fetch_all(&mut *connection)
                    .await?;
            let strangers = strangers.into_iter().map(|event| Wrong::Unsealed { event });
            wrong.extend(strangers);
            let sealed_by = match (line.events_from, line.events_to) {
                (Some(from), Some(to)) => events(connection, from, to).await,
                (Some(_), None) | (None, _) => Ok(Vec::new()),
            };
            let sealed_by = match sealed_by {
                Err(error) if error.is_damage() => None,
                read => Some(read?),
            };
            // An event is sealed once.
            let again = from <= sealed;
            if again || sealed_by.is_none_or(|sealed| hash(&line, &before, &sealed) != line.hash) {
                let object = line.object.clone();
                wrong.push(Wrong::Changed {
                    line: line.id,
                    object,
                });
            }
            let also: Also = serde_json::from_str(&line.also).unwrap_or_default();
            seals_more |= !also.is_empty();
            for ((table, says, called), until) in ALSO.into_iter().zip(&mut more) {
                let Some((first, to, digest)) = also.get(table) else {
                    continue;
                };
                wrong.extend(between(connection, (table, called), *until, *first).await?);
                let there = seal_of(connection, (table, says), *first, *to).await?;
                if *first <= *until || there.done() != Some((*first, *to, digest.clone())) {
                    wrong.push(Wrong::ChangedRows {
                        line: line.id,
                        object: line.object.clone(),
                        table,
                    });
                }
                *until = *to;
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
    // What was there before other things than orders' events were sealed is sealed with
    // the first line after it.
    let loose = "SELECT min(id) FROM events WHERE id > $1 AND (kind = 'order' OR $2)";
    let loose: Option<i64> = sqlx::query_scalar(loose)
        .bind(sealed)
        .bind(seals_more)
        .fetch_one(&mut *connection)
        .await?;
    wrong.extend(loose.map(|event| Wrong::Unsealed { event }));
    if seals_more {
        for ((table, _, called), until) in ALSO.into_iter().zip(more) {
            wrong.extend(between(connection, (table, called), until, i64::MAX).await?);
        }
    }
    Ok((wrong, (last, hex(&before))))
}

/// Rows that no line seals are named, as many as anybody reads.
const NAMED: i64 = 20;

/// Rows between those that two lines seal: nobody sealed them.
async fn between(
    connection: &mut Conn,
    (table, called): (&str, &str),
    after: i64,
    before: i64,
) -> Result<Vec<Wrong>, Error> {
    let rows =
        format!("SELECT {called} FROM {table} WHERE id > $1 AND id < $2 ORDER BY id LIMIT {NAMED}");
    let rows: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(rows))
        .bind(after)
        .bind(before)
        .fetch_all(connection)
        .await?;
    // Text that somebody has damaged is shown as far as it can be read.
    let rows = rows
        .into_iter()
        .map(|row| String::from_utf8_lossy(&row).into_owned());
    Ok(rows.map(|row| Wrong::UnsealedRow { row }).collect())
}

async fn seal_of(
    connection: &mut Conn,
    (table, says): (&str, &str),
    first: i64,
    to: i64,
) -> Result<Seal, Error> {
    let rows = format!("SELECT id, {says} FROM {table} WHERE id BETWEEN $1 AND $2 ORDER BY id");
    let mut rows = sqlx::query_as(sqlx::AssertSqlSafe(rows))
        .bind(first)
        .bind(to)
        .fetch(connection);
    let mut seal = Seal::default();
    while let Some((id, says)) = rows.try_next().await? {
        let says: Vec<u8> = says;
        seal.take(id, &says);
    }
    drop(rows);
    Ok(seal)
}

/// The hash of a line, in hexadecimal.
pub(crate) async fn hash_of(connection: &mut Conn, line: i64) -> Result<Option<String>, Error> {
    let hash: Option<Vec<u8>> = sqlx::query_scalar("SELECT hash FROM audit WHERE id = $1")
        .bind(line)
        .fetch_optional(connection)
        .await?;
    Ok(hash.map(|hash| hex(&hash)))
}

/// Seals the events from before there was an audit.
pub(crate) async fn seal_older(connection: &mut Conn) -> Result<(), Error> {
    sqlx::query("UPDATE temp.unsealed SET events = 0")
        .execute(&mut *connection)
        .await?;
    seal_opening(connection, "from before the audit").await
}

/// Seals what a newer version of the program brings along, where it does. Another program
/// may have written meanwhile, and sealed it.
pub(crate) async fn seal_newer(connection: &mut Conn) -> Result<(), Error> {
    if !is_left_open(connection).await? {
        return Ok(());
    }
    let mut sealed = vec![
        "events = max(events, coalesce(\
        (SELECT max(events_to) FROM audit WHERE id > line), 0))"
            .to_owned(),
    ];
    sealed.extend(ALSO.map(|(table, ..)| {
        format!(
            "{table} = max({table}, coalesce((SELECT max(json_extract(also, '$.{table}[1]'))
             FROM audit WHERE id > line AND also <> ''), 0))"
        )
    }));
    let sealed = format!("UPDATE temp.unsealed SET {}", sealed.join(", "));
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(sqlx::AssertSqlSafe(sealed))
        .execute(&mut *transaction)
        .await?;
    if is_left_open(&mut transaction).await? {
        seal_opening(&mut transaction, "a newer version of the program").await?;
    }
    Ok(transaction.commit().await?)
}

async fn seal_opening(connection: &mut Conn, why: &str) -> Result<(), Error> {
    let at: Option<i64> = sqlx::query_scalar(
        "SELECT max(at) FROM (SELECT max(at) AS at FROM audit
                              UNION ALL SELECT max(entered_at) FROM events)",
    )
    .fetch_one(&mut *connection)
    .await?;
    let Some(at) = at else {
        return Ok(());
    };
    let entry = Entry::new(Deed::Steps, instant("at", at)?, &Trace::default());
    append(connection, &entry.by(&Actor::clockwork()).detail(why)).await
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
    Ok(query.build_query_as().fetch_all(&desk.store.read).await?)
}
