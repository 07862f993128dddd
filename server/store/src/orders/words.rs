//! Search in Chinese as people type it. A run of Chinese is cut into pairs of
//! characters, and its last character: 用电负荷 is 用电 电负 负荷 荷. Two characters are
//! then one word, more are words side by side, and one is how a word begins.

use std::sync::LazyLock;

use domain::order::{Number, Order};
use domain::rights::Relation;
use domain::similar::Pairs;
use domain::{Action, Actor};
use pinyin::ToPinyin;

use crate::Error;
use crate::dialect::{Conn, Query};

/// Writes the words that an order is found by, and who finds it: anew when another body
/// has come to it.
pub(super) async fn write(
    connection: &mut Conn,
    id: i64,
    order: &Order,
    enterprise: &str,
) -> Result<(), Error> {
    static INSERT: LazyLock<String> = LazyLock::new(|| insert("?"));
    let write = sqlx::query(INSERT.as_str()).bind(id);
    bind(write, order, enterprise).execute(connection).await?;
    Ok(())
}

/// A statement that writes them, `order` being how it knows the order's id.
pub(super) fn insert(order: &str) -> String {
    format!("INSERT OR REPLACE INTO unworded VALUES ({order}, ?, ?, ?, ?, ?)")
}

/// Binds what comes after the order.
pub(super) fn bind<'q>(query: Query<'q>, order: &Order, enterprise: &str) -> Query<'q> {
    let placed = &order.placement;
    query
        .bind(heads(order.number, placed.title.as_str()))
        .bind(cut(enterprise))
        .bind(initials(enterprise))
        .bind(cut(placed.content.as_str()))
        .bind(readers(order))
}

