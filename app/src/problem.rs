use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use words::lang::Lang;

use crate::api::text::TextEncoding;

/// Why something was not done, as whoever asked reads it: the server has put it into words.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{sentence}")]
pub struct ProblemDetails {
    pub kind: ProblemKind,
    /// Empty where the browser made it; see [`Self::said`].
    pub sentence: String,
    pub faults: Vec<FaultDetails>,
}

/// What a page does about it, beside saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum ProblemKind {
    NotFound,
    NotSignedIn,
    /// Not a fault: the second step of a sign-in.
    CodeAsked,
    /// The case is not as the page shows it any more.
    MovedOn,
    /// A colleague has saved the minutes meanwhile: theirs is this revision.
    MinutesMoved {
        current: u32,
    },
    Malformed,
    Failed,
    /// Only in the browser: the server could not be reached.
    Offline,
    Other,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultDetails {
    /// As its form names it.
    pub field: String,
    pub sentence: String,
    /// Whether it only asks if that is meant: a box to tick says so.
    pub is_question: bool,
}

impl From<ProblemKind> for ProblemDetails {
    fn from(kind: ProblemKind) -> Self {
        Self {
            kind,
            sentence: String::new(),
            faults: Vec::new(),
        }
    }
}

impl ProblemDetails {
    /// One sentence for the whole.
    pub fn said(&self, lang: Lang) -> String {
        if !self.sentence.is_empty() {
            return self.sentence.clone();
        }
        let text = match self.kind {
            ProblemKind::NotFound => words::problem::NOT_FOUND,
            ProblemKind::NotSignedIn => words::problem::NOT_SIGNED_IN,
            ProblemKind::Malformed => words::problem::MALFORMED,
            ProblemKind::Offline => words::problem::OFFLINE,
            ProblemKind::CodeAsked
            | ProblemKind::MovedOn
            | ProblemKind::MinutesMoved { .. }
            | ProblemKind::Failed
            | ProblemKind::Other => words::problem::FAILED,
        };
        text.of(lang).to_owned()
    }
}

impl FromServerFnError for ProblemDetails {
    type Encoder = TextEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::from(match error {
            ServerFnErrorErr::Request(_) => ProblemKind::Offline,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => ProblemKind::Malformed,
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => ProblemKind::Failed,
        })
    }
}
