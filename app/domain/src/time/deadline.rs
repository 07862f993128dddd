use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Calendar, Instant, instant, local};

/// How long a body has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", content = "amount", rename_all = "snake_case")]
pub enum Limit {
    /// Working days (行政许可法 art. 82).
    Days(u16),
    /// Hours of business time.
    Hours(u16),
}

/// When a limit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub at: Instant,
    /// 暂定: a year that it runs through has no published calendar yet.
    pub provisional: bool,
}

/// A time in which a clock stands still, half-open: [`from`, `until`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: Instant,
    pub until: Instant,
}

impl Limit {
    /// One of its unit.
    #[must_use]
    pub fn least(self) -> Self {
        match self {
            Self::Days(_) => Self::Days(1),
            Self::Hours(_) => Self::Hours(1),
        }
    }

    /// Of the same unit, and shorter.
    pub fn is_less_than(self, other: Self) -> bool {
        match (self, other) {
            (Self::Days(this), Self::Days(other)) | (Self::Hours(this), Self::Hours(other)) => {
                this < other
            }
            (Self::Days(_), Self::Hours(_)) | (Self::Hours(_), Self::Days(_)) => false,
        }
    }

    /// Extended by working days (延期): n becomes n + m. Hours are not extended.
    #[must_use]
    pub fn extended(self, days: u16) -> Self {
        match self {
            Self::Days(limit) => Self::Days(limit.saturating_add(days)),
            Self::Hours(_) => self,
        }
    }
}

/// The one function that every deadline goes through (domain rules §4).
///
/// `pauses` are ascending and apart. A pause takes out of a limit in days exactly
/// the working days whose closing lies in it, and of one in hours its business time.
pub fn deadline(calendar: &Calendar, received: Instant, limit: Limit, pauses: &[Span]) -> Due {
    let first = calendar.receipt_day(received);
    let at = match limit {
        Limit::Days(days) => {
            let last = counted_day(calendar, first, days.into(), pauses);
            instant(last, calendar.hours().closing())
        }
        Limit::Hours(hours) => after(calendar, received, u64::from(hours) * 3600, pauses),
    };
    Due {
        at,
        provisional: !calendar.is_settled(first, local(at).date()),
    }
}

/// From when the light is yellow: `percent` of the time has passed.
///
/// In days it turns at the opening of counted day ⌈percent × n⌉ + 1, held
/// between the first and the last: 1→1, 2→2, 3→3, 5→5, 7→6, 15→12, 30→22 at 70 %.
pub fn yellow(
    calendar: &Calendar,
    received: Instant,
    limit: Limit,
    percent: u16,
    pauses: &[Span],
) -> Instant {
    match limit {
        Limit::Days(days) => {
            let days = u32::from(days);
            let used = (days * u32::from(percent)).div_ceil(100) + 1;
            let first = calendar.receipt_day(received);
            let day = counted_day(calendar, first, used.min(days).max(1), pauses);
            instant(day, calendar.hours().opening())
        }
        Limit::Hours(hours) => {
            let seconds = u64::from(hours) * 3600 * u64::from(percent);
            after(calendar, received, seconds.div_ceil(100), pauses)
        }
    }
}

/// When the ladder's level of `days` working days past `due` fires: only in
/// business time, and never while the clock stands still. 0 is the first business instant
/// at or after the deadline. `pauses` are as [`deadline`] has them.
pub fn past(calendar: &Calendar, due: Instant, days: u16, pauses: &[Span]) -> Instant {
    let at = if days == 0 {
        calendar.next_open(due)
    } else {
        let due = local(due).date();
        let day = counted_day(calendar, due, u32::from(days) + 1, pauses);
        instant(day, calendar.hours().opening())
    };
    // What falls inside a standstill comes at the first business instant after it.
    pauses.iter().fold(at, |at, pause| {
        if pause.from <= at && at < pause.until {
            calendar.next_open(pause.until)
        } else {
            at
        }
    })
}

/// The `n`-th working day after `first` that was not paused at its closing.
fn counted_day(calendar: &Calendar, first: NaiveDate, n: u32, pauses: &[Span]) -> NaiveDate {
    let received = calendar.ordinal(first);
    let mut last = received + n;
    for pause in pauses {
        // The closings taken out are those numbered `from + 1` to `until`.
        let from = calendar.closings(pause.from).max(received);
        let until = calendar.closings(pause.until).max(from);
        if from < last {
            last += until - from;
        }
    }
    calendar.nth(last)
}

/// When `seconds` of business time outside the pauses have passed since `from`.
fn after(calendar: &Calendar, from: Instant, seconds: u64, pauses: &[Span]) -> Instant {
    let received = calendar.seconds(from);
    let mut last = received + seconds.max(1);
    for pause in pauses {
        let from = calendar.seconds(pause.from).max(received);
        let until = calendar.seconds(pause.until).max(from);
        if from < last {
            last += until - from;
        }
    }
    calendar.at_second(last)
}
