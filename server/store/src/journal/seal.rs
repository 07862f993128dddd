//! What a line of the audit seals: all that its transaction wrote, and a digest of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::{Actor, AuditKind};
use futures::{Stream, TryStreamExt};
use sha2::{Digest, Sha256};
use sqlx::{Connection, FromRow, Row as _};

use super::audit::{Entry, Line, append};
use crate::Error;
use crate::context::Trace;
use crate::dialect::{Conn, Row};
use crate::times::instant;

/// What is sealed beside events: the rows of which table, what each says, and what a row is
/// called in findings.
pub(super) const ALSO: [(&str, &str, &str); 3] = [
    (
        "notices",
        // Those of orders as they were sealed before there were others.
        "CAST(CASE WHEN case_kind = 'order' AND NOT dropped
              THEN json_array(address, at, case_id, seq)
              ELSE json_array(address, at, case_kind, case_id, seq, dropped) END AS BLOB)",
        "CAST('notice ' || id || ' to ' || address AS BLOB)",
    ),
    // Of earlier schemas; it gets no more.
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
pub(super) type Also = BTreeMap<String, (i64, i64, String)>;

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

pub(crate) struct Unsealed {
    /// The number and hash of the audit's last line.
    pub(super) last: Option<(i64, Vec<u8>)>,
    pub(super) events: Vec<EventRow>,
    pub(super) also: Also,
}

/// What no line seals yet of what this transaction wrote, and the last line; in one look.
pub(super) async fn unsealed(connection: &mut Conn) -> Result<Unsealed, Error> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(UNSEALED.as_str())).fetch(connection);
    Unsealed::of(rows).await
}

/// The look itself: it can stand behind what is written, to be handed over with it.
pub(crate) static UNSEALED: LazyLock<String> = LazyLock::new(|| {
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

impl Unsealed {
    /// One by one: the first line of an older directory seals all that there was before.
    pub(crate) async fn of(
        mut rows: impl Stream<Item = Result<Row, sqlx::Error>> + Unpin,
    ) -> Result<Self, Error> {
        let mut seals: [Seal; ALSO.len()] = Default::default();
        let (mut last, mut events) = (None, Vec::new());
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
        Ok(Self {
            last,
            events,
            also: also.collect(),
        })
    }

    /// The case of the last event.
    pub(crate) fn last_case(&self) -> Option<i64> {
        self.events.last().map(|event| event.case_id)
    }
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
pub(super) struct Seal {
    rows: Option<(i64, i64)>,
    hasher: Sha256,
}

impl Seal {
    pub(super) fn take(&mut self, id: i64, says: &[u8]) {
        let first = self.rows.map_or(id, |(first, _)| first);
        self.rows = Some((first, id));
        part(&mut self.hasher, id.to_string().as_bytes());
        part(&mut self.hasher, says);
    }

    pub(super) fn done(self) -> Option<(i64, i64, String)> {
        let (first, last) = self.rows?;
        Some((first, last, hex(&self.hasher.finalize())))
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(FromRow)]
pub(super) struct EventRow {
    pub(super) id: i64,
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

pub(super) async fn events(
    connection: &mut Conn,
    from: i64,
    to: i64,
) -> Result<Vec<EventRow>, Error> {
    let events = "SELECT * FROM events WHERE id BETWEEN $1 AND $2 ORDER BY id";
    Ok(sqlx::query_as(events)
        .bind(from)
        .bind(to)
        .fetch_all(connection)
        .await?)
}

/// SHA-256 over the hash before, the line and the events that it seals; each part
/// with its length before it, so that nothing can be moved from one to the next.
pub(super) fn hash(line: &Line, before: &[u8], sealed: &[EventRow]) -> Vec<u8> {
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
    let entry = Entry::new(AuditKind::Steps, instant("at", at)?, &Trace::default());
    append(connection, &entry.by(&Actor::clockwork()).detail(why)).await
}
