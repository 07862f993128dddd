use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::deadline::days_of;
use super::notice::{Kind, is_weekend};
use super::{Calendar, Due, Instant, Limit, Span, instant, later, local};

/// How a deadline came about, day by day: walked over a wall calendar, apart from
/// the look-ups of [`super::deadline`], so that one can be checked by the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub received: Instant,
    /// With its extensions.
    pub limit: Limit,
    pub days: Vec<Day>,
    pub due: Due,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    pub date: NaiveDate,
    pub counted: Counted,
    pub why: Why,
    /// The year's notice is not out: the day goes by its weekday for now.
    pub provisional: bool,
}

/// What a day adds to the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "counted", content = "amount", rename_all = "snake_case")]
pub enum Counted {
    Not,
    /// The n-th counted day.
    Day(u32),
    /// Business seconds of this day.
    Seconds(u64),
}

/// Why a day counts, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", content = "name", rename_all = "snake_case")]
pub enum Why {
    Working,
    /// 调休上班, named in the notice.
    MakeUp(String),
    Weekend,
    /// Named in the notice, or by the regulation where the notice is not out.
    DayOff(String),
    /// The day of receipt is not counted (民法典 art. 201).
    Received,
    /// It came after closing and counts as received on the next working day.
    AfterClosing,
    /// Paused at its closing; in hours: all of its business time.
    Paused,
    /// The last day was one off: it ends on this one instead (民法典 art. 203).
    MovedOn,
}

/// More days than the longest limit with every pause takes.
const LONGEST: usize = 20_000;

pub fn receipt(calendar: &Calendar, received: Instant, limit: Limit, pauses: &[Span]) -> Receipt {
    let (days, at) = match limit {
        Limit::Days(n) => in_days(calendar, received, n.into(), pauses),
        Limit::Hours(hours) => in_hours(calendar, received, u64::from(hours) * 3600, pauses),
        Limit::NaturalDays(n) => in_natural_days(calendar, received, n.into(), pauses),
        Limit::Months(n) => {
            let days = days_of(local(received).date(), n);
            in_natural_days(calendar, received, days, pauses)
        }
    };
    let first = limit.first_day(calendar, received);
    let provisional = !calendar.is_settled(first, local(at).date());
    Receipt {
        received,
        limit,
        days,
        due: Due { at, provisional },
    }
}

fn in_days(calendar: &Calendar, received: Instant, n: u32, pauses: &[Span]) -> (Vec<Day>, Instant) {
    let closing = calendar.hours().closing();
    let wall = local(received);
    let mut days = Vec::new();
    let mut is_received = false;
    let mut number = 0;
    let mut date = wall.date();
    while number < n && days.len() < LONGEST {
        let at = instant(date, closing);
        let (counted, why) = match worked(calendar, date) {
            Err(off) => (Counted::Not, off),
            Ok(_) if !is_received && date == wall.date() && wall.time() >= closing => {
                (Counted::Not, Why::AfterClosing)
            }
            Ok(_) if !is_received => {
                is_received = true;
                (Counted::Not, Why::Received)
            }
            Ok(_) if pauses.iter().any(|p| p.from <= at && at < p.until) => {
                (Counted::Not, Why::Paused)
            }
            Ok(why) => {
                number += 1;
                (Counted::Day(number), why)
            }
        };
        days.push(day(calendar, date, counted, why));
        date = later(date, 1);
    }
    let last = days.last().map_or(wall.date(), |day| day.date);
    (days, instant(last, closing))
}

