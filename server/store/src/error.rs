use domain::Refusal;
use domain::meeting::history::BrokenMeeting;
use domain::order::Broken;
use thiserror::Error;

use crate::book::BookError;

/// Why the store did not do what was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// There is none, or none that the caller may know of.
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the history of an order does not follow the rules")]
    Broken(#[from] Broken),
    #[error("the history of a meeting does not follow the rules")]
    BrokenMeeting(#[from] BrokenMeeting),
    /// A row that the domain cannot read.
    #[error("column {column} holds {value:?}")]
    Unreadable { column: &'static str, value: String },
    #[error("an event cannot be read")]
    Event(#[from] serde_json::Error),
    #[error("the rules cannot be read")]
    Book(#[source] Box<BookError>),
    #[error("the database refused")]
    Database(#[from] sqlx::Error),
    /// Nothing was written; the same can be tried again once that is mended.
    #[error("nothing was written: {0}")]
    Lacking(Lack),
    #[error("the writer has stopped")]
    Stopped,
    /// A command panicked; nothing of it was kept.
    #[error("a write failed in an unforeseen way")]
    Panicked,
    #[error("the system gave no random numbers")]
    NoRandomness,
}

/// What the database did not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Lack {
    #[error("the disk is full")]
    Room,
    /// Another program holds the lock, or every reader is taken.
    #[error("the database is busy")]
    Turn,
    #[error("it took too long")]
    Time,
}

impl Error {
    /// Whether nothing is wrong but that something is lacking for now.
    pub fn lack(&self) -> Option<Lack> {
        match self {
            Self::Lacking(lack) => Some(*lack),
            Self::Database(error) => lack(error),
            _ => None,
        }
    }
}

/// SQLite's primary result codes; a full shared-memory file has one of its own.
pub(crate) fn lack(error: &sqlx::Error) -> Option<Lack> {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const INTERRUPT: i32 = 9;
    const FULL: i32 = 13;
    const NO_ROOM_IN_SHM: i32 = 4874;
    let error = match error {
        sqlx::Error::PoolTimedOut => return Some(Lack::Turn),
        sqlx::Error::Database(error) => error,
        _ => return None,
    };
    match error.code()?.parse::<i32>().ok()? {
        NO_ROOM_IN_SHM => Some(Lack::Room),
        code => match code & 0xff {
            FULL => Some(Lack::Room),
            BUSY | LOCKED => Some(Lack::Turn),
            INTERRUPT => Some(Lack::Time),
            _ => None,
        },
    }
}

/// SQLite's codes for a file whose pages do not fit together, or that is none of its files.
pub(crate) fn is_corrupt(error: &sqlx::Error) -> bool {
    const CORRUPT: i32 = 11;
    const NOT_A_DATABASE: i32 = 26;
    let code = error.as_database_error().and_then(|error| error.code());
    let code = code.and_then(|code| code.parse::<i32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, CORRUPT | NOT_A_DATABASE))
}

impl From<BookError> for Error {
    fn from(error: BookError) -> Self {
        Self::Book(Box::new(error))
    }
}

impl From<domain::FieldFault> for Error {
    fn from(fault: domain::FieldFault) -> Self {
        Self::Refused(fault.into())
    }
}
