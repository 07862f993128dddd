use domain::{FieldFault, Refusal};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::api::text::TextEncoding;

/// What went wrong, as far as the person in front of the page may know. The
/// cause goes to the log.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "problem", content = "of", rename_all = "snake_case")]
pub enum Problem {
    #[error("refused")]
    Refused(#[from] Refusal),
    #[error("not found")]
    NotFound,
    #[error("not signed in")]
    NotSignedIn,
    /// Not a fault: typed text was carried over a sign-in.
    #[error("signed in again")]
    SignedInAgain,
    #[error("wrong account or password")]
    WrongPassword,
    /// Somebody else gave the password, and it was not used in time.
    #[error("a first password that is over")]
    FirstPasswordOver,
    /// Not a fault: the second step of a sign-in.
    #[error("a code is asked for")]
    CodeAsked,
    /// Not a fault: an identity that a sign-in with the password will link.
    #[error("an identity that is not linked")]
    NotLinked,
    #[error("the identity provider failed")]
    ProviderFailed,
    /// Too many attempts or requests; in so many seconds again.
    #[error("too many, wait {seconds} s")]
    TooMany { seconds: u32 },
    #[error("from a page of another site")]
    ForeignOrigin,
    #[error("too large")]
    TooLarge,
    #[error("malformed")]
    Malformed,
    /// Only in the browser: the server could not be reached.
    #[error("offline")]
    Offline,
    #[error("a search for too much")]
    SearchTooLong,
    /// The database is held by another program, or everybody reads at once.
    #[error("busy")]
    Busy,
    #[error("took too long")]
    TookTooLong,
    /// Nothing can be written; reading goes on.
    #[error("the disk is full")]
    DiskFull,
    /// A file is missing from its place, or is not what was put there.
    #[error("a file was lost")]
    FileLost,
    #[error("failed")]
    Failed,
}

impl Problem {
    /// The HTTP status that says it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => match refusal {
                Refusal::Invalid { .. } => 422,
                Refusal::NotYours { .. } | Refusal::Forbidden { .. } | Refusal::NotTheChair => 403,
                Refusal::WrongStage { .. }
                | Refusal::Changed { .. }
                | Refusal::RatingOpen { .. }
                | Refusal::RulesChanged
                | Refusal::AwaitsRuling
                | Refusal::NothingToDecide { .. }
                | Refusal::PastDeadline { .. }
                | Refusal::NoTimeLeft { .. }
                | Refusal::HasMerged
                | Refusal::CardOpen
                | Refusal::BeforeMain
                | Refusal::OutOfSight
                | Refusal::KeyUsed { .. }
                | Refusal::Several { .. }
                | Refusal::AskedTooLate { .. }
                | Refusal::AlreadyAsked
                | Refusal::NoMore { .. }
                | Refusal::TasksOpen { .. }
                | Refusal::OnTheExpress
                | Refusal::MeetingState { .. }
                | Refusal::TaskState { .. }
                | Refusal::TaskMoved
                | Refusal::TaskPastDue { .. }
                | Refusal::NotYet { .. }
                | Refusal::MinutesFrozen
                | Refusal::MinutesMoved { .. }
                | Refusal::NothingApproved
                | Refusal::NothingWritten
                | Refusal::MatterDecided
                | Refusal::MeetingMoved
                | Refusal::WithDeputy => 409,
            },
            Self::NotFound => 404,
            Self::NotSignedIn | Self::WrongPassword | Self::FirstPasswordOver => 401,
            Self::SignedInAgain | Self::CodeAsked | Self::NotLinked => 200,
            Self::ProviderFailed => 401,
            Self::TooMany { .. } => 429,
            Self::ForeignOrigin => 403,
            Self::TooLarge => 413,
            Self::Malformed | Self::SearchTooLong => 400,
            Self::Busy | Self::TookTooLong => 503,
            Self::DiskFull => 507,
            Self::FileLost => 410,
            Self::Offline | Self::Failed => 500,
        }
    }

    /// The fields that it speaks of.
    pub fn faults(&self) -> &[FieldFault] {
        match self {
            Self::Refused(Refusal::Invalid { faults }) => faults,
            _ => &[],
        }
    }
}

impl From<FieldFault> for Problem {
    fn from(fault: FieldFault) -> Self {
        Self::Refused(fault.into())
    }
}

impl FromServerFnError for Problem {
    type Encoder = TextEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::Malformed,
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => Self::Failed,
        }
    }
}
