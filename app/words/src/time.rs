//! Dates and deadlines as people say them.

use chrono::{Datelike, NaiveDate, Timelike};
use domain::Instant;
use domain::order::ClockName;
use domain::time::{Due, Limit, Remaining, local};

use crate::lang::Lang;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// 11月25日（周三）; the year only where it is not `this_year`.
/// As papers have it, which are kept: with its year, without its weekday.
pub fn paper_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

pub fn date(lang: Lang, day: NaiveDate, this_year: i32) -> String {
    let weekday = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
    let month = usize::try_from(day.month0()).unwrap_or(0);
    match lang {
        Lang::Zh => {
            let year = if day.year() == this_year {
                String::new()
            } else {
                format!("{}年", day.year())
            };
            let weekday = WEEKDAYS_ZH[weekday];
            format!("{year}{}月{}日（{weekday}）", day.month(), day.day())
        }
        Lang::En => {
            let year = if day.year() == this_year {
                String::new()
            } else {
                format!(" {}", day.year())
            };
            let weekday = WEEKDAYS_EN[weekday];
            format!("{weekday} {} {}{year}", day.day(), MONTHS[month])
        }
    }
}

/// 11月25日（周三） 17:00.
pub fn moment(lang: Lang, at: Instant, this_year: i32) -> String {
    let wall = local(at);
    format!(
        "{} {:02}:{:02}",
        date(lang, wall.date(), this_year),
        wall.hour(),
        wall.minute()
    )
}

/// A deadline as a moment, marked where it is provisional (暂定).
pub fn due(lang: Lang, due: Due, this_year: i32) -> String {
    let at = moment(lang, due.at, this_year);
    match (due.provisional, lang) {
        (false, _) => at,
        (true, Lang::Zh) => format!("{at}（暂定）"),
        (true, Lang::En) => format!("{at} (provisional)"),
    }
}

/// How the deadline of a clock stands, in a few words.
pub fn deadline(
    lang: Lang,
    clock: ClockName,
    left: Remaining,
    due: Instant,
    this_year: i32,
) -> String {
    match (lang, clock, left) {
        // Nobody is late when the time to rate has passed.
        (Lang::Zh, ClockName::Rating, Remaining::Overdue(_)) => "评价期已过".to_owned(),
        (Lang::En, ClockName::Rating, Remaining::Overdue(_)) => "time to rate over".to_owned(),
        _ => remaining(lang, left, due, this_year),
    }
}

fn remaining(lang: Lang, remaining: Remaining, due: Instant, this_year: i32) -> String {
    let wall = local(due);
    let clock = format!("{:02}:{:02}", wall.hour(), wall.minute());
    match (lang, remaining) {
        (Lang::Zh, Remaining::WorkingDays(days)) => format!("还剩 {days} 个工作日"),
        (Lang::En, Remaining::WorkingDays(1)) => "1 working day left".to_owned(),
        (Lang::En, Remaining::WorkingDays(days)) => format!("{days} working days left"),
        (Lang::Zh, Remaining::Today) => format!("今天 {clock} 前"),
        (Lang::En, Remaining::Today) => format!("today by {clock}"),
        (Lang::Zh, Remaining::Soon(left)) => {
            let at = moment(lang, due, this_year);
            format!("{at} 前（还剩 {}）", business(lang, left))
        }
        (Lang::En, Remaining::Soon(left)) => {
            let at = moment(lang, due, this_year);
            format!("by {at} ({} left)", business(lang, left))
        }
        (Lang::Zh, Remaining::Overdue(0)) => "逾期不足 1 个工作日".to_owned(),
        (Lang::En, Remaining::Overdue(0)) => "less than 1 working day overdue".to_owned(),
        (Lang::Zh, Remaining::Overdue(days)) => format!("逾期 {days} 个工作日"),
        (Lang::En, Remaining::Overdue(1)) => "1 working day overdue".to_owned(),
        (Lang::En, Remaining::Overdue(days)) => format!("{days} working days overdue"),
    }
}

/// Minutes of business time: in hours, and below an hour in minutes.
fn business(lang: Lang, minutes: u32) -> String {
    match (lang, minutes / 60) {
        (Lang::Zh, 0) => format!("{minutes} 分钟"),
        (Lang::En, 0) => format!("{minutes} min"),
        (Lang::Zh, hours) => format!("{hours} 个工作小时"),
        (Lang::En, 1) => "1 working hour".to_owned(),
        (Lang::En, hours) => format!("{hours} working hours"),
    }
}

pub fn limit(lang: Lang, limit: Limit) -> String {
    match (lang, limit) {
        (Lang::Zh, Limit::Days(days)) => format!("{days} 个工作日"),
        (Lang::En, Limit::Days(1)) => "1 working day".to_owned(),
        (Lang::En, Limit::Days(days)) => format!("{days} working days"),
        (Lang::Zh, Limit::Hours(hours)) => format!("{hours} 个工作小时"),
        (Lang::En, Limit::Hours(1)) => "1 working hour".to_owned(),
        (Lang::En, Limit::Hours(hours)) => format!("{hours} working hours"),
        (Lang::Zh, Limit::NaturalDays(days)) => format!("{days} 日"),
        (Lang::En, Limit::NaturalDays(1)) => "1 day".to_owned(),
        (Lang::En, Limit::NaturalDays(days)) => format!("{days} days"),
        (Lang::Zh, Limit::Months(months)) => format!("{months} 个月"),
        (Lang::En, Limit::Months(1)) => "1 month".to_owned(),
        (Lang::En, Limit::Months(months)) => format!("{months} months"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_leaves_out_this_year_and_names_another() {
        let day: NaiveDate = "2026-11-25".parse().unwrap_or_default();
        assert_eq!(date(Lang::Zh, day, 2026), "11月25日（周三）");
        assert_eq!(date(Lang::Zh, day, 2027), "2026年11月25日（周三）");
        assert_eq!(date(Lang::En, day, 2026), "Wed 25 Nov");
        assert_eq!(date(Lang::En, day, 2027), "Wed 25 Nov 2026");
    }
}
