use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The number of an order, `XM-2026-000001`: the year of placing in Shanghai and
/// a serial that starts anew each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number {
    year: u16,
    serial: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not the number of an order")]
pub struct NotANumber(String);

impl Number {
    pub fn new(year: u16, serial: u32) -> Self {
        Self { year, serial }
    }

    /// Exactly as it is written; lower case and full width are forgiven.
    pub fn parse(text: &str) -> Option<Self> {
        let text = crate::text::plain(text).trim().to_ascii_uppercase();
        let (year, serial) = text.strip_prefix("XM-")?.split_once('-')?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !(6..=9).contains(&serial.len()) || !digits(year) || !digits(serial) {
            return None;
        }
        let number = Self {
            year: year.parse().ok()?,
            serial: serial.parse().ok()?,
        };
        // One order has one name: 0000001 is not another way to write 000001.
        (number.to_string() == text).then_some(number)
    }

    pub fn year(self) -> u16 {
        self.year
    }

    pub fn serial(self) -> u32 {
        self.serial
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "XM-{:04}-{:06}", self.year, self.serial)
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for Number {
    type Error = NotANumber;
    fn try_from(text: String) -> Result<Self, NotANumber> {
        Self::parse(&text).ok_or(NotANumber(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_way_to_be_written() {
        let cases = [
            ("XM-2026-000001", Some((2026, 1)), "the first of a year"),
            (
                " xm-2026-000231 ",
                Some((2026, 231)),
                "as somebody types it",
            ),
            ("XM-2026-1000000", Some((2026, 1_000_000)), "past a million"),
            ("XM-2026-0000001", None, "a zero too many"),
            ("XM-2026-1", None, "no leading zeros"),
            ("XM-26-000001", None, "a short year"),
            ("XM-2026-00000１", Some((2026, 1)), "a wide digit"),
            ("XM-2026-+00001", None, "a sign"),
            ("'; DROP TABLE orders", None, "nonsense"),
        ];
        for (text, expected, why) in cases {
            let got = Number::parse(text).map(|n| (n.year(), n.serial()));
            assert_eq!(got, expected, "{why}");
        }
    }
}
