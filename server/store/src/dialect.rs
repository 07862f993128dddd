//! The engine: the one file that names it. Its types, codes, pragmas and hooks stand here;
//! elsewhere in the store is SQL, some of which is the engine's own too: the search by words
//! (`MATCH`, `rowid`), JSON, the triggers of `journal/records.rs`.

use std::collections::BTreeMap;
use std::ffi::c_int;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use crate::error::Lack;

pub type Db = sqlx::Sqlite;
pub type Conn = sqlx::SqliteConnection;
pub type Pool = sqlx::SqlitePool;
pub type Row = sqlx::sqlite::SqliteRow;
/// What is bound to a statement.
pub type Arguments = sqlx::sqlite::SqliteArguments;
/// A statement to which values are bound.
pub type Query<'q> = sqlx::query::Query<'q, Db, Arguments>;
/// A statement that is put together.
pub type Sql = sqlx::QueryBuilder<Db>;

/// How a connection to one file is made.
pub type Options = SqliteConnectOptions;

/// What the database file of a data directory is called.
pub(crate) const FILE: &str = "zhitong.sqlite";

/// The database file of a data directory.
pub fn database(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

/// 3.51.3 mends a fault of the write-ahead log that can corrupt the file.
const OLDEST: c_int = 3_051_003;

/// The version of the engine, where it is too old to be trusted.
pub(crate) fn too_old() -> Option<c_int> {
    let version = libsqlite3_sys::SQLITE_VERSION_NUMBER;
    (version < OLDEST).then_some(version)
}

/// How every connection to the file reads.
pub(crate) fn options(file: &Path) -> Options {
    plain(file, Duration::from_secs(5))
        .foreign_keys(true)
        // 8 MB a connection: the upper pages of every index and what was just read.
        .pragma("cache_size", "-8192")
        // What has many rows, a history or an export, is read by so many at one go.
        .row_buffer_size(128)
}

fn plain(file: &Path, patience: Duration) -> Options {
    Options::new()
        .filename(file)
        .busy_timeout(patience)
        .disable_statement_logging()
}

/// A connection beside the program's own, for a copy of the file or a change behind its
/// back.
pub(crate) async fn beside(dir: &Path) -> Result<Conn, sqlx::Error> {
    plain(&database(dir), Duration::from_secs(30))
        .connect()
        .await
}

/// The connection that writes; the file is made where there is none. What is not
/// `durable` is not waited for until the disk has it.
pub(crate) async fn writer(options: Options, durable: bool) -> Result<Conn, sqlx::Error> {
    let synchronous = if durable {
        SqliteSynchronous::Full
    } else {
        SqliteSynchronous::Off
    };
    options
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("journal_size_limit", "67108864")
        // The log is folded in every 64 MB, not every 4: fewer waits for the disk.
        .pragma("wal_autocheckpoint", "16000")
        .pragma("temp_store", "MEMORY")
        .create_if_missing(true)
        .synchronous(synchronous)
        .connect()
        .await
}

/// A connection that only reads the file as it lies there. With a log beside it, it is open
/// elsewhere; without, nobody changes it.
pub(crate) fn to_read(dir: &Path) -> Options {
    let is_alone = !dir.join(format!("{FILE}-wal")).exists();
    options(&database(dir)).immutable(is_alone)
}

/// An empty database in memory.
pub(crate) async fn in_memory() -> Result<Conn, sqlx::Error> {
    Conn::connect("sqlite::memory:").await
}

/// Copies the file as it stands at one moment into `target`; nobody waits for it.
pub(crate) async fn copy(connection: &mut Conn, target: String) -> Result<(), sqlx::Error> {
    let copy = sqlx::query("VACUUM INTO $1").bind(target);
    copy.execute(connection).await?;
    Ok(())
}

/// Folds the log into the file, so that the file alone is the whole; `false` where somebody
/// reads still.
pub(crate) async fn fold_log(connection: &mut Conn) -> Result<bool, sqlx::Error> {
    let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(connection)
        .await?;
    Ok(busy == 0)
}

/// A count that moves when another program has written.
pub(crate) async fn written_by_others(connection: &mut Conn) -> Option<i64> {
    let count = sqlx::query_scalar("PRAGMA data_version");
    count.fetch_one(connection).await.ok()
}

/// A number of our own in the head of the file.
pub(crate) async fn mark(connection: &mut Conn) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(connection)
        .await
}

pub(crate) async fn set_mark(connection: &mut Conn, mark: i64) -> Result<(), sqlx::Error> {
    let set = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {mark}"));
    sqlx::query(set).execute(connection).await?;
    Ok(())
}

/// Asks `goes_on` every `steps` steps of a statement; it is broken off at the first no.
pub(crate) async fn limit(
    connection: &mut Conn,
    steps: c_int,
    goes_on: impl FnMut() -> bool + Send + 'static,
) -> Result<(), sqlx::Error> {
    connection
        .lock_handle()
        .await?
        .set_progress_handler(steps, goes_on);
    Ok(())
}

