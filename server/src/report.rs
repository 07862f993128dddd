//! What is wrong with a data directory, in sentences: for `server check`, backups and what
//! is brought back from them.

use std::error::Error as _;
use std::path::Path;

use store::audit::{Head, Wrong};
use store::check::{Differs, check};
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
    broken.extend(report.cases.iter().map(differs));
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
    let what = &wrong.what;
    match &wrong.cause {
        None => format!("{what} is not what its history makes of it"),
        Some(cause) => {
            let because = cause.source().map(|source| format!(": {source}"));
            let because = because.unwrap_or_default();
            format!("{what} cannot be read: {cause}{because}")
        }
    }
}

fn said(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Changed { line, object } => {
            let of = about(object);
            format!("audit line {line}{of}, or an event that it seals, was changed")
        }
        Wrong::ChangedRows {
            line,
            object,
            table,
        } => {
            let of = about(object);
            format!("{table} that audit line {line}{of} seals were changed")
        }
        Wrong::Missing { after } => format!("the audit has no line after {after}"),
        Wrong::CutOff { last, written } => {
            format!("the audit ends with line {last}, but {written} were written")
        }
        Wrong::Unsealed { event } => format!("events from {event} on are not in the audit"),
        Wrong::UnsealedRow { row } => {
            format!("{row} was written around the program: the audit does not know of it")
        }
    }
}

/// What a line tells of.
fn about(object: &str) -> String {
    if object.is_empty() {
        String::new()
    } else {
        format!(" ({object})")
    }
}
