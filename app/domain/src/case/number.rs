//! Numbers of cases, `HY-2026-0001`: the letters of the kind, the year, and a serial that starts
//! anew each year.

/// Year and serial of a number as people write it: lower case and full width are forgiven.
/// Each case has one name: a serial has `digits` digits, more only where it needs them.
pub(crate) fn parse(text: &str, letters: &str, digits: usize) -> Option<(u16, u32)> {
    let text = crate::text::plain(text).trim().to_ascii_uppercase();
    let (year, serial) = text
        .strip_prefix(letters)?
        .strip_prefix('-')?
        .split_once('-')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_written_so =
        (digits..=9).contains(&serial.len()) && !(serial.len() > digits && serial.starts_with('0'));
    if year.len() != 4 || !is_written_so || !is_number(year) || !is_number(serial) {
        return None;
    }
    Some((year.parse().ok()?, serial.parse().ok()?))
}

/// The type of a kind's numbers.
macro_rules! case_number {
    ($(#[$of:meta])* $Number:ident, $letters:literal, $digits:literal) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $Number {
            year: u16,
            serial: u32,
        }

        impl $Number {
            pub fn new(year: u16, serial: u32) -> Self {
                Self { year, serial }
            }

            pub fn parse(text: &str) -> Option<Self> {
                let (year, serial) = $crate::case::number::parse(text, $letters, $digits)?;
                Some(Self { year, serial })
            }

            pub fn year(self) -> u16 {
                self.year
            }

            pub fn serial(self) -> u32 {
                self.serial
            }
        }

        impl std::fmt::Display for $Number {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let Self { year, serial } = self;
                write!(f, "{}-{year:04}-{serial:0width$}", $letters, width = $digits)
            }
        }

        impl From<$Number> for String {
            fn from(number: $Number) -> Self {
                number.to_string()
            }
        }

        impl TryFrom<String> for $Number {
            type Error = $crate::case::number::NotANumber;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or($crate::case::number::NotANumber(text))
            }
        }
    };
}

pub(crate) use case_number;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the number of a case of this kind")]
pub struct NotANumber(pub(crate) String);

#[cfg(test)]
mod tests {
    use crate::meeting::MeetingNumber;
    use crate::order::Number;

    #[test]
    fn a_number_has_one_way_to_be_written() {
        let cases = [
            (
                "XM-2026-000001",
                Some("XM-2026-000001"),
                "the first of a year",
            ),
            (
                " xm-2026-000231 ",
                Some("XM-2026-000231"),
                "as somebody types it",
            ),
            ("XM-2026-1000000", Some("XM-2026-1000000"), "past a million"),
            ("XM-2026-0000001", None, "a zero too many"),
            ("XM-2026-1", None, "no leading zeros"),
            ("XM-26-000001", None, "a short year"),
            ("XM-2026-00000１", Some("XM-2026-000001"), "a wide digit"),
            ("XM-2026-+00001", None, "a sign"),
            ("HY-2026-000001", None, "of another kind"),
            ("'; DROP TABLE orders", None, "nonsense"),
        ];
        for (text, expected, why) in cases {
            let number = Number::parse(text).map(|number| number.to_string());
            assert_eq!(number.as_deref(), expected, "{why}");
        }
    }

    #[test]
    fn of_a_meeting_too() {
        let cases = [
            ("HY-2026-0001", Some("HY-2026-0001"), "the first of a year"),
            (
                " hy-2026-0012 ",
                Some("HY-2026-0012"),
                "as somebody types it",
            ),
            ("ＨＹ－2026－0012", Some("HY-2026-0012"), "in full width"),
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