/// Calls `changed` in the middle of a statement, at each row that it changes.
pub(crate) async fn at_each_row(
    connection: &mut Conn,
    mut changed: impl FnMut() + Send + 'static,
) -> Result<(), sqlx::Error> {
    connection
        .lock_handle()
        .await?
        .set_update_hook(move |_| changed());
    Ok(())
}

/// How far a start looks for damage, in pages and entries of indexes: a second or two.
/// What lies behind it the nightly backup finds, which goes through the whole.
const LOOKED_AT: c_int = 20_000_000;

/// What is broken in the file, as the engine says it. It names no data.
pub(crate) async fn damage(connection: &mut Conn) -> Result<Option<String>, sqlx::Error> {
    limit(connection, LOOKED_AT, || false).await?;
    let found = sqlx::query_scalar("PRAGMA quick_check(1)");
    let found: Result<String, sqlx::Error> = found.fetch_one(&mut *connection).await;
    connection.lock_handle().await?.remove_progress_handler();
    match found {
        Ok(found) => Ok((found != "ok").then(|| found.replace('\n', " "))),
        Err(error) => match lack(&error) {
            Some(Lack::Time) => Ok(None),
            Some(Lack::Room | Lack::Turn) | None => Err(error),
        },
    }
}

/// What is wrong with the file's pages and indexes, a line each.
pub(crate) async fn broken_pages(connection: &mut Conn) -> Result<Vec<String>, sqlx::Error> {
    let found = sqlx::query_scalar("PRAGMA integrity_check");
    let found: Vec<String> = found.fetch_all(connection).await?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

/// Rows that name one that is not there, a line each.
pub(crate) async fn broken_references(connection: &mut Conn) -> Result<Vec<String>, sqlx::Error> {
    let found: Vec<(String, Option<i64>, String, i64)> = sqlx::query_as("PRAGMA foreign_key_check")
        .fetch_all(connection)
        .await?;
    let line = |(table, row, parent, _): (String, Option<i64>, String, i64)| {
        let row = row.unwrap_or_default();
        format!("row {row} of {table} names one that is not in {parent}")
    };
    Ok(found.into_iter().map(line).collect())
}

/// Tables, indexes and triggers, with how they were made.
pub(crate) async fn schema(connection: &mut Conn) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let rows = sqlx::query_as(
        "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master
         WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    );
    let rows: Vec<(String, String)> = rows.fetch_all(connection).await?;
    Ok(rows.into_iter().collect())
}

/// Whether there is a table of that name.
pub(crate) async fn has_table(connection: &mut Conn, name: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = $1)")
        .bind(name)
        .fetch_one(connection)
        .await
}

/// The highest number that a table ever gave, also to rows that have gone since.
pub(crate) async fn highest_given(
    connection: &mut Conn,
    table: &str,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = $1")
        .bind(table)
        .fetch_optional(connection)
        .await
}

/// Whether it has tables, and none of them keeps our migrations.
pub(crate) async fn is_foreign(connection: &mut Conn) -> Result<bool, sqlx::Error> {
    let tables = schema(connection).await?;
    let known = tables.contains_key("table _sqlx_migrations");
    Ok(!tables.is_empty() && !known)
}

/// Rows as a list shows them; one whose text is damaged leaves the others there.
pub(crate) fn readable<T: for<'r> sqlx::FromRow<'r, Row>>(rows: &[Row]) -> Vec<T> {
    let read = rows.iter().filter_map(|row| {
        let read = T::from_row(row);
        read.inspect_err(|error| tracing::error!(%error, "a row cannot be read"))
            .ok()
    });
    read.collect()
}

/// What the database lacked for now, where nothing else is wrong.
pub(crate) fn lack(error: &sqlx::Error) -> Option<Lack> {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const INTERRUPT: i32 = 9;
    const FULL: i32 = 13;
    /// A full shared-memory file has a code of its own.
    const NO_ROOM_IN_SHM: i32 = 4874;
    if matches!(error, sqlx::Error::PoolTimedOut) {
        return Some(Lack::Turn);
    }
    match code(error)? {
        NO_ROOM_IN_SHM => Some(Lack::Room),
        code => match code & 0xff {
            FULL => Some(Lack::Room),
            BUSY | LOCKED => Some(Lack::Turn),
            INTERRUPT => Some(Lack::Time),
            _ => None,
        },
    }
}

/// Whether the pages of the file do not fit together, or it is no database.
pub(crate) fn is_corrupt(error: &sqlx::Error) -> bool {
    const CORRUPT: i32 = 11;
    const NOT_A_DATABASE: i32 = 26;
    code(error).is_some_and(|code| matches!(code & 0xff, CORRUPT | NOT_A_DATABASE))
}

/// The engine's extended result code.
fn code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse().ok()
}
