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
    #[error("the writer has stopped")]
    Stopped,
    /// A command panicked; nothing of it was kept.
    #[error("a write failed in an unforeseen way")]
    Panicked,
    #[error("the system gave no random numbers")]
    NoRandomness,
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
