//! Whether a data directory is what it should be: as it stood at one moment, so that a
//! program that serves it meanwhile does not look like damage.

use domain::meeting::Meeting;
use domain::task::TaskCase;

use crate::dialect::Conn;
use crate::journal::chain::{self, Head, Wrong};
use crate::journal::records;
use crate::{Error, Store, book, cases, directory, orders};

#[derive(Debug)]
pub struct Report {
    /// What the engine finds wrong with the file and its references, and what was changed
    /// around the program, a line each.
    pub damage: Vec<String>,
    /// What hangs on bodies that have gone, a line each: to be put right, and nothing that
    /// is broken.
    pub left_behind: Vec<String>,
    pub audit: Vec<Wrong>,
    pub cases: Vec<Differs>,
    /// Whether the line that was noted elsewhere is there as it was.
    pub noted: bool,
    pub head: Head,
}

/// A case that is not what its history makes of it.
#[derive(Debug)]
pub struct Differs {
    /// What people call it.
    pub what: String,
    /// Set where the history, or what is kept beside it, cannot be read at all.
    pub cause: Option<Error>,
}

/// Goes through everything; `noted` is a line of the audit as it was once.
pub async fn check(store: &Store, noted: Option<Head>) -> Result<Report, Error> {
    let mut damage = store.integrity().await?;
    // One snapshot for all that follows.
    let mut snapshot = store.long.begin().await?;
    let mut torn = Vec::new();
    let mut part = Part(&mut torn);
    let (audit, head) = part.of("the audit", chain::check(&mut snapshot).await)?;
    damage.extend(part.of("the counts", orders::miscounted(&mut snapshot).await)?);
    damage.extend(part.of("the records", records::differing(&mut snapshot).await)?);
    damage.extend(part.of("the histories", orphans(&mut snapshot).await)?);
    damage.extend(part.of("tasks and files", beside(&mut snapshot).await)?);
    let (mut cases, mut left_behind) = (Vec::new(), Vec::new());
    match book::load(&mut snapshot).await {
        Ok(book) => {
            cases.extend(part.of("the orders", orders::check(&mut snapshot, &book).await)?);
            cases.extend(part.of(
                "the meetings",
                cases::check::<Meeting>(&mut snapshot, &book).await,
            )?);
            cases.extend(part.of(
                "the tasks",
                cases::check::<TaskCase>(&mut snapshot, &book).await,
            )?);
            let left = directory::left_behind(&mut snapshot, &book.directory).await;
            left_behind = part.of("what hangs on bodies", left)?;
        }
        Err(error) => damage.push(format!(
            "the rules cannot be read, nor what goes by them: {error}"
        )),
    }
    damage.extend(torn);
    let noted = match noted {
        Some((line, hash)) => chain::hash_of(&mut snapshot, line).await? == Some(hash),
        None => true,
    };
    Ok(Report {
        damage,
        left_behind,
        audit,
        cases,
        noted,
        head,
    })
}

/// Where parts of the check are named that cannot be gone through to their ends: the other
/// parts go on.
struct Part<'d>(&'d mut Vec<String>);

impl Part<'_> {
    fn of<T: Default>(&mut self, name: &str, found: Result<T, Error>) -> Result<T, Error> {
        match found {
            Err(error) if error.is_damage() => {
                let because = std::error::Error::source(&error);
                let because = because
                    .map(|cause| format!(": {cause}"))
                    .unwrap_or_default();
                let line = format!("{name} cannot be gone through: {error}{because}");
                self.0.push(line);
                Ok(T::default())
            }
            found => found,
        }
    }
}

/// Histories of cases that are not there, a line each.
async fn orphans(connection: &mut Conn) -> Result<Vec<String>, Error> {
    let orphans: Vec<(String, i64)> = sqlx::query_as(
        "SELECT kind, case_id FROM events WHERE seq = 1 AND NOT CASE kind
         WHEN 'order' THEN EXISTS (SELECT 1 FROM orders WHERE orders.id = case_id)
         WHEN 'meeting' THEN EXISTS (SELECT 1 FROM meetings WHERE meetings.id = case_id)
         WHEN 'task' THEN EXISTS (SELECT 1 FROM task_cases WHERE task_cases.id = case_id)
         ELSE FALSE END",
    )
    .fetch_all(connection)
    .await?;
    let line = |(kind, id): (String, i64)| {
        format!("the {kind} with id {id} is gone, its history is there")
    };
    Ok(orphans.into_iter().map(line).collect())
}

