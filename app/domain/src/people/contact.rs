use serde::{Deserialize, Serialize};

use crate::refusal::{Fault, Field, FieldFault};
use crate::text::Line;

/// Whom to call about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: Line<40>,
    pub phone: Phone,
}

/// One telephone number or two, in plain digits: `0371-69881234转801`,
/// `13812345678 / 69881234`.
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

/// Digits of a number that can be called back: a local one of seven, with the country's
/// and the city's code fifteen (ITU E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Numbers that one contact has at most.
const NUMBERS: usize = 2;

impl Phone {
    /// Takes what people type, in full width, with blanks that do not break, with an
    /// extension, and two numbers.
    pub fn parse(field: Field, input: &str) -> Result<Self, FieldFault> {
        let fault = |fault| FieldFault { field, fault };
        let lines = crate::text::tidied(input.trim()).replace('\n', "/");
        let text = crate::text::plain(&lines).to_lowercase();
        let text = text.trim().trim_matches('/');
        if text.is_empty() {
            return Err(fault(Fault::Empty));
        }
        let numbers = text.split(['/', '、', ';', ',', '|', '\\', '或', '，', '；']);
        let numbers: Vec<&str> = numbers.map(str::trim).filter(|n| !n.is_empty()).collect();
        let numbers = match numbers.as_slice() {
            [both] => apart(both),
            _ => numbers,
        };
        if !(1..=NUMBERS).contains(&numbers.len()) {
            return Err(fault(Fault::NotATelephone));
        }
        let numbers: Result<Vec<String>, Fault> = numbers.into_iter().map(number).collect();
        Ok(Self(numbers.map_err(fault)?.join(" / ")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is found by: digits without the country's code and the extension; a land
    /// line also without its area.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for one in self.0.split(['/', '、']) {
            let one = one.split('转').next().unwrap_or(one).trim();
            let digits: String = one.chars().filter(char::is_ascii_digit).collect();
            let abroad = one.starts_with('+') || one.starts_with("00");
            let digits = digits.trim_start_matches("00");
            let is_mobile = |digits: &str| digits.len() == 11 && digits.starts_with('1');
            let home = digits.strip_prefix("86");
            let digits = match home.filter(|home| abroad || is_mobile(home)) {
                Some(home) if is_mobile(home) || home.starts_with('0') => home.to_owned(),
                Some(home) => format!("0{home}"),
                None => digits.to_owned(),
            };
            // 010 and 02x are areas of three digits, the others of four.
            let area = match digits.get(..2) {
                Some("01" | "02") => 3,
                _ => 4,
            };
            if digits.starts_with('0')
                && let Some(local) = digits.get(area..).filter(|n| (7..=8).contains(&n.len()))
            {
                keys.push(local.to_owned());
            }
            keys.push(digits);
        }
        keys
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
    /// As it was kept: earlier versions took shorter numbers too.
    fn try_from(text: String) -> Result<Self, FieldFault> {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let (field, fault) = (Field::Stored, Fault::NotATelephone);
        if digits < 5 {
            return Err(FieldFault { field, fault });
        }
        Ok(Self(text))
    }
}

/// Two numbers with nothing but blanks between them.
fn apart(text: &str) -> Vec<&str> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = |word: &&str| digits(word) >= *DIGITS.start();
    if words.len() == NUMBERS && words.iter().all(whole) {
        words
    } else {
        vec![text]
    }
}

/// What stands around a number and is none of it: 电话：, (微信同号), (王敏).
fn bare(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit() && !"+(".contains(c));
    match text.rsplit_once('(') {
        Some((number, note))
            if !note.contains(|c: char| c.is_ascii_digit()) && !number.is_empty() =>
        {
            number.trim_end()
        }
        _ => text,
    }
}

