use domain::{Fault, FieldFault, Refusal};
use thiserror::Error;
use words::lang::{Lang, Text};

use crate::frame::Frame;
use crate::problem::{FaultDetails, ProblemDetails, ProblemKind};

/// What went wrong, as far as the person in front of the page may know. The
/// cause goes to the log.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
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
            Self::Failed => 500,
        }
    }

    /// One sentence for the whole.
    pub fn sentence(&self, lang: Lang, this_year: i32) -> String {
        let said = |text: Text| text.of(lang).to_owned();
        match self {
            Self::Refused(refusal) => words::refusal::sentence(lang, refusal, this_year),
            Self::TooMany { seconds } => words::problem::too_many(lang, *seconds),
            Self::NotFound => said(words::problem::NOT_FOUND),
            Self::NotSignedIn => said(words::problem::NOT_SIGNED_IN),
            Self::SignedInAgain => said(words::frame::SIGNED_IN_AGAIN),
            Self::WrongPassword => said(words::frame::WRONG_SIGN_IN),
            Self::FirstPasswordOver => said(words::frame::FIRST_PASSWORD_OVER),
            Self::NotLinked => said(words::people::NOT_LINKED),
            Self::ProviderFailed => said(words::people::PROVIDER_FAILED),
            Self::CodeAsked => said(words::people::CODE_LEAD),
            Self::ForeignOrigin => said(words::problem::FOREIGN_ORIGIN),
            Self::TooLarge => said(words::problem::TOO_LARGE),
            Self::Malformed => said(words::problem::MALFORMED),
            Self::SearchTooLong => said(words::problem::SEARCH_TOO_LONG),
            Self::Busy => said(words::problem::BUSY),
            Self::TookTooLong => said(words::problem::TOOK_TOO_LONG),
            Self::DiskFull => said(words::problem::DISK_FULL),
            Self::FileLost => said(words::problem::FILE_LOST),
            Self::Failed => said(words::problem::FAILED),
        }
    }

    /// As whoever looks at the page of `frame` reads it.
    pub fn details(&self, frame: &Frame) -> ProblemDetails {
        let faults = self.faults().iter().map(|fault| FaultDetails {
            field: field(fault).to_owned(),
            sentence: words::fault::sentence(frame.lang, fault),
            is_question: matches!(fault.fault, Fault::BlanksLeft { .. }),
        });
        ProblemDetails {
            kind: self.kind(),
            sentence: self.sentence(frame.lang, frame.year),
            faults: faults.collect(),
        }
    }

    /// What a page does about it, beside saying it.
    fn kind(&self) -> ProblemKind {
        match self {
            Self::NotFound => ProblemKind::NotFound,
            Self::NotSignedIn => ProblemKind::NotSignedIn,
            Self::CodeAsked => ProblemKind::CodeAsked,
            Self::Refused(Refusal::MinutesMoved { current }) => {
                ProblemKind::MinutesMoved { current: *current }
            }
            Self::Refused(
                Refusal::Changed { .. }
                | Refusal::WrongStage { .. }
                | Refusal::MeetingMoved
                | Refusal::TaskMoved,
            ) => ProblemKind::MovedOn,
            _ => ProblemKind::Other,
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

/// The field that a fault speaks of; rules are fields by their names.
fn field(fault: &FieldFault) -> &str {
    match &fault.fault {
        Fault::Rule { name, .. } => name,
        _ => fault.field.code(),
    }
}
