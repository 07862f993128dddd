//! The only place that reads the time; everything else is handed it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{SubsecRound, Utc};
use domain::Instant;
use thiserror::Error;

/// Where the time comes from.
#[derive(Clone)]
pub enum Clock {
    System,
    /// For training and black-box tests: one RFC 3339 line in a file, read anew
    /// at each use; the last good one while the file cannot be read.
    Rehearsal {
        file: PathBuf,
        last: Arc<Mutex<Instant>>,
    },
}

#[derive(Debug, Error)]
pub enum ClockError {
    #[error("--clock: {0} cannot be read")]
    Unreadable(PathBuf, #[source] std::io::Error),
    #[error(
        "--clock: {0} must hold one RFC 3339 time, such as 2026-11-23T09:00:00+08:00, from 2000 to 2098"
    )]
    NotATime(PathBuf),
}

impl Clock {
    pub fn rehearsal(file: PathBuf) -> Result<Self, ClockError> {
        let first = read(&file)?;
        Ok(Self::Rehearsal {
            file,
            last: Arc::new(Mutex::new(first)),
        })
    }

    /// The time by which orders live, in whole seconds.
    pub fn now(&self) -> Instant {
        match self {
            Self::System => Self::wall(),
            Self::Rehearsal { file, last } => {
                let mut last = match last.lock() {
                    Ok(last) => last,
                    Err(poisoned) => poisoned.into_inner(),
                };
                match read(file) {
                    Ok(now) => *last = now,
                    Err(error) => tracing::warn!(%error, "the rehearsal goes on at its last time"),
                }
                *last
            }
        }
    }

    /// The real time, by which sessions end even in a rehearsal.
    pub fn wall() -> Instant {
        Utc::now().trunc_subsecs(0)
    }
}

fn read(file: &Path) -> Result<Instant, ClockError> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| ClockError::Unreadable(file.to_owned(), error))?;
    let none = || ClockError::NotATime(file.to_owned());
    chrono::DateTime::parse_from_rfc3339(text.trim()).map_err(|_| none())?;
    let at = domain::time::parse(&text).ok_or_else(none)?;
    Ok(at.trunc_subsecs(0))
}
