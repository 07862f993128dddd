//! Days and times as an office types them, read by one parser for every form, sheet and
//! command: 2026-11-27, 2026/11/27 9:30, 2026年11月27日上午10时, 20261127, 二〇二六年十一月二十七日.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::text::plain;

/// A day, without a time.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = arabic(&plain(text));
    let (day, rest) = date(text.trim(), None)?;
    without_weekday(rest).is_empty().then_some(day)
}

/// A day with a time; midnight, at which the day begins, where none is said.
pub fn moment(text: &str) -> Option<NaiveDateTime> {
    parse(text, None)
}

/// As [`moment`], of something that has happened: a day without its year is the last such
/// day up to `today`.
pub fn moment_until(text: &str, today: NaiveDate) -> Option<NaiveDateTime> {
    parse(text, Some(today))
}

fn parse(text: &str, today: Option<NaiveDate>) -> Option<NaiveDateTime> {
    let text = arabic(&plain(text));
    let (day, rest) = date(text.trim(), today)?;
    let rest = without_weekday(rest).trim_start_matches([',', '，']);
    let time = match rest.strip_prefix(['T', 't']).unwrap_or(rest).trim() {
        "" => NaiveTime::MIN,
        text => time(text)?,
    };
    Some(day.and_time(time))
}

/// The date at the beginning, and what stands behind it.
fn date(text: &str, today: Option<NaiveDate>) -> Option<(NaiveDate, &str)> {
    let (first, rest) = number(text)?;
    match text.len() - rest.len() {
        // 20261127
        8 => {
            let year = i32::try_from(first / 10_000).ok()?;
            let day = NaiveDate::from_ymd_opt(year, first / 100 % 100, first % 100)?;
            return Some((day, rest));
        }
        // What a spreadsheet keeps of a date where its cell does not say that it is one.
        5 if rest.is_empty() && (36_526..=73_050).contains(&first) => {
            let days = chrono::Days::new(first.into());
            return Some((
                NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(days)?,
                "",
            ));
        }
        _ => {}
    }
    let year = match first {
        // 26/11/27
        20..=99 => 2000 + first,
        year => year,
    };
    if year >= 1000
        && let Some(after_year) = separator(rest, "年")
        && let Some((month, rest)) = number(after_year)
        && let Some((day, rest)) = separator(rest, "月").and_then(number)
    {
        let year = i32::try_from(year).ok()?;
        return Some((
            NaiveDate::from_ymd_opt(year, month, day)?,
            without_day(rest),
        ));
    }
    // 11月27日, 11/27
    let today = today?;
    let (day, rest) = number(separator(rest, "月")?)?;
    let mut years = (0..4).map(|ago| today.year() - ago);
    let found = years.find_map(|year| {
        let found = NaiveDate::from_ymd_opt(year, first, day);
        found.filter(|found| *found <= today)
    });
    Some((found?, without_day(rest)))
}

fn without_day(rest: &str) -> &str {
    let rest = rest.trim_start();
    rest.strip_prefix(['日', '号', '。']).unwrap_or(rest)
}

fn separator<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let trimmed = text.trim_start();
    let rest = trimmed.strip_prefix(['-', '/', '.', '、', '。', '·']);
    let rest = rest.or_else(|| trimmed.strip_prefix(word));
    // 2026 11 27
    let rest = rest.or_else(|| (trimmed.len() < text.len()).then_some(trimmed));
    rest.map(str::trim_start)
}

