//! 统一社会信用代码 of an enterprise (GB 32100-2015).

use serde::{Deserialize, Serialize};

use crate::refusal::{Fault, Field, FieldFault};
use crate::text::plain;

/// 18 characters, the last of which checks the others.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// The characters in the order of their values; I, O, S, V and Z are left out.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    pub fn parse(field: Field, input: &str) -> Result<Self, FieldFault> {
        let fault = |fault| FieldFault { field, fault };
        let blank = |c: &char| !c.is_whitespace() && *c != '-';
        let code: String = plain(input).to_uppercase().chars().filter(blank).collect();
        if code.is_empty() {
            return Err(fault(Fault::Empty));
        }
        let values: Option<Vec<usize>> = code.bytes().map(value).collect();
        let values = values.filter(|values| values.len() == 18);
        let values = values.ok_or_else(|| fault(Fault::NotACreditCode))?;
        if values.last() != Some(&check(&values[..17])) {
            return Err(fault(Fault::WrongCheckDigit));
        }
        Ok(Self(code))
    }

    /// The code of 17 characters with its check digit; for invented enterprises.
    pub fn complete(body: &str) -> Option<Self> {
        let values: Option<Vec<usize>> = body.bytes().map(value).collect();
        let values = values.filter(|values| values.len() == 17)?;
        let check = char::from(ALPHABET[check(&values)]);
        Some(Self(format!("{body}{check}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn value(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == character)
}

/// 31 less the sum of the values, each weighted with a power of 3, modulo 31.
fn check(values: &[usize]) -> usize {
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: usize = values.iter().zip(weights).map(|(v, w)| v * w).sum();
    (31 - sum % 31) % 31
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for CreditCode {
    type Error = FieldFault;
    fn try_from(text: String) -> Result<Self, FieldFault> {
        Self::parse(Field::Stored, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_code_is_checked_by_its_last_character() {
        let cases = [
            (
                "91350100M000100Y43",
                Ok("91350100M000100Y43"),
                "the example of the standard",
            ),
            (
                " 91350100m000100y43 ",
                Ok("91350100M000100Y43"),
                "small letters, blanks",
            ),
            (
                "91350100M000100Y44",
                Err(Fault::WrongCheckDigit),
                "one digit off",
            ),
            (
                "91350100M000100Y34",
                Err(Fault::WrongCheckDigit),
                "two exchanged",
            ),
            ("91350100M000100Y4", Err(Fault::NotACreditCode), "too short"),
            (
                "91350100M000100Y433",
                Err(Fault::NotACreditCode),
                "too long",
            ),
            (
                "9135O100M000100Y43",
                Err(Fault::NotACreditCode),
                "the letter O",
            ),
            ("", Err(Fault::Empty), "nothing"),
        ];
        for (input, expected, why) in cases {
            let got = CreditCode::parse(Field::CreditCode, input);
            let got = got
                .as_ref()
                .map(CreditCode::as_str)
                .map_err(|f| f.fault.clone());
            assert_eq!(got, expected, "{why}");
        }
        let made = CreditCode::complete("91350100M000100Y4").map(String::from);
        assert_eq!(made.as_deref(), Some("91350100M000100Y43"));
    }
}
