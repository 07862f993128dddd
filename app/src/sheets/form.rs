//! Forms as data: the server says what a form asks, one component draws any of them. One
//! more step costs the browser nothing.

use domain::Field;
use serde::{Deserialize, Serialize};

use super::TemplateSheet;
use crate::components::fields::Choice;

/// The form of a step on an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSheet {
    /// Where it is sent.
    pub act: String,
    pub number: String,
    /// What its reader had read; `None` where that does not matter.
    pub version: Option<u32>,
    pub parts: Vec<Part>,
    /// Whether files go along.
    pub files: bool,
    /// Whether its reader can say that it happened earlier (补录).
    pub late: bool,
    /// What its button says.
    pub submit: String,
    /// What will happen, said beneath the button.
    pub consequence: String,
}

/// Something that stands in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// A line to type into.
    Line {
        field: Field,
        label: String,
        hint: String,
        value: String,
        kind: LineKind,
        /// The parameter of the address that it begins with.
        asked: Option<String>,
    },
    /// Several lines, at most so many characters.
    Prose {
        field: Field,
        label: String,
        hint: String,
        value: String,
        max: usize,
        rows: u8,
    },
    /// One of many, in a list that folds out.
    Select {
        field: Field,
        label: String,
        choices: Vec<Choice>,
        value: String,
    },
    /// One of a few, all in view.
    Choices {
        field: Field,
        legend: String,
        choices: Vec<Choice>,
        value: String,
    },
    /// One of the bodies that the page knows.
    Body {
        field: Field,
        label: String,
        value: String,
    },
    /// Bodies that do a part, each with its task.
    CoHandlers,
    /// A reply, which templates of the body begin.
    Reply {
        value: String,
        templates: Vec<TemplateSheet>,
    },
    Hint {
        text: String,
    },
    /// What somebody said, with who it is about.
    Quoted {
        about: String,
        text: String,
    },
}

/// What a browser helps to type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    #[default]
    Text,
    Number,
    Date,
}

impl LineKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
        }
    }
}