/// Where words wait until their transaction ends: each savepoint would make a part of its
/// own of the index, to be merged with all others.
pub(crate) async fn prepare(connection: &mut Conn) -> Result<(), sqlx::Error> {
    sqlx::query(
        "CREATE TEMP TABLE unworded
         (id INTEGER PRIMARY KEY, heads TEXT, enterprise TEXT, initials TEXT, content TEXT,
          readers TEXT)",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts the words that wait into their index; before each commit.
pub(crate) async fn fold(connection: &mut Conn) -> Result<(), sqlx::Error> {
    let folded = sqlx::query(
        "INSERT OR REPLACE INTO order_words
             (rowid, heads, enterprise, initials, content, readers)
         SELECT id, heads, enterprise, initials, content, readers FROM unworded ORDER BY id",
    )
    .execute(&mut *connection)
    .await?;
    if folded.rows_affected() > 0 {
        sqlx::query("DELETE FROM unworded")
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Who finds an order, a word for each relation by which one sees it.
pub(super) fn readers(order: &Order) -> String {
    let lead = order.stage.lead().map(|body| reader(Relation::Lead, body));
    let parts = order.co_handlers.iter().filter(|part| !part.is_recalled());
    let parts = parts.map(|part| reader(Relation::CoHandles, &part.body));
    let tasks = order.tasks.iter();
    let tasks = tasks.flat_map(|task| {
        task.duty
            .bodies()
            .map(|body| reader(Relation::Tasked, body))
    });
    let own = reader(Relation::Own, order.enterprise);
    let located = reader(Relation::Located, &order.placement.township);
    let mut readers: Vec<String> = lead.into_iter().chain(parts).chain(tasks).collect();
    readers.extend([own, located]);
    readers.join(" ")
}

fn reader(relation: Relation, who: impl ToString) -> String {
    let who = who.to_string().to_lowercase();
    let who: String = who.chars().filter(char::is_ascii_alphanumeric).collect();
    let relation = match relation {
        Relation::Own => "own",
        Relation::Lead => "lead",
        Relation::CoHandles => "part",
        Relation::Tasked => "task",
        Relation::Located => "place",
        Relation::Any
        | Relation::Manages
        | Relation::Carded
        | Relation::Gave
        | Relation::Invited
        | Relation::InCharge => "none",
    };
    format!("{relation}{who}")
}

/// What is asked for, in what the caller may see: so that a word that stands in a
/// hundred thousand orders is not looked up in those of others. The condition on
/// `orders` stands beside it, and is the one that counts.
pub(super) fn within_reach(asked: &str, actor: &Actor) -> String {
    let mut readers = Vec::new();
    for relation in actor.relations_for(Action::SeeOrder) {
        let (enterprise, body) = (actor.role.enterprise(), actor.role.body());
        let who = match relation {
            Relation::Own => enterprise.map(|own| reader(relation, own)),
            Relation::Lead | Relation::CoHandles | Relation::Tasked | Relation::Located => {
                body.map(|body| reader(relation, body))
            }
            // Who is in charge of a project changes without its orders.
            Relation::Any | Relation::InCharge => return asked.to_owned(),
            Relation::Manages | Relation::Carded | Relation::Gave | Relation::Invited => None,
        };
        readers.extend(who.map(|who| format!("\"{who}\"")));
    }
    format!("({asked}) AND {{readers}} : ({})", readers.join(" OR "))
}

/// The words of number and title, each marked: a word that stands in every order's
/// content is looked up among titles without all those orders. The mark alone stands
/// between the two, which are not read together.
fn heads(number: Number, title: &str) -> String {
    let number = format!("{} {}", cut(&number.to_string()), number.serial());
    format!("{} {HEAD} {}", marked(&number), marked(&cut(title)))
}

const HEAD: char = 't';

fn marked(words: &str) -> String {
    let words: Vec<String> = words
        .split(' ')
        .map(|word| format!("{HEAD}{word}"))
        .collect();
    words.join(" ")
}

/// What the index is asked for: every word that was typed, wherever it stands. `None`
/// where there is no letter in it, so that nothing is found.
pub(super) fn asked(typed: &str) -> Option<String> {
    all_words(typed, |phrase| {
        let (head, plain) = (phrase.in_heads(), phrase.plain());
        let says = format!("{{heads}} : {head} OR {{enterprise content}} : {plain}");
        match phrase.sounding() {
            None => format!("({says})"),
            Some(initials) => format!("({says} OR {{initials}} : ({initials}))"),
        }
    })
}

/// What was typed in two parts, so that what says it in its number or title comes
/// first: all of it there, and the others.
pub(super) fn ranked(typed: &str) -> Option<(String, String)> {
    let all = asked(typed)?;
    let first = all_words(typed, |phrase| {
        format!("({{heads}} : {})", phrase.in_heads())
    })?;
    let others = format!("({all}) NOT ({first})");
    Some((first, others))
}

/// Every word that was typed, in these columns of an index without marks.
pub(crate) fn asked_of(typed: &str, columns: &[&str]) -> Option<String> {
    let columns = columns.join(" ");
    all_words(typed, |phrase| {
        format!("({{{columns}}} : {})", phrase.plain())
    })
}

/// Each two letters of a text that stand together, in a title or a content.
pub(super) fn each_of(text: &str) -> Vec<String> {
    let pairs = Pairs::of(text);
    let words = pairs.words().take(MOST_PAIRS);
    words
        .map(|word| format!("{{heads}} : \"{HEAD}{word}\" OR {{content}} : \"{word}\""))
        .collect()
}

/// Any two letters of a text that stand together, in one column of an index without
/// marks. `None` where there are none.
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

/// What people write between words, beside blanks.
const BETWEEN: &str = ",，、;；。";

/// A number of an order is seldom typed with its noughts: XM-2026-24.
fn whole_number(typed: &str) -> String {
    let number = || {
        let (year, serial) = typed.get(2..)?.trim_start_matches('-').split_once('-')?;
        let prefix = typed.get(..2)?.eq_ignore_ascii_case("xm");
        let begun = serial.is_empty() || serial.starts_with('0');
        (prefix && !begun).then_some(())?;
        Some(Number::new(year.parse().ok()?, serial.parse().ok()?))
    };
    number().map_or_else(|| typed.to_owned(), |number| number.to_string())
}

/// Words that one search looks for at most.
pub const MOST_WORDS: usize = 12;
/// Letters of one search at most; a title has no more than eighty.
pub const MOST_LETTERS: usize = 100;

/// Whether somebody typed more than a search takes.
pub fn is_too_long(typed: &str) -> bool {
    let apart = |letter: char| letter.is_whitespace() || BETWEEN.contains(letter);
    let words = typed.split(apart).filter(|typed| !typed.is_empty());
    words.count() > MOST_WORDS || typed.chars().count() > MOST_LETTERS
}

fn all_words(typed: &str, word: impl Fn(Phrase) -> String) -> Option<String> {
    let apart = |letter: char| letter.is_whitespace() || BETWEEN.contains(letter);
    let mut words: Vec<&str> = typed
        .split(apart)
        .filter(|typed| !typed.is_empty())
        .collect();
    // The same once more finds nothing else; a whole text, as precedents ask with, is
    // found by how it begins.
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
    words.truncate(MOST_WORDS);
    let words = words
        .into_iter()
        .map(|typed| Phrase::of(&whole_number(typed)).map(&word));
    let words = words.collect::<Option<Vec<String>>>()?;
    (!words.is_empty()).then(|| words.join(" AND "))
}

/// What was typed without a blank, cut into words that stand side by side.
struct Phrase {
    words: Vec<String>,
    /// The last of them is perhaps only begun.
    is_begun: bool,
    /// It could be how a name sounds.
    sounds: bool,
}

impl Phrase {
    fn of(typed: &str) -> Option<Self> {
        let runs = runs(typed);
        let (last, before) = runs.split_last()?;
        let mut words: Vec<String> = before.iter().flat_map(|run| run.cut(true)).collect();
        words.extend(last.cut(false));
        let letters = last.letters.iter().all(char::is_ascii_alphabetic);
        Some(Self {
            words,
            is_begun: !(last.is_chinese && last.letters.len() > 1),
            sounds: before.is_empty() && letters && last.letters.len() > 1,
        })
    }

    fn plain(&self) -> String {
        self.quoted(&self.words.join(" "))
    }

    /// As somebody types a firm by how its name sounds: more letters than the index tells
    /// apart are looked for piece by piece.
    fn sounding(&self) -> Option<String> {
        let letters = self.words.first().filter(|_| self.sounds)?;
        let last = letters.len().saturating_sub(TOLD);
        let begins = (0..last).step_by(TOLD).chain([last]);
        let pieces = begins.filter_map(|from| letters.get(from..letters.len().min(from + TOLD)));
        let pieces: Vec<String> = pieces.map(|piece| format!("\"{piece}\" *")).collect();
        Some(pieces.join(" AND "))
    }

    fn in_heads(&self) -> String {
        self.quoted(&marked(&self.words.join(" ")))
    }

    fn quoted(&self, words: &str) -> String {
        let begun = if self.is_begun { " *" } else { "" };
        format!("\"{words}\"{begun}")
    }
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

/// As wide as a keyboard for Chinese writes letters and digits, or not.
fn half_width(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        letter => letter,
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut apart = true;
    for letter in text.chars().map(half_width) {
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

/// Characters that names of firms and places read in more than one way: each with the
/// first letters of its readings in use. 重庆, 长兴, 工行, 会计, 厦门, 单县, 乐清.
const READINGS: &str = "重cz 长cz 行xh 会hk 厦xs 单ds 乐ly 曾zc 解jx 仇qc 区qo 查cz 翟zd \
     朝zc 车cj 传cz 藏cz 调td 弹td 盛sc 属sz 宿sx 省sx 沈sc 什s 似s 校xj \
     降jx 角j 系xj 卡kq 见jx 贾jg 合hg 盖gh 和hq 夹jg 济j 巷xh 铅qy 浒hx 尉wy 蔚wy \
     覃qt 冼x 繁fp 秘mb 泊bp 番fp 扁bp 薄b 伯b 折zs 粘zn 祭jz 种zc 乘cs 禅cs 殖zs \
     莘sx 圩wx 峒td 洞dt 否fp 呼h 吓xh 铺p 荥xy 侗dt 氏sz 龟gjq 术sz 叶yx 说sy 若r 员y \
     亳b 万wm 俟sq 六l 陆l 率ls 弄nl 露l 落l 泌mb 无w 兴x 燕y 柏b 应y 隗wk 乌w 参cs 差cc 称cc";

/// The first letters of how a character is read.
fn sounds(letter: char) -> Vec<char> {
    let many = READINGS.split_whitespace().find_map(|entry| {
        let mut entry = entry.chars();
        (entry.next() == Some(letter)).then(|| entry.collect())
    });
    many.unwrap_or_else(|| match letter.to_pinyin() {
        Some(sound) => sound.first_letter().chars().next().into_iter().collect(),
        None => Some(letter.to_ascii_lowercase())
            .filter(char::is_ascii_alphanumeric)
            .into_iter()
            .collect(),
    })
}

/// Letters that the index tells apart from each character of a name on.
const TOLD: usize = 6;
/// Ways to read so many characters that are kept at most: two readings of each.
const WAYS: usize = 64;

/// How a firm's name sounds, by first letters, from each of its characters on: one
/// seldom types the city that it begins with. In every reading of its characters.
fn initials(name: &str) -> String {
    let sounds: Vec<Vec<char>> = name.chars().map(sounds).filter(|s| !s.is_empty()).collect();
    let mut all: Vec<String> = Vec::new();
    for from in 0..sounds.len() {
        let mut ways = vec![String::new()];
        for letters in sounds[from..].iter().take(TOLD) {
            let told = if ways.len() * letters.len() <= WAYS {
                letters.as_slice()
            } else {
                &letters[..1]
            };
            ways = told
                .iter()
                .flat_map(|letter| ways.iter().map(move |way| format!("{way}{letter}")))
                .collect();
        }
        all.extend(ways);
    }
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_pairs_and_what_is_asked_fits_them() {
        assert_eq!(cut("用电负荷"), "用电 电负 负荷 荷");
        assert_eq!(cut("10千伏（专线）A座"), "10 千伏 伏 专线 线 a 座");
        for (typed, in_heads, plain) in [
            ("用电", "\"t用电\"", "\"用电\""),
            ("荷", "\"t荷\" *", "\"荷\" *"),
            ("用电负荷", "\"t用电 t电负 t负荷\"", "\"用电 电负 负荷\""),
            ("１０千伏", "\"t10 t千伏\"", "\"10 千伏\""),
            ("10千伏", "\"t10 t千伏\"", "\"10 千伏\""),
            ("专线A", "\"t专线 t线 ta\" *", "\"专线 线 a\" *"),
            (
                "XM-2026-0002",
                "\"txm t2026 t0002\" *",
                "\"xm 2026 0002\" *",
            ),
            (
                "xm-2026-24",
                "\"txm t2026 t000024\" *",
                "\"xm 2026 000024\" *",
            ),
        ] {
            let asked = asked(typed).unwrap_or_default();
            assert_eq!(
                asked,
                format!("({{heads}} : {in_heads} OR {{enterprise content}} : {plain})")
            );
        }
        assert_eq!(asked("用电，专线"), asked("用电 专线"));
        assert_eq!(
            asked("BCzn").as_deref(),
            Some(
                "({heads} : \"tbczn\" * OR {enterprise content} : \"bczn\" * \
                 OR {initials} : (\"bczn\" *))"
            )
        );
        for nothing in ["", "  ", "%", "\" OR *", "—"] {
            assert_eq!(asked(nothing), None);
        }
    }

    #[test]
    fn a_firm_is_found_by_how_its_name_sounds() {
        assert_eq!(initials("柏川A1"), "bca1 ca1 a1 1");
        assert_eq!(initials("长行"), "cx zx ch zh x h");
        for (name, typed) in [
            ("重庆长安", "cqca"),
            ("单县厦工", "sxxg"),
            ("乐清会计", "yqkj"),
            ("建设银行", "jsyh"),
        ] {
            let all = initials(name);
            assert!(all.split(' ').any(|way| way == typed), "{name}: {all}");
        }
        assert!(initials("柏川智能装备（虚构）").starts_with("bcznzb cznzbx"));
        let phrase = |typed| Phrase::of(typed).and_then(|phrase| phrase.sounding());
        let pieces = "\"cqcahs\" * AND \"xkjyqx\" * AND \"kjyqxm\" *";
        assert_eq!(phrase("cqcahsxkjyqxm").as_deref(), Some(pieces));
        assert_eq!(phrase("bczn").as_deref(), Some("\"bczn\" *"));
        assert_eq!(phrase("10kV"), None);
    }
}
