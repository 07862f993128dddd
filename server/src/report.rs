//! What is wrong with a data directory, in sentences: for `server check`, backups and what
//! is brought back from them.

use std::error::Error as _;
use std::path::Path;

use store::audit::{Head, Wrong};
use store::check::check;
use store::orders::Differs;
use store::{Store, attachments};

use crate::files::Files;

/// What is found in a data directory.
pub struct Findings {
    /// What is damaged or was changed by others, a line each.
    pub broken: Vec<String>,
    /// What has to be put right by people, and is whole.
    pub left_behind: Vec<String>,
    /// The audit's.
    pub head: Head,
}

/// `noted` is a line of the audit as it was once.
pub async fn of(store: &Store, data: &Path, noted: Option<Head>) -> Result<Findings, store::Error> {
    let number = noted.as_ref().map(|(number, _)| *number);
    let report = check(store, noted).await?;
    let (digests, _) = attachments::kept(store).await?;
    let files = Files::to_read(data);
    let mut broken = report.damage;
    broken.extend(report.audit.iter().map(said));
    broken.extend(report.orders.iter().map(differs));
    let unsound = digests.iter().filter(|digest| !files.is_sound(digest));
    broken.extend(unsound.map(|digest| format!("attachment {digest} is missing, or changed")));
    if let (Some(number), false) = (number, report.noted) {
        broken.push(format!("audit line {number} is not the one that was noted"));
    }
    Ok(Findings {
        broken,
        left_behind: report.left_behind,
        head: report.head,
    })
}

fn differs(wrong: &Differs) -> String {
    let number = &wrong.number;
    match &wrong.cause {
        None => format!("order {number} is not what its history makes of it"),
        Some(cause) => {
            let because = cause.source().map(|source| format!(": {source}"));
            let because = because.unwrap_or_default();
            format!("order {number} cannot be read: {cause}{because}")
        }
    }
}

fn said(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Changed { line } => {
            format!("audit line {line}, or an event that it seals, was changed")
        }
        Wrong::Missing { after } => format!("the audit has no line after {after}"),
        Wrong::CutOff { last, written } => {
            format!("the audit ends with line {last}, but {written} were written")
        }
        Wrong::Unsealed { event } => {
            format!("events of orders from {event} on are not in the audit")
        }
    }
}
