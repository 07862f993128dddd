//! What lists read of a task that is a case by itself: kept beside its history in the same
//! transaction, and always what the history makes of it. Deadlines that calendars and rules
//! move.

use domain::task::{TaskCase, TaskEvent, TaskLine, TaskWhat, escalation, recount};
use domain::time::Calendar;
use domain::{Actor, Instant, Rulebook, Rules};
use sqlx::FromRow;

use super::Row;
use super::door::write_down;
use super::find::{Found, replayed};
use crate::cases::{Kind, Moved};
use crate::dialect::Conn;
use crate::journal::check::Differs;
use crate::journal::events::{self, Histories};
use crate::times::seconds;
use crate::troubles::Troubles;
use crate::writer::{close_record, open_record};
use crate::{Desk, Error};

#[derive(Debug, PartialEq, Eq, FromRow)]
struct Columns {
    number: String,
    title: String,
    version: u32,
    sweep_at: Option<i64>,
}

/// A task as it is kept.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    columns: Columns,
    line: TaskLine,
}

impl Kept {
    fn of(case: &TaskCase, book: &Rulebook) -> Self {
        Self {
            columns: Columns {
                number: case.number.to_string(),
                title: case.title.as_str().to_owned(),
                version: case.version,
                sweep_at: escalation::next_at(case, book).map(seconds),
            },
            line: case.task.line(book),
        }
    }

    async fn read(connection: &mut Conn, id: i64) -> Result<Self, Error> {
        let columns = "SELECT number, title, version, sweep_at FROM task_cases WHERE id = $1";
        let line = "SELECT tasks.*, '' AS number, '' AS title, '' AS enterprise FROM tasks
                    WHERE case_kind = 'task' AND case_id = $1";
        let line: Row = sqlx::query_as(line)
            .bind(id)
            .fetch_one(&mut *connection)
            .await?;
        Ok(Self {
            columns: sqlx::query_as(columns)
                .bind(id)
                .fetch_one(connection)
                .await?,
            line: line.read()?,
        })
    }
}

/// A task that is given; [`keep`] writes the rest.
pub(super) async fn insert(connection: &mut Conn, case: &TaskCase) -> Result<i64, Error> {
    let insert = "INSERT INTO task_cases (number, title, version) VALUES ($1, $2, $3)";
    let inserted = sqlx::query(insert)
        .bind(case.number.to_string())
        .bind(case.title.as_str())
        .bind(case.version)
        .execute(connection)
        .await?;
    Ok(inserted.last_insert_rowid())
}

/// Writes what lists read of a task anew.
pub(super) async fn keep(
    connection: &mut Conn,
    id: i64,
    case: &TaskCase,
    book: &Rulebook,
) -> Result<(), Error> {
    let Kept { columns, line } = Kept::of(case, book);
    sqlx::query("UPDATE task_cases SET version = $1, sweep_at = $2 WHERE id = $3")
        .bind(columns.version)
        .bind(columns.sweep_at)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    super::write(connection, Kind::Task, id, &[line]).await
}

/// Tells every history anew and holds it against what is kept for reading.
pub(crate) async fn check(connection: &mut Conn, book: &Rulebook) -> Result<Vec<Differs>, Error> {
    let all = "SELECT id, number FROM task_cases ORDER BY id";
    let all: Vec<(i64, String)> = sqlx::query_as(all).fetch_all(&mut *connection).await?;
    let mut wrong = Vec::new();
    for group in all.chunks(200) {
        let ids: Vec<i64> = group.iter().map(|(id, _)| *id).collect();
        let mut told: Histories<TaskWhat> = events::histories(connection, &ids).await?;
        for (id, number) in group {
            let events = told.remove(id).unwrap_or(Ok(Vec::new()));
            let told = events.and_then(|events| Ok(TaskCase::replay(&events)?));
            let cause = match (told, Kept::read(connection, *id).await) {
                (Ok(case), Ok(kept)) if Kept::of(&case, book) == kept => continue,
                (Ok(_), Ok(_)) => None,
                (Err(error), _) | (Ok(_), Err(error)) => Some(error),
            };
            wrong.push(Differs {
                what: format!("task {number}"),
                cause,
            });
        }
    }
    Ok(wrong)
}

/// What another calendar would do to tasks whose clocks run; `after` is the book that has it.
pub(crate) async fn preview_calendar(
    connection: &mut Conn,
    desk: &Desk,
    year: i32,
    after: &Rulebook,
) -> Result<Vec<Moved>, Error> {
    let (actor, before) = (&desk.actor, &desk.book.calendar);
    let mut moved = Vec::new();
    for found in running(connection, &desk.store.troubles).await? {
        let case = &found.case;
        let events = recount::republish(case, actor, desk.now, year, before, after);
        let moves = recount::moved(&events);
        if !moves.is_empty() {
            moved.push(Moved {
                number: case.number.to_string(),
                body: Some(case.task.duty.owner.clone()),
                moves,
            });
        }
    }
    Ok(moved)
}

/// A year's notice was applied: writes it into the history of each task that it moves. Answers
/// how many those are. The line of the audit is its caller's.
pub(crate) async fn republish(
    connection: &mut Conn,
    actor: &Actor,
    now: Instant,
    year: i32,
    before: &Calendar,
    (book, troubles): (&Rulebook, &Troubles),
) -> Result<u64, Error> {
    let happens = |case: &TaskCase| recount::republish(case, actor, now, year, before, book);
    write_all(connection, actor, (book, troubles), happens).await
}

/// A version of the rules takes over the clocks that run.
pub(crate) async fn rerule(
    connection: &mut Conn,
    actor: &Actor,
    now: Instant,
    rules: &Rules,
    (book, troubles): (&Rulebook, &Troubles),
) -> Result<u64, Error> {
    let happens = |case: &TaskCase| recount::rerule(case, actor, now, rules, book);
    write_all(connection, actor, (book, troubles), happens).await
}

async fn write_all(
    connection: &mut Conn,
    actor: &Actor,
    (book, troubles): (&Rulebook, &Troubles),
    happens: impl Fn(&TaskCase) -> Vec<TaskEvent>,
) -> Result<u64, Error> {
    let mut written = 0;
    for found in running(connection, troubles).await? {
        let what = format!("task {}", found.case.number);
        let events = happens(&found.case);
        open_record(connection).await?;
        // A level of the ladder can move although its deadline does not.
        let done = write_down(connection, found, actor, &events, book).await;
        match close_record(connection, done).await? {
            Ok(()) => written += u64::from(!events.is_empty()),
            Err(error) => troubles.note(&what, &error),
        }
    }
    Ok(written)
}

/// Those whose clocks run. One that cannot be read is named, and holds up no other.
async fn running(connection: &mut Conn, troubles: &Troubles) -> Result<Vec<Found>, Error> {
    let open = "SELECT task_cases.id, task_cases.number FROM task_cases
         JOIN tasks ON case_kind = 'task' AND case_id = task_cases.id
         WHERE state = 'open' ORDER BY task_cases.id";
    let open: Vec<(i64, String)> = sqlx::query_as(open).fetch_all(&mut *connection).await?;
    let mut found = Vec::with_capacity(open.len());
    for (id, number) in open {
        match replayed(connection, id).await {
            Ok(one) => found.push(one),
            Err(error) => troubles.note(&format!("task {number}"), &error),
        }
    }
    Ok(found)
}
