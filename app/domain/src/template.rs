//! 答复模板: a department's ways of beginning a reply, with fields that an order fills.

use serde::{Deserialize, Serialize};

use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::text::{Line, Prose};

/// What a field in braces stands for, `{企业}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    Number,
    Title,
    Enterprise,
    /// The body that replies.
    Body,
    Township,
    PlacedOn,
    DueOn,
    Today,
}

impl Slot {
    pub const ALL: [Self; 8] = [
        Self::Number,
        Self::Title,
        Self::Enterprise,
        Self::Body,
        Self::Township,
        Self::PlacedOn,
        Self::DueOn,
        Self::Today,
    ];

    /// As it stands in a template's text, without braces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "单号",
            Self::Title => "事项",
            Self::Enterprise => "企业",
            Self::Body => "单位",
            Self::Township => "乡镇",
            Self::PlacedOn => "点单日期",
            Self::DueOn => "办结期限",
            Self::Today => "今天",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.name() == name)
    }
}

/// A template as it was typed and found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub title: Line<40>,
    pub text: Prose<5000>,
}

impl Template {
    /// A field in braces that there is not would stand in a letter as it is, so it is
    /// refused by name.
    pub fn parse(title: &str, text: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let title = faults.keep(Line::parse(Field::TemplateTitle, title));
        let text = faults.keep(Prose::parse(Field::ReplyText, text).and_then(known_slots));
        match (title, text) {
            (Some(title), Some(text)) => Ok(Self { title, text }),
            _ => Err(faults.refusal()),
        }
    }
}

fn known_slots(text: Prose<5000>) -> Result<Prose<5000>, FieldFault> {
    let strange = pieces(text.as_str())
        .into_iter()
        .find_map(|piece| match piece {
            Piece::Strange(name) => Some(name.to_owned()),
            Piece::Text(_) | Piece::Slot(_) => None,
        });
    match strange {
        Some(name) => Err(FieldFault {
            field: Field::ReplyText,
            fault: Fault::NoSuchSlot { name },
        }),
        None => Ok(text),
    }
}

/// The text with its fields filled in.
pub fn filled(text: &str, value: impl Fn(Slot) -> String) -> String {
    let piece = |piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Slot(slot) => value(slot),
        Piece::Strange(name) => format!("{{{name}}}"),
    };
    pieces(text).into_iter().map(piece).collect()
}

