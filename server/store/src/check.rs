//! Whether a data directory is what it should be: as it stood at one moment, so that a
//! program that serves it meanwhile does not look like damage.

use crate::audit::{self, Head, Wrong};
use crate::orders::{self, Differs};
use crate::{Error, Store, book, directory};

#[derive(Debug)]
pub struct Report {
    /// What the engine finds wrong with the file and its references, a line each.
    pub damage: Vec<String>,
    /// What hangs on bodies that have gone, a line each: to be put right, and nothing that
    /// is broken.
    pub left_behind: Vec<String>,
    pub audit: Vec<Wrong>,
    pub orders: Vec<Differs>,
    /// Whether the line that was noted elsewhere is there as it was.
    pub noted: bool,
    pub head: Head,
}

/// Goes through everything; `noted` is a line of the audit as it was once.
pub async fn check(store: &Store, noted: Option<Head>) -> Result<Report, Error> {
    let mut damage = store.integrity().await?;
    // One snapshot for all that follows.
    let mut snapshot = store.long.begin().await?;
    let (audit, head) = audit::check(&mut snapshot).await?;
    let book = book::load(&mut snapshot).await?;
    let orders = orders::check(&mut snapshot, &book).await?;
    damage.extend(orders::miscounted(&mut snapshot).await?);
    let left_behind = directory::left_behind(&mut snapshot, &book.directory).await?;
    let noted = match noted {
        Some((line, hash)) => audit::hash_of(&mut snapshot, line).await? == Some(hash),
        None => true,
    };
    Ok(Report {
        damage,
        left_behind,
        audit,
        orders,
        noted,
        head,
    })
}