/// 上午10:00, 下午3点半, 15时30分, 9:30:00, 10:00 AM.
fn time(text: &str) -> Option<NaiveTime> {
    const MORNING: [&str; 4] = ["上午", "早上", "凌晨", "AM"];
    const AFTERNOON: [&str; 4] = ["下午", "晚上", "傍晚", "PM"];
    const NOON: [&str; 1] = ["中午"];
    let upper = text.trim().to_uppercase();
    let cut = |words: &[&str]| {
        words.iter().find_map(|word| {
            let rest = upper
                .strip_prefix(word)
                .or_else(|| upper.strip_suffix(word));
            rest.map(|rest| rest.trim().to_owned())
        })
    };
    let (half, text) = if let Some(rest) = cut(&MORNING) {
        (Some(0), rest)
    } else if let Some(rest) = cut(&AFTERNOON) {
        (Some(12), rest)
    } else if let Some(rest) = cut(&NOON) {
        (Some(12), rest)
    } else {
        (None, upper.clone())
    };
    if text.is_empty() {
        // A half day, as a window of the hall writes it down: when it opens.
        let hour = match half? {
            0 => 9,
            _ => 13,
        };
        return NaiveTime::from_hms_opt(hour, 0, 0);
    }
    let (hour, rest) = number(&text)?;
    let rest = rest.trim_start();
    let (minute, second) = match rest.strip_prefix([':', '点', '时']) {
        None if rest.is_empty() && half.is_some() => (0, 0),
        None => return None,
        Some(rest) => match rest.trim() {
            "" | "整" | "钟" if !text.contains(':') => (0, 0),
            "半" => (30, 0),
            "一刻" | "1刻" => (15, 0),
            rest => {
                let (minute, rest) = number(rest)?;
                match rest
                    .trim_start()
                    .trim_start_matches([':', '分'])
                    .trim_end_matches('秒')
                {
                    "" => (minute, 0),
                    second => (minute, second.trim().parse().ok()?),
                }
            }
        },
    };
    let hour = match (half, hour) {
        (Some(0), 12) => 0,
        (Some(0), 13..) => return None,
        (Some(12), 1..=11) => hour + 12,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

fn without_weekday(rest: &str) -> &str {
    let mut rest = rest.trim();
    for open in ["(周", "(星期", "周", "星期"] {
        if let Some(after) = rest.strip_prefix(open) {
            let mut letters = after.chars();
            if letters
                .next()
                .is_some_and(|c| "一二三四五六日天1234567".contains(c))
            {
                rest = letters.as_str();
                rest = rest.strip_prefix(')').unwrap_or(rest).trim();
            }
            break;
        }
    }
    rest
}

/// The digits at the beginning, and what stands behind them.
fn number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Chinese figures of a date as digits: 二〇二六 as 2026, 十一 as 11, 二十七 as 27. A weekday
/// keeps its own.
fn arabic(text: &str) -> String {
    let digit = |c: char| {
        "〇一二三四五六七八九"
            .chars()
            .position(|d| d == c || (c == '零' && d == '〇'))
    };
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        // 两点: an hour.
        if letters[at] == '两' && letters.get(at + 1) == Some(&'点') {
            out.push('2');
            at += 1;
            continue;
        }
        let is_figure = |c: char| digit(c).is_some() || c == '十';
        let weekday = at > 0 && matches!(letters[at - 1], '周' | '期');
        if weekday || !is_figure(letters[at]) {
            out.push(letters[at]);
            at += 1;
            continue;
        }
        let end = letters[at..].iter().position(|c| !is_figure(*c));
        let figures = &letters[at..end.map_or(letters.len(), |end| at + end)];
        match figures.iter().position(|c| *c == '十') {
            None => figures
                .iter()
                .filter_map(|c| digit(*c))
                .for_each(|d| out.push_str(&d.to_string())),
            Some(ten) => {
                let figure = |c: Option<&char>, none| c.and_then(|c| digit(*c)).unwrap_or(none);
                let tens = figure(figures[..ten].last(), 1);
                let units = figure(figures.get(ten + 1), 0);
                out.push_str(&(tens * 10 + units).to_string());
            }
        }
        at += figures.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_offices_type_them() {
        let cases = [
            ("2026-11-27", "2026-11-27 00:00"),
            ("2026/11/27", "2026-11-27 00:00"),
            ("2026.11.27", "2026-11-27 00:00"),
            ("2026-11-7 9:05", "2026-11-07 09:05"),
            ("20261127", "2026-11-27 00:00"),
            ("2026年11月27日", "2026-11-27 00:00"),
            ("2026年11月27号", "2026-11-27 00:00"),
            ("2026 年 11 月 27 日", "2026-11-27 00:00"),
            ("2026年11月27日（周五）", "2026-11-27 00:00"),
            ("2026年11月27日 星期五 上午10点", "2026-11-27 10:00"),
            ("2026/11/27 上午10:00", "2026-11-27 10:00"),
            ("2026/11/27 下午3:30", "2026-11-27 15:30"),
            ("2026年11月27日下午3点半", "2026-11-27 15:30"),
            ("2026年11月27日15时30分", "2026-11-27 15:30"),
            ("2026-11-27 12:10 AM", "2026-11-27 00:10"),
            ("2026-11-27 3:30 PM", "2026-11-27 15:30"),
            ("2026-11-27 中午12点", "2026-11-27 12:00"),
            ("2026-11-27T09:30:15", "2026-11-27 09:30"),
            ("２０２６－１１－２７　９：３０", "2026-11-27 09:30"),
            ("二〇二六年十一月二十七日", "2026-11-27 00:00"),
            ("二零二六年十月十日", "2026-10-10 00:00"),
            ("26.11.27", "2026-11-27 00:00"),
            ("2026 11 27", "2026-11-27 00:00"),
            ("2026、11、27", "2026-11-27 00:00"),
            ("46353", "2026-11-27 00:00"),
            ("2026年11月27日上午", "2026-11-27 09:00"),
            ("2026年11月27日下午", "2026-11-27 13:00"),
            ("2026年11月27日下午两点半", "2026-11-27 14:30"),
        ];
        for (text, expected) in cases {
            let got = moment(text).map(|at| at.format("%Y-%m-%d %H:%M").to_string());
            assert_eq!(got.as_deref(), Some(expected), "{text}");
        }
        let wrong = [
            "",
            "2026-02-30",
            "11月27日",
            "昨天",
            "2026-11-27 25:00",
            "2026112",
            "2026-11-27x",
            "11111",
        ];
        for text in wrong {
            assert_eq!(moment(text), None, "{text}");
        }
        let today = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap_or_default();
        for (text, expected) in [("11月27日", "2026-11-27"), ("12/30 9:30", "2025-12-30")] {
            let got = moment_until(text, today).map(|at| at.date().to_string());
            assert_eq!(got.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(day("2026年2月3日"), NaiveDate::from_ymd_opt(2026, 2, 3));
        assert_eq!(day("2026-02-03 10:00"), None);
    }
}