enum Piece<'t> {
    Text(&'t str),
    Slot(Slot),
    Strange(&'t str),
}

/// Both kinds of braces are one.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(opens) = rest.find(['{', '｛']) {
        let width = rest[opens..].chars().next().map_or(1, char::len_utf8);
        let inside = &rest[opens + width..];
        let Some(closes) = inside.find(['}', '｝']) else {
            break;
        };
        let name = inside[..closes].trim();
        let after = inside[closes..].chars().next().map_or(1, char::len_utf8);
        pieces.push(Piece::Text(&rest[..opens]));
        pieces.push(Slot::parse(name).map_or(Piece::Strange(name), Piece::Slot));
        rest = &inside[closes + after..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Lines of a text that look like a template's and that nobody has filled in: a number
/// alone, a heading with nothing behind it, a date without its figures, a dotted line, a
/// field in braces or brackets, a label with a gap behind it, a word that asks to be
/// replaced.
pub fn blanks(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let mut blank = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next_begins = lines
            .get(at + 1)
            .is_none_or(|next| after_ordinal(next).is_some());
        let leads_on = match after_ordinal(line) {
            Some(rest) => rest.ends_with(['：', ':']) && next_begins,
            // The last line of a text leads to nothing.
            None => at > 0 && at + 1 == lines.len() && line.ends_with(['：', ':']),
        };
        let is_open = leads_on || only_begins(line);
        if is_open {
            blank.push((*line).chars().take(40).collect());
        }
        // Of a long line, the clause that the gap is in.
        let mut clauses = line.split_inclusive(['，', '。', '；', ',', ';']);
        if !is_open && has_gap(line) {
            let clause = clauses.find(|clause| has_gap(clause)).unwrap_or(line);
            blank.push(clause.trim().chars().take(40).collect());
        } else if !is_open && let Some(clause) = line.split(ENDS).find(|one| is_bare(one)) {
            blank.push(clause.trim().chars().take(40).collect());
        }
    }
    blank
}

/// Where a clause ends.
const ENDS: [char; 6] = ['，', '。', '；', ',', ';', '\n'];

/// A clause that ends where something should follow: 联系电话：, 一是, （二）.
fn is_bare(clause: &str) -> bool {
    let clause = clause.trim();
    let counted = clause.strip_suffix('是').is_some_and(|figures| {
        !figures.is_empty() && figures.chars().all(|c| "一二三四五六七八九十".contains(c))
    });
    let ordinals = clause.strip_prefix(['（', '(']).is_some_and(|_| {
        let mut rest = clause;
        while let Some(after) = after_ordinal(rest) {
            rest = after;
        }
        rest.is_empty()
    });
    counted || ordinals
}

/// A line that only counts, or begins: 一、 二、 · 第一， · ●.
fn only_begins(line: &str) -> bool {
    let mut rest = line;
    while let Some(after) = after_ordinal(rest) {
        rest = after.trim_start_matches(ENDS).trim_start();
    }
    let begun = rest.trim_end_matches(ENDS).trim();
    let begins = [
        "首先", "其次", "再次", "最后", "●", "•", "·", "○", "■", "◆", "-",
    ];
    let counts = begun.strip_prefix('第').is_some_and(|figures| {
        !figures.is_empty() && figures.chars().all(|c| "一二三四五六七八九十".contains(c))
    });
    rest.is_empty() || counts || begins.contains(&begun)
}

/// What stands behind 一、 （二） 3. 4、 at the beginning of a line.
fn after_ordinal(line: &str) -> Option<&str> {
    let is_figure = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let inside = line.strip_prefix(['（', '(']);
    let figures = inside.unwrap_or(line);
    let mut circled = line.chars();
    if circled.next().is_some_and(|c| ('①'..='⑳').contains(&c)) {
        return Some(circled.as_str().trim());
    }
    let end = figures.find(|c| !is_figure(c)).unwrap_or(figures.len());
    if end == 0 {
        return None;
    }
    let rest = &figures[end..];
    let rest = match inside {
        Some(_) => rest.strip_prefix(['）', ')'])?,
        None => rest.strip_prefix(['、', '.', '．'])?,
    };
    Some(rest.trim())
}

fn has_gap(line: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || c == '_' || c == '＿';
    let before = |mark: char| {
        let mut parts = line.split(mark);
        let first = parts.next().filter(|_| parts.next().is_some());
        first.is_some_and(|first| {
            let said = first.trim_end_matches(is_blank);
            // 11 月 23 日 is a date, however its figures stand.
            let has_figure = said.ends_with(|c: char| c.is_numeric());
            first.chars().next_back().is_none_or(is_blank) && !has_figure
        })
    };
    let date = before('月') && before('日') && line.contains('月') && line.contains('日');
    let dotted = [
        "__",
        "＿＿",
        "××",
        "XX",
        "X月",
        "xxx",
        "……前",
        "{",
        "｛",
        "请填写",
        "此处填写",
        "待填",
        "***",
    ];
    let year = line.split('年').next().is_some_and(|first| {
        first.len() < line.len() && first.ends_with(is_blank) && first.trim_end().ends_with('于')
    });
    let only_dots = line.chars().all(|c| "….。".contains(c)) && line.contains('…');
    // A word in heavy brackets stands for another; a number of a paper has figures.
    let inside = line
        .split_once('【')
        .and_then(|(_, rest)| rest.split_once('】'));
    let stands_for = inside.is_some_and(|(word, _)| {
        word.chars().count() <= 6 && !word.chars().any(|c| c.is_ascii_digit())
    });
    date || year
        || only_dots
        || stands_for
        || is_named_only(line)
        || has_open_label(line)
        || holds_nothing(line)
        || dotted.iter().any(|gap| line.contains(gap))
}

/// Brackets with nothing in them, a label with nothing behind it: （　　） · 依据《》 ·
/// 联系电话：。
fn holds_nothing(line: &str) -> bool {
    let brackets = [
        ('（', '）'),
        ('(', ')'),
        ('《', '》'),
        ('“', '”'),
        ('「', '」'),
    ];
    let empty = brackets.iter().any(|(opens, closes)| {
        let inside = line.split(*opens).skip(1);
        inside
            .map(str::trim_start)
            .any(|rest| rest.starts_with(*closes))
    });
    let closed: String = line.split_whitespace().collect();
    let unsaid = ["：。", "：；", "：，", "：—", "：）"];
    empty || unsaid.iter().any(|end| closed.contains(end))
}

/// A word in brackets or angles that stands for what is to be written: [日期], <日期>.
fn is_named_only(line: &str) -> bool {
    let stands_for = |opens: &[char], closes: &[char]| {
        let (_, rest) = line.split_once(opens)?;
        let (word, _) = rest.split_once(closes)?;
        let word = word.trim();
        let is_word = (1..=6).contains(&word.chars().count());
        Some(is_word && word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
    };
    let angles = stands_for(&['<', '‹', '＜'], &['>', '›', '＞']);
    let brackets = stands_for(&['[', '［'], &[']', '］']);
    angles.unwrap_or(false) || brackets.unwrap_or(false)
}

/// A label with blanks behind it, where another label follows or the sentence ends:
/// 联系人：　　电话：　　。
fn has_open_label(line: &str) -> bool {
    let behind: Vec<&str> = line.split(['：', ':']).skip(1).collect();
    let is_open = |(at, text): (usize, &&str)| {
        let rest = text.trim_start();
        let has_blanks = text.starts_with('\u{3000}') || text.len() - rest.len() > 1;
        let is_label = !rest.contains(char::is_whitespace) && rest.chars().count() <= 6;
        let is_end = !rest.is_empty() && rest.trim_matches(ENDS).is_empty();
        has_blanks
            && if at + 1 < behind.len() {
                is_label
            } else {
                is_end
            }
    };
    behind.iter().enumerate().any(is_open)
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_filled_and_strange_ones_refused_by_name() {
        let value = |slot: Slot| format!("<{}>", slot.name());
        let cases = [
            ("{企业}：您好", "<企业>：您好"),
            ("｛ 单号 ｝及{今天}。", "<单号>及<今天>。"),
            ("没有字段", "没有字段"),
            ("没有合上{企业", "没有合上{企业"),
        ];
        for (text, expected) in cases {
            assert_eq!(filled(text, value), expected);
            assert!(Template::parse("题", text).is_ok(), "{text}");
        }
        let refused = Template::parse("题", "{电话}").expect_err("there is none");
        let Refusal::Invalid { faults } = refused else {
            panic!("beside the field");
        };
        let name = "电话".to_owned();
        assert_eq!(faults[0].fault, Fault::NoSuchSlot { name });
    }
}

#[cfg(test)]
mod blank_tests {
    use super::blanks;

    #[test]
    fn what_nobody_has_filled_in_is_found() {
        let cases: [(&str, usize, &str); 41] = [
            ("2026 年 11 月 23 日前完成。", 0, "a date with blanks"),
            ("已于 11 月 20 日办结。", 0, "a date without a year"),
            (
                "项目        面积（亩）    进度\n一号地块    12.5    已交地",
                0,
                "a table",
            ),
            ("预计 2026 年  月  日 前完成", 1, "a year alone"),
            ("处理结果：（　　）", 1, "brackets with nothing in them"),
            ("张三（电话：   ）", 1, "a label in brackets"),
            ("依据《》第三条办理。", 1, "a paper without a name"),
            ("联系电话：。", 1, "a label and an end"),
            ("一、。二、。", 1, "numbers alone on one line"),
            ("第一，\n第二，", 2, "beginnings alone"),
            ("● \n● ", 2, "marks alone"),
            (
                "首先，我局已派人到场；第二，线路已修复。",
                0,
                "said in order",
            ),
            ("依据《供电营业规则》（第三条）办理。", 0, "a paper by name"),
            ("一、\n二、", 2, "numbers alone"),
            (
                "一、办理条件：\n二、办理结果：已通电",
                1,
                "a heading with nothing behind it",
            ),
            ("预计 　月　日 前完成", 1, "a date without figures"),
            ("联系人：____", 1, "a dotted line"),
            ("一、已通电。\n二、费用已退。", 0, "filled in"),
            ("您好，办理情况如下：", 0, "no number"),
            ("预计 12月4日 前完成", 0, "a date"),
            ("一、办理条件：\n营业执照", 0, "filled in on the next line"),
            ("详见{附件}，已办", 1, "a field in braces"),
            ("【请填写】已办", 1, "a word that asks"),
            ("（此处填写办理结果）", 1, "a word that asks"),
            ("承办人：XXX，已办", 1, "letters in a name's place"),
            ("一是；二是；三是。", 1, "counted, and nothing said"),
            ("已于  年完成。", 1, "a year without figures"),
            ("（一）（二）", 1, "ordinals alone"),
            ("已办结。\n联系电话：", 1, "a label at the end"),
            ("……", 1, "dots"),
            ("一是已通电；二是已退费。", 0, "counted and said"),
            ("（一）已通电", 0, "said"),
            ("请于 [日期] 前来。", 1, "a word in brackets"),
            ("‹日期>前办结", 1, "a word in angles"),
            ("① \n② ", 2, "circled numbers alone"),
            ("联系人：　　电话：13800000000", 1, "a label with a gap"),
            ("联系人：　　电话：　　。", 1, "labels with gaps"),
            ("您好，*** 已办", 1, "stars"),
            ("联系人： 王敏  电话： 13800000000", 0, "filled in"),
            ("①已通电；②已退费", 0, "circled and said"),
            ("依据[2026]12号文", 0, "a number of a paper"),
        ];
        for (text, found, why) in cases {
            assert_eq!(blanks(text).len(), found, "{why}: {:?}", blanks(text));
        }
    }
}
