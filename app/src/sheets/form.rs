//! Forms as data: the server says what a form asks, one component draws any of them. One
//! more step costs the browser nothing.

use domain::Field;
use serde::{Deserialize, Serialize};

use super::TemplateSheet;
use crate::components::fields::Choice;
use crate::components::form::is_about;

/// The form of a step on a case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FormSheet {
    /// Where it is sent.
    pub act: String,
    /// Of the case; empty where it begins one.
    pub number: String,
    /// What its reader had read; `None` where that does not matter.
    pub version: Option<u32>,
    /// Fields that are not typed.
    pub hidden: Vec<(Field, String)>,
    pub parts: Vec<Part>,
    /// Whether files go along.
    pub files: bool,
    /// Whether its reader can say that it happened earlier (补录).
    pub late: bool,
    /// What its button says; empty where there is nothing to be sent.
    pub submit: String,
    /// What will happen, said beneath the button.
    pub consequence: String,
    /// Whether it is what the page is for.
    pub primary: bool,
    /// What it is folded away behind; empty: it stands open.
    pub title: String,
    /// Whether it is unfolded at first.
    pub opens: bool,
}

impl FormSheet {
    /// Whether what was typed for an address belongs into it: of the forms of one address on
    /// a page each is about another matter.
    pub fn is_of(&self, act: &str, typed: &[(String, String)]) -> bool {
        let own = self.hidden.iter().find(|(field, _)| *field == Field::Other);
        self.act == act && is_about(own.map(|(_, other)| other.as_str()), typed)
    }
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
    /// Some of the bodies that the page knows.
    Bodies {
        field: Field,
        legend: String,
        values: Vec<String>,
    },
    /// Bodies that do a part, each with its task.
    CoHandlers,
    /// A box to tick; `yes` is sent. What is wrong with `about` is said above it.
    Check {
        field: Field,
        label: String,
        about: Option<Field>,
    },
    /// Firms by their names, a line each.
    Firms {
        field: Field,
        label: String,
        hint: String,
        value: String,
    },
    /// A reply, which templates of the body begin.
    Reply {
        value: String,
        templates: Vec<TemplateSheet>,
    },
    Hint {
        text: String,
    },
    /// What cannot be done yet, and why.
    NotYet {
        label: String,
        reason: String,
    },
    /// What somebody said, with who it is about.
    Quoted {
        about: String,
        text: String,
    },
}

impl Part {
    /// The parameter of the address that it begins with.
    pub fn asked(&self) -> Option<&str> {
        match self {
            Self::Line { asked, .. } => asked.as_deref(),
            _ => None,
        }
    }
}

/// What a browser helps to type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    #[default]
    Text,
    Number,
    Date,
    Moment,
}

impl LineKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Moment => "datetime-local",
        }
    }
}
