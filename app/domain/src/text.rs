//! What people type, parsed once: the same for a form, the HTTP API and an import.

use serde::{Deserialize, Serialize};

use crate::refusal::{Fault, Field, FieldFault};

/// Text of one line, 1 to `MAX` characters, trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line<const MAX: usize>(String);

/// Text of several lines, 1 to `MAX` characters, trimmed, line ends as `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose<const MAX: usize>(String);

impl<const MAX: usize> Line<MAX> {
    pub const MAX: usize = MAX;

    pub fn parse(field: Field, input: &str) -> Result<Self, FieldFault> {
        check(input, MAX, |_| false)
            .map(Self)
            .map_err(|fault| FieldFault { field, fault })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Line<MAX> {
    /// `None` where nothing but blanks was typed.
    pub fn parse_optional(field: Field, input: &str) -> Result<Option<Self>, FieldFault> {
        if input.trim().is_empty() {
            Ok(None)
        } else {
            Self::parse(field, input).map(Some)
        }
    }
}

impl<const MAX: usize> Prose<MAX> {
    pub const MAX: usize = MAX;

    pub fn parse(field: Field, input: &str) -> Result<Self, FieldFault> {
        check(input, MAX, |c| c == '\n' || c == '\t')
            .map(Self)
            .map_err(|fault| FieldFault { field, fault })
    }

    /// `None` where nothing but blanks was typed.
    pub fn parse_optional(field: Field, input: &str) -> Result<Option<Self>, FieldFault> {
        if input.trim().is_empty() {
            Ok(None)
        } else {
            Self::parse(field, input).map(Some)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(input: &str, max: usize, allowed: impl Fn(char) -> bool) -> Result<String, Fault> {
    // A form sends \r\n for each line end; a limit counts it as the one character it is.
    let text = input.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().all(is_blank) {
        return Err(Fault::Empty);
    }
    if text.chars().any(|c| is_hidden(c) && !allowed(c)) {
        return Err(Fault::HiddenCharacters);
    }
    let is = text.chars().count();
    if is > max {
        return Err(Fault::TooLong { max, is });
    }
    Ok(text.to_owned())
}

/// Control characters, those without width and those that turn the direction of
/// writing: they make a text look like another one.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
            // No letters at all, and not allowed in XML.
            | '\u{FFFE}' | '\u{FFFF}')
}

/// Letters that show nothing: a text of nothing else is empty.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{115F}'
                | '\u{1160}'
                | '\u{200C}'
                | '\u{200D}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{FFA0}'
        )
}

macro_rules! text_conversions {
    ($name:ident) => {
        impl<const MAX: usize> From<$name<MAX>> for String {
            fn from(text: $name<MAX>) -> Self {
                text.0
            }
        }
        impl<const MAX: usize> TryFrom<String> for $name<MAX> {
            type Error = FieldFault;
            fn try_from(text: String) -> Result<Self, FieldFault> {
                Self::parse(Field::Stored, &text)
            }
        }
    };
}
text_conversions!(Line);
text_conversions!(Prose);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_measured_in_characters_and_says_what_is_wrong() {
        let cases: [(&str, Result<&str, Fault>, &str); 10] = [
            ("  缺电  ", Ok("缺电"), "blanks around it do not count"),
            (
                "一二三四五",
                Ok("一二三四五"),
                "five characters, fifteen bytes",
            ),
            ("", Err(Fault::Empty), "nothing"),
            (
                " \u{3000}\n",
                Err(Fault::Empty),
                "only blanks, a wide one too",
            ),
            (
                "一二三四五六",
                Err(Fault::TooLong { max: 5, is: 6 }),
                "one too many",
            ),
            (
                "\u{3164}\u{2800}",
                Err(Fault::Empty),
                "letters that show nothing",
            ),
            (
                "a\u{200B}b",
                Err(Fault::HiddenCharacters),
                "a letter without width",
            ),
            (
                "a\nb",
                Err(Fault::HiddenCharacters),
                "a line has no line end",
            ),
            ("a\u{0}b", Err(Fault::HiddenCharacters), "NUL"),
            (
                "a\u{202E}b",
                Err(Fault::HiddenCharacters),
                "right-to-left override",
            ),
        ];
        for (input, expected, why) in cases {
            let got = Line::<5>::parse(Field::Title, input);
            let got = got.as_ref().map(Line::as_str).map_err(|f| f.fault.clone());
            assert_eq!(got, expected, "{why}");
        }
    }

    #[test]
    fn a_line_end_of_a_form_counts_as_one_character() {
        let text = Prose::<3>::parse(Field::Content, "a\r\nb");
        assert_eq!(text.as_ref().map(Prose::as_str), Ok("a\nb"));
    }
}
