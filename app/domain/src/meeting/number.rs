use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The number of a meeting, `HY-2026-0001`: the year in which it was called and a serial
/// that starts anew each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MeetingNumber {
    year: u16,
    serial: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not the number of a meeting")]
pub struct NotAMeeting(String);

impl MeetingNumber {
    pub fn new(year: u16, serial: u32) -> Self {
        Self { year, serial }
    }

    /// Exactly as it is written; lower case is forgiven.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let (year, serial) = text.strip_prefix("HY-")?.split_once('-')?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !(4..=9).contains(&serial.len()) || !digits(year) || !digits(serial) {
            return None;
        }
        let number = Self {
            year: year.parse().ok()?,
            serial: serial.parse().ok()?,
        };
        (number.to_string() == text).then_some(number)
    }
}

impl std::fmt::Display for MeetingNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HY-{:04}-{:04}", self.year, self.serial)
    }
}

impl From<MeetingNumber> for String {
    fn from(number: MeetingNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for MeetingNumber {
    type Error = NotAMeeting;
    fn try_from(text: String) -> Result<Self, NotAMeeting> {
        Self::parse(&text).ok_or(NotAMeeting(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_has_one_name() {
        let cases = [
            ("HY-2026-0001", Some("HY-2026-0001"), "the first of a year"),
            (
                " hy-2026-0012 ",
                Some("HY-2026-0012"),
                "as somebody types it",
            ),
            ("HY-2026-12345", Some("HY-2026-12345"), "past ten thousand"),
            ("HY-2026-00001", None, "a zero too many"),
            ("XM-2026-000001", None, "an order"),
            ("HY-2026", None, "no serial"),
        ];
        for (text, expected, why) in cases {
            let number = MeetingNumber::parse(text).map(|number| number.to_string());
            assert_eq!(number.as_deref(), expected, "{why}");
        }
    }
}
