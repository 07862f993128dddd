//! How alike two texts are, for duplicates and common problems.

use std::collections::BTreeSet;

/// The pairs of neighbouring letters of a text, whatever stands between words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs(BTreeSet<(char, char)>);

impl Pairs {
    pub fn of(text: &str) -> Self {
        let letters: Vec<char> = text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let pairs = letters.windows(2).map(|pair| (pair[0], pair[1]));
        Self(pairs.collect())
    }

    /// As words, each of two letters.
    pub fn words(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(a, b)| String::from_iter([a, b]))
    }

    /// 0 to 100: how much of it stands in the other.
    pub fn share_in(&self, other: &Self) -> u16 {
        if self.0.is_empty() {
            return 0;
        }
        let both = self.0.intersection(&other.0).count();
        u16::try_from(100 * both / self.0.len()).unwrap_or(100)
    }

    /// 0 to 100: twice what both have, of what the two have (Sørensen and Dice). Nothing
    /// is like an empty text.
    pub fn likeness(&self, other: &Self) -> u16 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 0;
        }
        let both = self.0.intersection(&other.0).count();
        u16::try_from(200 * both / all).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_alike_by_the_pairs_of_letters_that_they_share() {
        let cases: [(&str, &str, std::ops::RangeInclusive<u16>, &str); 6] = [
            (
                "10千伏专线接入慢",
                "10千伏专线接入慢",
                100..=100,
                "the same",
            ),
            (
                "10千伏专线接入慢",
                "10千伏 专线，接入慢！",
                100..=100,
                "but for marks",
            ),
            (
                "10千伏专线接入进度慢",
                "专线接入进度太慢",
                55..=85,
                "said otherwise",
            ),
            (
                "10千伏专线接入进度慢",
                "厂房不动产证办理受阻",
                0..=0,
                "something else",
            ),
            (
                "供水压力不足",
                "供气压力不足",
                30..=75,
                "one letter makes another matter",
            ),
            ("", "", 0..=0, "nothing is like nothing"),
        ];
        for (a, b, expected, why) in cases {
            let is = Pairs::of(a).likeness(&Pairs::of(b));
            assert!(expected.contains(&is), "{why}: {is}");
            assert_eq!(is, Pairs::of(b).likeness(&Pairs::of(a)), "{why}");
        }
    }
}
