//! What lists read of a task that is a case by itself: kept beside its history in the same
//! transaction, and always what the history makes of it. Deadlines that calendars and rules
//! move.

use domain::case::{History, When};
use domain::task::{TaskLine, TaskStep, TaskWhat, escalation, recount};
use domain::time::Calendar;
use domain::{Actor, AuditKind, Instant, Refusal, Rulebook, Rules};
use sqlx::FromRow;

use super::{Case, Found, Row};
use crate::audit::{self, Entry};
use crate::cases::{self, Due, Kind, Moved, Stored, replayed};
use crate::context::Trace;
use crate::dialect::Conn;
use crate::notices::Told;
use crate::times::seconds;
use crate::troubles::Troubles;
use crate::{Context, Error, Store};

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
    /// One, unless something was written around the program.
    lines: Vec<TaskLine>,
}

impl Kept {
    fn of(case: &Case, book: &Rulebook) -> Self {
        Self {
            columns: Columns {
                number: case.number.to_string(),
                title: case.title.as_str().to_owned(),
                version: case.version(),
                sweep_at: escalation::next_at(case, book).map(seconds),
            },
            lines: vec![case.task.line(book)],
        }
    }

    async fn read(connection: &mut Conn, id: i64) -> Result<Self, Error> {
        let columns = "SELECT number, title, version, sweep_at FROM task_cases WHERE id = $1";
        let line = "SELECT tasks.*, '' AS number, '' AS title, '' AS enterprise FROM tasks
                    WHERE case_kind = 'task' AND case_id = $1";
        let lines: Vec<Row> = sqlx::query_as(line)
            .bind(id)
            .fetch_all(&mut *connection)
            .await?;
        let lines = lines.into_iter().map(Row::read);
        Ok(Self {
            columns: sqlx::query_as(columns)
                .bind(id)
                .fetch_one(connection)
                .await?,
            lines: lines.collect::<Result<_, _>>()?,
        })
    }
}

impl Stored for Case {
    const KIND: Kind = Kind::Task;
    const AUDIT_KIND: AuditKind = AuditKind::Tasks;

    fn number(&self) -> String {
        self.number.to_string()
    }

    fn moved() -> Refusal {
        Refusal::TaskMoved
    }

    fn told(&self, _: &Self, what: &TaskWhat) -> Told {
        what.told(self).into()
    }

    async fn insert(&self, connection: &mut Conn) -> Result<i64, Error> {
        let insert = "INSERT INTO task_cases (number, title, version) VALUES ($1, $2, $3)";
        let inserted = sqlx::query(insert)
            .bind(self.number.to_string())
            .bind(self.title.as_str())
            .bind(self.version())
            .execute(connection)
            .await?;
        Ok(inserted.last_insert_rowid())
    }

    async fn keep(&self, connection: &mut Conn, id: i64, book: &Rulebook) -> Result<(), Error> {
        let Kept { columns, lines } = Kept::of(self, book);
        sqlx::query("UPDATE task_cases SET version = $1, sweep_at = $2 WHERE id = $3")
            .bind(columns.version)
            .bind(columns.sweep_at)
            .bind(id)
            .execute(&mut *connection)
            .await?;
        super::write(connection, Kind::Task, id, &lines).await
    }

    async fn is_kept(
        &self,
        connection: &mut Conn,
        id: i64,
        book: &Rulebook,
    ) -> Result<bool, Error> {
        Ok(Kept::read(connection, id).await? == Kept::of(self, book))
    }

    async fn made(
        _: &mut Conn,
        _: &Context,
        _: &Found,
        _: When,
        step: TaskStep,
    ) -> Result<TaskStep, Error> {
        Ok(step)
    }
}

/// Fires the levels of the ladder that tasks have come to. Answers how many tasks, and how
/// many events.
pub(crate) async fn sweep(store: &Store, now: Instant) -> Result<(usize, usize), Error> {
    let due = "SELECT id, number FROM task_cases WHERE sweep_at <= $1 ORDER BY sweep_at";
    let due: Due = sqlx::query_as(due)
        .bind(seconds(now))
        .fetch_all(&store.read)
        .await?;
    cases::sweep::<Case>(store, now, due, || TaskStep::Elapse).await
}

/// What another calendar would do to tasks whose clocks run; `after` is the book that has it.
pub(crate) async fn preview_calendar(
    connection: &mut Conn,
    ctx: &Context,
    year: i32,
    after: &Rulebook,
) -> Result<Vec<Moved>, Error> {
    let (actor, before) = (&ctx.actor, &ctx.book.calendar);
    let mut moved = Vec::new();
    for (id, number) in running(connection).await? {
        let case = match replayed::<Case>(connection, id).await {
            Ok(found) => found.case,
            Err(error) => {
                ctx.store.troubles.note(&format!("task {number}"), &error);
                continue;
            }
        };
        let events = recount::republish(&case, actor, ctx.now, year, before, after);
        let moves = recount::moved(&events);
        if !moves.is_empty() {
            moved.push(Moved {
                number,
                body: Some(case.task.duty.owner.clone()),
                moves,
            });
        }
    }
    Ok(moved)
}

/// A year's notice was applied: writes it into the history of each task that it moves. Answers
/// how many those are.
pub(crate) async fn republish(
    connection: &mut Conn,
    actor: &Actor,
    now: Instant,
    year: i32,
    before: &Calendar,
    by: (&Rulebook, &Troubles),
) -> Result<u64, Error> {
    let running = running(connection).await?;
    let moved = cases::each::<Case>(connection, running, actor, by, |case| {
        recount::republish(case, actor, now, year, before, by.0)
    })
    .await?;
    seal(connection, actor, (now, AuditKind::CalendarApplied), moved).await
}

/// A line of the audit for what moved, where anything did.
async fn seal(
    connection: &mut Conn,
    actor: &Actor,
    (now, deed): (Instant, AuditKind),
    moved: u64,
) -> Result<u64, Error> {
    let entry = Entry::new(deed, now, &Trace::default()).by(actor);
    audit::seal(connection, &entry.detail(format!("{moved} tasks"))).await?;
    Ok(moved)
}

/// A version of the rules takes over the clocks that run.
pub(crate) async fn rerule(
    connection: &mut Conn,
    actor: &Actor,
    now: Instant,
    rules: &Rules,
    by: (&Rulebook, &Troubles),
) -> Result<u64, Error> {
    let running = running(connection).await?;
    let moved = cases::each::<Case>(connection, running, actor, by, |case| {
        recount::rerule(case, actor, now, rules, by.0)
    })
    .await?;
    seal(connection, actor, (now, AuditKind::RulesChanged), moved).await
}

/// Those whose clocks run.
async fn running(connection: &mut Conn) -> Result<Due, Error> {
    let open = "SELECT task_cases.id, task_cases.number FROM task_cases
         JOIN tasks ON case_kind = 'task' AND case_id = task_cases.id
         WHERE state = 'open' ORDER BY task_cases.id";
    Ok(sqlx::query_as(open).fetch_all(connection).await?)
}
