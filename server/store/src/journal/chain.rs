//! Whether the chain of the audit, and what it seals, is as it was written.

use futures::TryStreamExt;
use sqlx::{FromRow, Row};

use super::audit::Line;
use super::seal::{ALSO, Also, Seal, events, hash, hex};
use crate::Error;
use crate::dialect::{self, Conn};

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