/// Every day after that of receipt counts; then on to a day on which it can end.
fn in_natural_days(
    calendar: &Calendar,
    received: Instant,
    n: u32,
    pauses: &[Span],
) -> (Vec<Day>, Instant) {
    let closing = calendar.hours().closing();
    let mut date = local(received).date();
    let mut days = vec![day(calendar, date, Counted::Not, Why::Received)];
    let mut number = 0;
    while days.len() < LONGEST {
        date = later(date, 1);
        let at = instant(date, closing);
        let worked = worked(calendar, date);
        let stands = pauses.iter().any(|p| p.from <= at && at < p.until);
        let ends = worked.is_ok() && !stands;
        let (counted, why) = match worked {
            _ if stands => (Counted::Not, Why::Paused),
            Ok(why) | Err(why) if number < n => {
                number += 1;
                (Counted::Day(number), why)
            }
            Err(off) => (Counted::Not, off),
            Ok(_) => (Counted::Not, Why::MovedOn),
        };
        days.push(day(calendar, date, counted, why));
        if number == n && ends {
            break;
        }
    }
    (days, instant(date, closing))
}

fn in_hours(
    calendar: &Calendar,
    received: Instant,
    seconds: u64,
    pauses: &[Span],
) -> (Vec<Day>, Instant) {
    let mut days = Vec::new();
    let mut left = seconds;
    let mut date = local(received).date();
    let mut end = received;
    while left > 0 && days.len() < LONGEST {
        let (counted, why) = match worked(calendar, date) {
            Err(off) => (Counted::Not, off),
            Ok(why) => {
                let mut today = 0;
                for piece in pieces(calendar, date, received, pauses) {
                    let length = (piece.until - piece.from)
                        .num_seconds()
                        .max(0)
                        .unsigned_abs();
                    let used = length.min(left);
                    if used > 0 {
                        left -= used;
                        today += used;
                        end = piece.from
                            + chrono::Duration::seconds(i64::try_from(used).unwrap_or(0));
                    }
                }
                let closed = instant(date, calendar.hours().closing());
                match today {
                    0 if received >= closed => (Counted::Not, Why::AfterClosing),
                    0 => (Counted::Not, Why::Paused),
                    used => (Counted::Seconds(used), why),
                }
            }
        };
        days.push(day(calendar, date, counted, why));
        date = later(date, 1);
    }
    (days, end)
}

/// The business time of a day after `received`, cut up by the pauses.
fn pieces(calendar: &Calendar, date: NaiveDate, received: Instant, pauses: &[Span]) -> Vec<Span> {
    let mut pieces: Vec<Span> = calendar
        .hours()
        .spans()
        .map(|(from, until): (NaiveTime, NaiveTime)| Span {
            from: instant(date, from).max(received),
            until: instant(date, until).max(received),
        })
        .into();
    for pause in pauses {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| {
                let before = Span {
                    from: piece.from,
                    until: piece.until.min(pause.from).max(piece.from),
                };
                let after = Span {
                    from: piece.from.max(pause.until).min(piece.until),
                    until: piece.until,
                };
                [before, after]
            })
            .filter(|piece| piece.from < piece.until)
            .collect();
    }
    pieces
}

/// Why a day is worked, or why not.
fn worked(calendar: &Calendar, date: NaiveDate) -> Result<Why, Why> {
    match calendar.named(date) {
        Some(named) => match named.kind {
            Kind::Work => Ok(Why::MakeUp(named.name.clone())),
            Kind::Off => Err(Why::DayOff(named.name.clone())),
        },
        None if is_weekend(date) => Err(Why::Weekend),
        None => match calendar.statutory(date) {
            Some(name) => Err(Why::DayOff(name.to_owned())),
            None => Ok(Why::Working),
        },
    }
}

fn day(calendar: &Calendar, date: NaiveDate, counted: Counted, why: Why) -> Day {
    Day {
        date,
        counted,
        why,
        provisional: !calendar.is_published(chrono::Datelike::year(&date)),
    }
}

impl Why {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::MakeUp(_) => "make_up",
            Self::Weekend => "weekend",
            Self::DayOff(_) => "day_off",
            Self::Received => "received",
            Self::AfterClosing => "after_closing",
            Self::Paused => "paused",
            Self::MovedOn => "moved_on",
        }
    }
}
