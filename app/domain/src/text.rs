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

/// A reason that somebody must give: shown to everyone who sees what it is given for.
pub type Reason = Prose<500>;

impl<const MAX: usize> Line<MAX> {
    pub const MAX: usize = MAX;

    pub fn parse(field: Field, input: &str) -> Result<Self, FieldFault> {
        check(input, MAX, false)
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
        if tidied(input).chars().all(is_blank) {
            Ok(None)
        } else {
            Self::parse(field, input).map(Some)
        }
    }
}

impl<const MAX: usize> Prose<MAX> {
    pub const MAX: usize = MAX;

    pub fn parse(field: Field, input: &str) -> Result<Self, FieldFault> {
        check(input, MAX, true)
            .map(Self)
            .map_err(|fault| FieldFault { field, fault })
    }

    /// `None` where nothing but blanks was typed.
    pub fn parse_optional(field: Field, input: &str) -> Result<Option<Self>, FieldFault> {
        if tidied(input).chars().all(is_blank) {
            Ok(None)
        } else {
            Self::parse(field, input).map(Some)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Breaks of any kind become line ends, what has no width goes; what turns the direction
/// of writing is refused with its place.
fn check(input: &str, max: usize, lines: bool) -> Result<String, Fault> {
    let text = tidied(input);
    if text.chars().all(is_blank) {
        return Err(Fault::Empty);
    }
    if let Some((line, at)) = text
        .split('\n')
        .zip(1..)
        .find_map(|(text, line)| Some((line, text.chars().position(turns_direction)?)))
    {
        return Err(Fault::TurnsDirection { line, at: at + 1 });
    }
    let text = if lines {
        text.trim().to_owned()
    } else {
        // What was copied out of a cell or a table stands on one line.
        let words = text.split(['\n', '\t']).map(str::trim);
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    // A limit counts a line end as the one character it is.
    let is = text.chars().count();
    if is > max {
        return Err(Fault::TooLong { max, is });
    }
    Ok(text)
}

/// What is pasted from Word, a web page or a spreadsheet, as plain text: every break is a
/// line end, and what shows nothing and has no width is left out.
pub fn tidied(input: &str) -> String {
    let mut text = String::with_capacity(input.len());
    let mut after_return = false;
    for c in input.chars() {
        match c {
            // \r\n is one break.
            '\n' if after_return => {}
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push('\n'),
            // Where a cell of a table ended, in Word.
            '\t' | '\u{7}' => text.push('\t'),
            // A hyphen that keeps two words together, in Word.
            '\u{1E}' => text.push('-'),
            c if has_no_width(c) => {}
            c => text.push(c),
        }
        after_return = c == '\r';
    }
    text
}

/// Control characters, those without width and those that turn the direction of
/// writing: they make a text look like another one.
pub fn is_hidden(c: char) -> bool {
    has_no_width(c) || turns_direction(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

fn has_no_width(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}' | '\u{FEFF}'
            // Tags, which spell a text that nobody sees.
            | '\u{E0000}'..='\u{E007F}'
            | '\u{FFF9}'..='\u{FFFB}'
            // No letters at all, and not allowed in XML.
            | '\u{FFFE}' | '\u{FFFF}')
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// As two people would say the same: letters, digits and marks of full width as plain
/// ones, every blank as a blank, every dash as a dash, nothing that does not show.
pub fn plain(input: &str) -> String {
    let shown = input
        .chars()
        .filter(|c| c.is_whitespace() || !is_hidden(*c));
    shown
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
            '【' | '〔' => '(',
            '】' | '〕' => ')',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// What a name is compared by: two that differ by the width of a bracket, a blank, a line
/// break or a capital are the same.
pub fn name_key(name: &str) -> String {
    let name = plain(name).to_lowercase();
    name.chars().filter(|c| !is_blank(*c)).collect()
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
            /// As it was kept: what earlier versions took stays readable as it is.
            fn try_from(text: String) -> Result<Self, FieldFault> {
                let field = Field::Stored;
                if text.is_empty() {
                    let fault = Fault::Empty;
                    return Err(FieldFault { field, fault });
                }
                Ok(Self(text))
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
        let cases: [(&str, Result<&str, Fault>, &str); 12] = [
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
            ("\u{200B}\u{FEFF}", Err(Fault::Empty), "nothing that shows"),
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
            ("a\u{200B}b", Ok("ab"), "a letter without width goes"),
            ("a\n\tb", Ok("a b"), "a line has no line end"),
            ("a\u{B}b", Ok("a b"), "nor one of a word processor"),
            ("a\u{0}b", Ok("ab"), "NUL"),
            (
                "ab\u{202E}b",
                Err(Fault::TurnsDirection { line: 1, at: 3 }),
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
    fn what_is_pasted_keeps_its_breaks_and_loses_what_does_not_show() {
        let cases = [
            ("一\u{B}二", "一\n二", "a break of Word"),
            (
                "一\u{2028}二\u{2029}三\u{85}四",
                "一\n二\n三\n四",
                "breaks of the web",
            ),
            ("一\r二\r\n三", "一\n二\n三", "of an old Mac, and of a form"),
            ("一\u{200E}二\u{2060}", "一二", "marks without width"),
            ("一\t二", "一\t二", "a tab of a table"),
        ];
        for (input, expected, why) in cases {
            let got = Prose::<100>::parse(Field::Content, input);
            assert_eq!(got.as_ref().map(Prose::as_str), Ok(expected), "{why}");
        }
        let turned = Prose::<100>::parse(Field::Content, "一\n二\u{2066}三");
        let fault = turned.map_err(|fault| fault.fault);
        assert_eq!(fault, Err(Fault::TurnsDirection { line: 2, at: 2 }));
    }

    #[test]
    fn names_are_the_same_whatever_the_width_of_a_bracket() {
        let same = [
            "柏川智能（虚构）",
            "柏川智能(虚构)",
            " 柏川 智能（虚构\n） ",
            "柏川智能\u{200B}（虚构）",
            "柏川智能【虚构】",
        ];
        for name in same {
            assert_eq!(name_key(name), name_key(same[0]), "{name:?}");
        }
        assert_ne!(name_key("柏川智能（虚构）"), name_key("柏川智装（虚构）"));
    }

    #[test]
    fn a_line_end_of_a_form_counts_as_one_character() {
        let text = Prose::<3>::parse(Field::Content, "a\r\nb");
        assert_eq!(text.as_ref().map(Prose::as_str), Ok("a\nb"));
    }
}