/// What is kept beside the histories and does not say what they say, a line each.
async fn beside(connection: &mut Conn) -> Result<Vec<String>, Error> {
    let mut wrong = Vec::new();
    for sql in [
        // Whom a task concerns: its owner, and those whose codes stand in `co_owners`.
        "SELECT 'a task of ' || tasks.case_kind || ' '
                || coalesce(orders.number, task_cases.number, tasks.case_id)
                || ' is not its body''s' FROM tasks
         LEFT JOIN orders ON tasks.case_kind = 'order' AND orders.id = tasks.case_id
         LEFT JOIN task_cases ON tasks.case_kind = 'task' AND task_cases.id = tasks.case_id
         WHERE 1 + length(co_owners) - length(replace(co_owners, ' ', '')) + (co_owners <> '')
            <> (SELECT count(*) FROM task_bodies
                WHERE task_bodies.case_kind = tasks.case_kind
                  AND task_bodies.case_id = tasks.case_id AND task_bodies.seq = tasks.seq
                  AND (body = owner OR instr(' ' || co_owners || ' ', ' ' || body || ' ') > 0))
            OR EXISTS (SELECT 1 FROM task_bodies
                WHERE task_bodies.case_kind = tasks.case_kind
                  AND task_bodies.case_id = tasks.case_id AND task_bodies.seq = tasks.seq
                  AND body <> owner AND instr(' ' || co_owners || ' ', ' ' || body || ' ') = 0)",
        // Each is of a case that is there.
        "SELECT 'a task of ' || case_kind || ' ' || case_id || ' is of no case' FROM tasks
         WHERE NOT CASE case_kind
             WHEN 'order' THEN EXISTS (SELECT 1 FROM orders WHERE orders.id = case_id)
             WHEN 'task' THEN EXISTS (SELECT 1 FROM task_cases WHERE task_cases.id = case_id)
             ELSE FALSE END",
        // A file hangs where its event says, under its name.
        "SELECT 'attachment ' || json_extract(file.value, '$.id') || ' of ' || events.kind || ' '
                || coalesce(orders.number, meetings.number, task_cases.number, events.case_id)
                || ' does not hang there as it was sent'
         FROM events
         LEFT JOIN orders ON events.kind = 'order' AND orders.id = events.case_id
         LEFT JOIN meetings ON events.kind = 'meeting' AND meetings.id = events.case_id
         LEFT JOIN task_cases ON events.kind = 'task' AND task_cases.id = events.case_id,
             json_each(CASE WHEN json_valid(events.attachments)
                       THEN events.attachments ELSE '[]' END) AS file
         LEFT JOIN attachments ON attachments.id = json_extract(file.value, '$.id')
         WHERE events.attachments <> '[]' AND (
             attachments.id IS NULL
             OR attachments.digest IS NOT json_extract(file.value, '$.digest')
             OR attachments.name IS NOT json_extract(file.value, '$.name')
             OR NOT ((attachments.case_kind IS events.kind
                      AND attachments.case_id IS events.case_id)
                     OR events.kind = 'order' AND EXISTS (SELECT 1 FROM attachments_also
                                WHERE attachment = attachments.id AND order_id = events.case_id)))",
        // Numbers go on from the last that was given.
        "SELECT 'the next number of orders of ' || year || ' is not the one after the last'
         FROM serials WHERE last IS NOT (
             SELECT max(CAST(substr(number, 9) AS INTEGER)) FROM orders
             WHERE number >= 'XM-' || year || '-' AND number < 'XM-' || year || '.')",
    ] {
        let found: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "SELECT CAST(said AS BLOB) FROM (SELECT NULL AS said WHERE FALSE UNION ALL {sql})"
        )))
        .fetch_all(&mut *connection)
        .await?;
        let found = found.into_iter();
        wrong.extend(found.map(|line| String::from_utf8_lossy(&line).into_owned()));
    }
    Ok(wrong)
}
