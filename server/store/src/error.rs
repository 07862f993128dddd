use domain::Refusal;
use domain::case::history::Broken as BrokenCase;
use domain::order::Broken;
use thiserror::Error;

use crate::book::BookError;
use crate::dialect;

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
    #[error("the history of a case does not follow the rules")]
    BrokenCase(#[from] BrokenCase),
    /// A row that the domain cannot read.
    #[error("column {column} holds {value:?}")]
    Unreadable { column: &'static str, value: String },
    #[error("an event cannot be read")]
    Event(#[from] serde_json::Error),
    #[error("a row cannot be read")]
    Row(#[source] serde_json::Error),
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
    /// Of columns that go together, only some are there.
    pub(crate) fn half(column: &'static str, has_time: bool, text: Option<String>) -> Self {
        let value = match (text, has_time) {
            (Some(text), _) => format!("{text} alone"),
            (None, true) => "a time alone".to_owned(),
            (None, false) => "less than all of it".to_owned(),
        };
        Self::Unreadable { column, value }
    }

    /// Whether a record that is there cannot be read.
    pub(crate) fn is_damage(&self) -> bool {
        match self {
            Self::Broken(_)
            | Self::BrokenCase(_)
            | Self::Unreadable { .. }
            | Self::Event(_)
            | Self::Row(_)
            | Self::Database(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => true,
            Self::NotFound
            | Self::Refused(_)
            | Self::Book(_)
            | Self::Database(_)
            | Self::Lacking(_)
            | Self::Stopped
            | Self::Panicked
            | Self::NoRandomness => false,
        }
    }

    /// Whether nothing is wrong but that something is lacking for now.
    pub fn lack(&self) -> Option<Lack> {
        match self {
            Self::Lacking(lack) => Some(*lack),
            Self::Database(error) => dialect::lack(error),
            _ => None,
        }
    }
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
