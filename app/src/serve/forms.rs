//! Forms as data: what each step asks, in the reader's language.

pub mod meeting;
pub mod order;
pub mod task;

use domain::Field;
use domain::case::{Case, Form};
use domain::form::{Kind, Takes};
use domain::order::Reason;
use words::lang::{Lang, Text};

use crate::components::fields::Choice;
use crate::sheets::form::{LineKind, Part};

/// Parts in a reader's language.
pub struct Write {
    pub lang: Lang,
}

impl Write {
    pub fn t(&self, text: Text) -> String {
        text.of(self.lang).to_owned()
    }

    pub fn hint(&self, hint: Option<Text>) -> String {
        hint.map(|hint| self.t(hint)).unwrap_or_default()
    }

    pub fn line(&self, field: Field, label: Text, hint: Option<Text>, value: &str) -> Part {
        Part::Line {
            field,
            label: self.t(label),
            hint: self.hint(hint),
            value: value.to_owned(),
            kind: LineKind::Text,
            asked: None,
        }
    }

    pub fn typed(&self, field: Field, label: Text, hint: Option<Text>, kind: LineKind) -> Part {
        Part::Line {
            field,
            label: self.t(label),
            hint: self.hint(hint),
            value: String::new(),
            kind,
            asked: None,
        }
    }

    pub fn prose(
        &self,
        field: Field,
        label: Text,
        max: usize,
        rows: u8,
        hint: Option<Text>,
        value: &str,
    ) -> Part {
        Part::Prose {
            field,
            label: self.t(label),
            hint: self.hint(hint),
            value: value.to_owned(),
            max,
            rows,
        }
    }

    pub fn reason(&self, label: Text) -> Vec<Part> {
        vec![self.prose(Field::Reason, label, Reason::MAX, 3, None, "")]
    }

    pub fn body(&self, field: Field, label: Text, value: &str) -> Part {
        Part::Body {
            field,
            label: self.t(label),
            value: value.to_owned(),
        }
    }

    pub fn all<const N: usize>(&self, choices: [(&'static str, Text); N]) -> Vec<Choice> {
        let choices = choices.into_iter();
        choices
            .map(|(code, text)| Choice::new(code, self.t(text)))
            .collect()
    }

    pub fn choices<const N: usize>(
        &self,
        field: Field,
        legend: Text,
        choices: [(&'static str, Text); N],
    ) -> Part {
        Part::Choices {
            field,
            legend: self.t(legend),
            choices: self.all(choices),
            value: String::new(),
        }
    }

    pub fn pick(&self, field: Field, label: Text, choices: Vec<Choice>, value: String) -> Part {
        Part::Select {
            field,
            label: self.t(label),
            choices,
            value,
        }
    }

    pub fn check(&self, field: Field, label: Text) -> Part {
        Part::Check {
            field,
            label: self.t(label),
            about: None,
        }
    }

    /// The only one is chosen; of several, none is chosen for the reader.
    pub fn select(&self, field: Field, label: Text, choices: Vec<Choice>) -> Part {
        let value = match choices.as_slice() {
            [only] => only.value.clone(),
            _ => String::new(),
        };
        self.pick(field, label, choices, value)
    }

    /// Yes or no; a no gives its reason.
    pub fn verdict(
        &self,
        field: Field,
        question: Text,
        [yes, no]: [Text; 2],
        reason: Text,
    ) -> Vec<Part> {
        let choices = self.choices(field, question, [("yes", yes), ("no", no)]);
        self.after(choices, self.reason(reason))
    }

    /// The fields that a form takes, one after the other; `asked` has the label and the hint
    /// of each.
    pub fn fields<C: Case>(
        &self,
        form: &Form<C>,
        asked: impl Fn(Field) -> (Text, Option<Text>),
    ) -> Vec<Part> {
        let field = |takes: &Takes| {
            let (label, hint) = asked(takes.field);
            let typed = |kind| self.typed(takes.field, label, hint, kind);
            match takes.kind {
                Kind::Prose(max) => {
                    let rows = if max > 2000 { 6 } else { 3 };
                    self.prose(takes.field, label, max, rows, hint, "")
                }
                Kind::Body => self.body(takes.field, label, ""),
                Kind::Bodies => self.bodies(takes.field, label, Vec::new()),
                Kind::Date => typed(LineKind::Date),
                Kind::Moment => typed(LineKind::Moment),
                Kind::Days | Kind::Whole => typed(LineKind::Number),
                Kind::Line(_) | Kind::Order | Kind::Term => typed(LineKind::Text),
                Kind::Lines
                | Kind::OneOf(_)
                | Kind::YesNo
                | Kind::Yes
                | Kind::CoHandlers
                | Kind::Category
                | Kind::Event => {
                    debug_assert!(false, "{:?} needs a part of its own", takes.field);
                    typed(LineKind::Text)
                }
            }
        };
        form.fields.iter().map(field).collect()
    }

    pub fn bodies(&self, field: Field, legend: Text, values: Vec<String>) -> Part {
        Part::Bodies {
            field,
            legend: self.t(legend),
            values,
        }
    }

    pub fn after(&self, first: Part, others: Vec<Part>) -> Vec<Part> {
        std::iter::once(first).chain(others).collect()
    }
}
