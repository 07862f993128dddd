//! What comes in by a form or from a program: texts under the names of fields. Every step
//! says once what it takes; the form of a page, the door for programs and its description
//! are made of that.

use chrono::NaiveDate;

use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::text::Reason;

/// What stands in the fields, as it was typed or sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// What stands in a field; nothing where it is not there. The first counts where it
    /// comes several times.
    pub fn get(&self, field: Field) -> &str {
        self.named(field.code())
    }

    pub fn named(&self, name: &str) -> &str {
        let mut pairs = self.0.iter();
        let found = pairs.find(|(known, _)| known == name);
        found.map_or("", |(_, text)| text.as_str())
    }

    /// How many texts there are, under whatever names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that stands under the name of a field, which may come several times.
    pub fn all(&self, field: Field) -> Vec<String> {
        let list = format!("{}[]", field.code());
        let pairs = self.0.iter();
        pairs
            .filter(|(name, text)| (name == field.code() || *name == list) && !text.is_empty())
            .map(|(_, text)| text.clone())
            .collect()
    }
}

impl FromIterator<(String, String)> for Typed {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// A field that a step takes.
#[derive(Debug, Clone, Copy)]
pub struct Takes {
    pub field: Field,
    pub kind: Kind,
    /// Whether it has to be there, whatever stands in the others.
    pub is_needed: bool,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A line of at most so many characters.
    Line(usize),
    /// Several lines, together of at most so many characters.
    Prose(usize),
    /// Several things, a line each; in JSON a list.
    Lines,
    /// One of these codes.
    OneOf(fn() -> Vec<&'static str>),
    /// `yes` or `no`; in JSON a boolean.
    YesNo,
    /// Only `yes` is said; in JSON a boolean.
    Yes,
    /// The code of a body.
    Body,
    /// Codes of bodies; in JSON a list.
    Bodies,
    /// Bodies that do a part, each with its task: `co_handler_1`, `task_1` and so on; in
    /// JSON a list of codes, or of objects.
    CoHandlers,
    /// The code of a category.
    Category,
    /// The number of another order.
    Order,
    /// The number of an event of the order.
    Event,
    /// A whole number, from nought.
    Whole,
    /// How many working days.
    Days,
    /// A date.
    Date,
    /// A date with a time.
    Moment,
    /// A number of working days, or a date.
    Term,
}

impl Takes {
    pub const fn needed(field: Field, kind: Kind) -> Self {
        Self {
            field,
            kind,
            is_needed: true,
        }
    }

    pub const fn optional(field: Field, kind: Kind) -> Self {
        Self {
            field,
            kind,
            is_needed: false,
        }
    }
}

/// Yes, or no with a reason.
pub(crate) fn verdict(
    field: Field,
    verdict: &str,
    reason: &str,
) -> Result<(bool, Option<Reason>), Refusal> {
    let mut faults = Faults::default();
    let yes = faults.keep(known(field, verdict, |code| match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }));
    let reason = faults.keep(if yes == Some(false) {
        Reason::parse(Field::Reason, reason).map(Some)
    } else {
        Reason::parse_optional(Field::Reason, reason)
    });
    match (yes, reason) {
        (Some(yes), Some(reason)) => Ok((yes, reason)),
        _ => Err(faults.refusal()),
    }
}

/// One of a closed list of codes.
pub(crate) fn choose<T: Copy, const N: usize>(
    field: Field,
    code: &str,
    all: [T; N],
    name: impl Fn(T) -> &'static str,
) -> Result<T, FieldFault> {
    known(field, code, |code| {
        all.into_iter().find(|value| name(*value) == code)
    })
}

pub(crate) fn known<T>(
    field: Field,
    code: &str,
    find: impl FnOnce(&str) -> Option<T>,
) -> Result<T, FieldFault> {
    let code = code.trim();
    let fault = if code.is_empty() {
        Fault::Empty
    } else {
        Fault::Unknown
    };
    find(code).ok_or(FieldFault { field, fault })
}

/// A day of the calendar, however it is written.
pub(crate) fn date(field: Field, text: &str) -> Result<NaiveDate, FieldFault> {
    let fault = match text.trim() {
        "" => Fault::Empty,
        text => match crate::time::typed::day(text) {
            Some(date) if crate::time::is_within_calendar(date) => return Ok(date),
            Some(_) | None => Fault::NotADate,
        },
    };
    Err(FieldFault { field, fault })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_counts_and_a_list_has_all() {
        let pairs = [
            ("reason", "甲"),
            ("reason", "乙"),
            ("co_owners[]", "gd"),
            ("co_owners", "zrzy"),
        ];
        let pairs = pairs.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let typed: Typed = pairs.into_iter().collect();
        assert_eq!(typed.get(Field::Reason), "甲");
        assert_eq!(typed.get(Field::Clause), "");
        assert_eq!(typed.all(Field::CoOwners), ["gd", "zrzy"]);
    }
}
