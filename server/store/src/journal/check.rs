//! Whether a data directory is what it should be: as it stood at one moment, so that a
//! program that serves it meanwhile does not look like damage.

use crate::dialect::Conn;
use crate::journal::audit::{self, Head, Wrong};
use crate::journal::records;
use crate::{Error, Store, book, directory, meetings, orders};

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
    let (audit, head) = audit::check(&mut snapshot).await?;
    damage.extend(orders::miscounted(&mut snapshot).await?);
    damage.extend(records::differing(&mut snapshot).await?);
    damage.extend(orphans(&mut snapshot).await?);
    let (mut cases, mut left_behind) = (Vec::new(), Vec::new());
    match book::load(&mut snapshot).await {
        Ok(book) => {
            cases.extend(orders::check(&mut snapshot, &book).await?);
            cases.extend(meetings::check(&mut snapshot, &book).await?);
            left_behind = directory::left_behind(&mut snapshot, &book.directory).await?;
        }
        Err(error) => damage.push(format!(
            "the rules cannot be read, nor what goes by them: {error}"
        )),
    }
    let noted = match noted {
        Some((line, hash)) => audit::hash_of(&mut snapshot, line).await? == Some(hash),
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

/// Histories of cases that are not there, a line each.
async fn orphans(connection: &mut Conn) -> Result<Vec<String>, Error> {
    let orphans: Vec<(String, i64)> = sqlx::query_as(
        "SELECT kind, case_id FROM events WHERE seq = 1 AND NOT CASE kind
             WHEN 'order' THEN EXISTS (SELECT 1 FROM orders WHERE orders.id = case_id)
             WHEN 'meeting' THEN EXISTS (SELECT 1 FROM meetings WHERE meetings.id = case_id)
             ELSE FALSE END",
    )
    .fetch_all(connection)
    .await?;
    let line = |(kind, id): (String, i64)| {
        format!("the {kind} with id {id} is gone, its history is there")
    };
    Ok(orphans.into_iter().map(line).collect())
}