/// One number: digits with blanks, dashes and brackets, and an extension after 转.
fn number(text: &str) -> Result<String, Fault> {
    let marks = ["转分机", "分机", "转", "ext.", "ext", "#", "x"];
    let (number, extension) = marks
        .iter()
        .find_map(|mark| text.split_once(mark))
        .map_or((text, None), |(number, extension)| {
            (number, Some(extension))
        });
    let words: Vec<&str> = bare(number).split_whitespace().collect();
    let mut number = words.join(" ");
    let allowed = |c: char| c.is_ascii_digit() || " +-()".contains(c);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let plus_first = number.rfind('+').is_none_or(|at| at <= 1);
    if !number.chars().all(allowed) || !plus_first || digits(&number) > *DIGITS.end() {
        return Err(Fault::NotATelephone);
    }
    match digits(&number) {
        0..=2 => return Err(Fault::NotATelephone),
        few if few < *DIGITS.start() => return Err(Fault::ShortTelephone),
        _ => {}
    }
    let plain: String = number.chars().filter(char::is_ascii_digit).collect();
    if plain.len() == number.replace([' ', '-'], "").len()
        && plain.starts_with('1')
        && plain.len() != 11
    {
        // A mobile with a digit too few or too many.
        return Err(Fault::NotATelephone);
    }
    if plain.len() == number.len() && plain.len() == 11 && !plain.starts_with(['0', '1']) {
        // A spreadsheet took the nought of the area code for nothing.
        number.insert(0, '0');
    }
    let Some(extension) = extension else {
        return Ok(number);
    };
    let extension = extension.trim_matches([' ', ':', '-', '.', '(', ')']);
    if !(1..=6).contains(&extension.len()) || digits(extension) != extension.len() {
        return Err(Fault::NotATelephone);
    }
    Ok(format!(
        "{}转{extension}",
        number.trim_end_matches([' ', '-', '('])
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_read_as_people_type_it_and_masked() {
        let cases = [
            ("13812345678", Ok("138******78"), "a mobile"),
            ("0371-6988 1234", Ok("037*-**** **34"), "a land line"),
            ("１３８１２３４５６７８", Ok("138******78"), "full width"),
            (
                "（0371）69881234",
                Ok("(037*)******34"),
                "brackets of full width",
            ),
            (
                "138\u{A0}1234\u{A0}5678",
                Ok("138 **** **78"),
                "blanks that do not break",
            ),
            (
                "\u{202D}13812345678\u{202C}",
                Ok("138******78"),
                "copied from a telephone",
            ),
            (
                "+86 138 1234 5678",
                Ok("+86 1** **** **78"),
                "with the country",
            ),
            ("0371—69881234", Ok("037*-******34"), "a dash of a text"),
            ("69881234转801", Ok("698*****转*01"), "an extension"),
            ("13812345678/69881234", Ok("138******** / ******34"), "two"),
            (
                "13812345678 13912345678",
                Ok("138******** / *********78"),
                "two, a blank between",
            ),
            (
                "电话：13812345678（微信同号）",
                Ok("138******78"),
                "with words around it",
            ),
            (
                "37169881234",
                Ok("037*******34"),
                "a nought lost in a spreadsheet",
            ),
            (
                "13812345678\n0371-69881234",
                Ok("138******** / ****-******34"),
                "two lines",
            ),
            (
                "12345",
                Err(Fault::ShortTelephone),
                "a hotline cannot be called back",
            ),
            ("8001", Err(Fault::ShortTelephone), "a short number"),
            ("138 3712 999", Err(Fault::NotATelephone), "a digit short"),
            ("12", Err(Fault::NotATelephone), "no number"),
            ("138<b>", Err(Fault::NotATelephone), "not a number"),
            ("1/2/3", Err(Fault::NotATelephone), "three"),
            ("", Err(Fault::Empty), "nothing"),
        ];
        for (input, expected, why) in cases {
            let got = Phone::parse(Field::ContactPhone, input);
            let got = got.map(|phone| phone.masked());
            let got = got.as_deref().map_err(|fault| fault.fault.clone());
            assert_eq!(got, expected, "{why}");
        }
        let extension = Phone::parse(Field::ContactPhone, "0371-69881234 转 801");
        assert_eq!(
            extension.as_ref().map(Phone::as_str),
            Ok("0371-69881234转801")
        );
    }

    #[test]
    fn a_number_is_found_however_it_was_typed() {
        let cases: [(&str, &[&str]); 5] = [
            ("+86 138 1234 5678", &["13812345678"]),
            ("8613812345678", &["13812345678"]),
            ("(0371)69881234转801", &["69881234", "037169881234"]),
            ("+86-371-69881234", &["69881234", "037169881234"]),
            ("13812345678/69881234", &["13812345678", "69881234"]),
        ];
        for (input, keys) in cases {
            let phone = Phone::parse(Field::ContactPhone, input);
            let found = phone.map(|phone| phone.keys()).unwrap_or_default();
            assert_eq!(found, keys, "{input}");
        }
    }

    #[test]
    fn what_an_earlier_version_kept_is_read() {
        assert!(Phone::try_from("12345".to_owned()).is_ok());
    }
}
