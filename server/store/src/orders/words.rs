//! Search in Chinese as people type it. A run of Chinese is cut into pairs of
//! characters, and its last character: 用电负荷 is 用电 电负 负荷 荷. Two characters are
//! then one word, more are words side by side, and one is how a word begins.

use domain::order::Overview;
use domain::similar::Pairs;
use pinyin::ToPinyin;
use sqlx::SqliteConnection;

use crate::Error;

/// The words that an order is found by are written when it is placed.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    id: i64,
    overview: &Overview,
    enterprise: &str,
) -> Result<(), Error> {
    let number = overview.number;
    let placed = &overview.placement;
    sqlx::query(
        "INSERT INTO order_words (rowid, number, title, enterprise, initials, content)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(format!("{} {}", cut(&number.to_string()), number.serial()))
    .bind(cut(placed.title.as_str()))
    .bind(cut(enterprise))
    .bind(initials(enterprise))
    .bind(cut(placed.content.as_str()))
    .execute(connection)
    .await?;
    Ok(())
}

/// What the index is asked for: every word that was typed, wherever it stands. `None`
/// where there is no letter in it, so that nothing is found.
pub(super) fn asked(typed: &str) -> Option<String> {
    all_words(typed, word)
}

/// What was typed in two parts, so that what says it in its number or title comes
/// first: all of it there, and the others.
pub(super) fn ranked(typed: &str) -> Option<(String, String)> {
    let all = asked(typed)?;
    let first = asked_of(typed, &["number", "title"])?;
    let others = format!("({all}) NOT ({first})");
    Some((first, others))
}

/// As [`asked`], in these columns only.
pub(crate) fn asked_of(typed: &str, columns: &[&str]) -> Option<String> {
    let columns = columns.join(" ");
    all_words(typed, |typed| {
        let (phrase, _) = phrase(typed)?;
        Some(format!("({{{columns}}} : {phrase})"))
    })
}

/// Any two letters of a text that stand together, in one column. `None` where there
/// are none.
pub(crate) fn any_of(text: &str, column: &str) -> Option<String> {
    let words: Vec<String> = Pairs::of(text)
        .words()
        .take(MOST_PAIRS)
        .map(|word| format!("\"{word}\""))
        .collect();
    (!words.is_empty()).then(|| format!("{{{column}}} : ({})", words.join(" OR ")))
}

/// As many pairs of a text as are looked for.
const MOST_PAIRS: usize = 60;

fn all_words(typed: &str, word: impl Fn(&str) -> Option<String>) -> Option<String> {
    let words = typed.split_whitespace().map(word);
    let words = words.collect::<Option<Vec<String>>>()?;
    (!words.is_empty()).then(|| words.join(" AND "))
}

/// One word: side by side, the last one perhaps only begun.
fn word(typed: &str) -> Option<String> {
    let (phrase, sounds) = phrase(typed)?;
    if sounds {
        // As somebody types a firm by how its name sounds.
        return Some(format!("({phrase})"));
    }
    Some(format!("({{number title enterprise content}} : {phrase})"))
}

/// The phrase for one word, and whether it could be how a name sounds.
fn phrase(typed: &str) -> Option<(String, bool)> {
    let runs = runs(typed);
    let (last, before) = runs.split_last()?;
    let mut cut: Vec<String> = before.iter().flat_map(|run| run.cut(true)).collect();
    cut.extend(last.cut(false));
    let whole = last.is_chinese && last.letters.len() > 1;
    let begun = if whole { "" } else { " *" };
    let phrase = format!("\"{}\"{begun}", cut.join(" "));
    let letters = last.letters.iter().all(char::is_ascii_alphabetic);
    let sounds = before.is_empty() && letters && last.letters.len() > 1;
    Some((phrase, sounds))
}

/// Letters of one kind that stand together.
struct Run {
    letters: Vec<char>,
    is_chinese: bool,
}

impl Run {
    /// `ends` adds the last character, which stands before what follows.
    fn cut(&self, ends: bool) -> Vec<String> {
        if !self.is_chinese {
            return vec![self.letters.iter().collect::<String>().to_lowercase()];
        }
        let mut pairs: Vec<String> = self.letters.windows(2).map(String::from_iter).collect();
        if ends || pairs.is_empty() {
            pairs.extend(self.letters.last().map(char::to_string));
        }
        pairs
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut apart = true;
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            apart = true;
            continue;
        }
        let is_chinese = !letter.is_ascii();
        match runs.last_mut() {
            Some(run) if !apart && run.is_chinese == is_chinese => run.letters.push(letter),
            _ => runs.push(Run {
                letters: vec![letter],
                is_chinese,
            }),
        }
        apart = false;
    }
    runs
}

pub(crate) fn cut(text: &str) -> String {
    let words: Vec<String> = runs(text).iter().flat_map(|run| run.cut(true)).collect();
    words.join(" ")
}

/// How a firm's name sounds, by first letters, from each of its characters on: one
/// seldom types the city that it begins with.
fn initials(name: &str) -> String {
    let sounds: String = name
        .chars()
        .filter_map(|letter| match letter.to_pinyin() {
            Some(sound) => sound.first_letter().chars().next(),
            None => Some(letter.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric),
        })
        .collect();
    let from_each: Vec<&str> = (0..sounds.len()).map(|from| &sounds[from..]).collect();
    from_each.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_pairs_and_what_is_asked_fits_them() {
        assert_eq!(cut("用电负荷"), "用电 电负 负荷 荷");
        assert_eq!(cut("10千伏（专线）A座"), "10 千伏 伏 专线 线 a 座");
        for (typed, expected) in [
            ("用电", "\"用电\""),
            ("荷", "\"荷\" *"),
            ("用电负荷", "\"用电 电负 负荷\""),
            ("10千伏", "\"10 千伏\""),
            ("专线A", "\"专线 线 a\" *"),
            ("XM-2026-0002", "\"xm 2026 0002\" *"),
        ] {
            let asked = asked(typed).unwrap_or_default();
            assert_eq!(
                asked,
                format!("({{number title enterprise content}} : {expected})")
            );
        }
        assert_eq!(asked("BCzn").as_deref(), Some("(\"bczn\" *)"));
        for nothing in ["", "  ", "%", "\" OR *", "—"] {
            let asked = asked(nothing);
            assert!(
                asked.as_deref().is_none_or(|asked| asked == "(\"or\" *)"),
                "{asked:?}"
            );
        }
    }

    #[test]
    fn a_firm_is_found_by_how_its_name_sounds() {
        assert_eq!(initials("柏川A1"), "bca1 ca1 a1 1");
        assert!(initials("柏川智能装备（虚构）").starts_with("bcznzbxg cznzbxg"));
    }
}
