use serde::{Deserialize, Serialize};

use crate::refusal::{Fault, Field, FieldFault};
use crate::text::Line;

/// Whom to call about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: Line<40>,
    pub phone: Phone,
}

/// A telephone number: 5 to 20 of digits, blanks, `+`, `-` and brackets, of
/// which at least 5 are digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Contact {
    /// For those who work on the order, and whoever has unmasked it.
    pub fn in_full(&self) -> (String, String) {
        (
            self.name.as_str().to_owned(),
            self.phone.as_str().to_owned(),
        )
    }

    /// What those see who do not work on the order (个人信息保护法).
    pub fn masked(&self) -> (String, String) {
        (masked_name(self.name.as_str()), self.phone.masked())
    }
}

/// The first character stays.
pub(crate) fn masked_name(name: &str) -> String {
    let mut masked: String = name.chars().take(1).collect();
    masked.extend(name.chars().skip(1).map(|_| '*'));
    masked
}

impl Phone {
    pub fn parse(field: Field, input: &str) -> Result<Self, FieldFault> {
        let fault = |fault| FieldFault { field, fault };
        let text = input.trim();
        if text.is_empty() {
            return Err(fault(Fault::Empty));
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let allowed = |c: char| c.is_ascii_digit() || " +-()".contains(c);
        if !text.chars().all(allowed) || digits < 5 || text.chars().count() > 20 {
            return Err(fault(Fault::NotATelephone));
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first three and the last two digits stay.
    fn masked(&self) -> String {
        let digits: Vec<usize> = self
            .0
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        let hidden = digits.get(3.min(digits.len() - 2)..digits.len() - 2);
        let hidden = hidden.unwrap_or_default();
        self.0
            .char_indices()
            .map(|(at, c)| if hidden.contains(&at) { '*' } else { c })
            .collect()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl TryFrom<String> for Phone {
    type Error = FieldFault;
    fn try_from(text: String) -> Result<Self, FieldFault> {
        Self::parse(Field::Stored, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_read_and_masked() {
        let cases = [
            ("13812345678", Some("138******78"), "a mobile"),
            ("0371-6988 1234", Some("037*-**** **34"), "a land line"),
            ("12345", Some("12345"), "a hotline: nothing left to hide"),
            ("1234", None, "too short"),
            ("138<b>", None, "not a number"),
            ("", None, "nothing"),
        ];
        for (input, masked, why) in cases {
            let got = Phone::parse(Field::ContactPhone, input).ok();
            assert_eq!(got.map(|p| p.masked()).as_deref(), masked, "{why}");
        }
    }
}
