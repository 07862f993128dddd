use chrono::{Datelike, Months, NaiveDate};
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
    /// Days, whether worked or not (民法典 art. 201).
    NaturalDays(u16),
    /// To the same day of a later month, or its last (民法典 art. 202).
    Months(u16),
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
    pub fn of(unit: &str, amount: u16) -> Option<Self> {
        let all = [Self::Days, Self::Hours, Self::NaturalDays, Self::Months];
        let mut all = all.into_iter().map(|limit| limit(amount));
        all.find(|limit| limit.unit() == unit)
    }

    pub fn unit(self) -> &'static str {
        match self {
            Self::Days(_) => "days",
            Self::Hours(_) => "hours",
            Self::NaturalDays(_) => "natural_days",
            Self::Months(_) => "months",
        }
    }

    pub fn amount(self) -> u16 {
        match self {
            Self::Days(n) | Self::Hours(n) | Self::NaturalDays(n) | Self::Months(n) => n,
        }
    }

    /// As many of its unit.
    #[must_use]
    pub fn with(self, amount: u16) -> Self {
        match self {
            Self::Days(_) => Self::Days(amount),
            Self::Hours(_) => Self::Hours(amount),
            Self::NaturalDays(_) => Self::NaturalDays(amount),
            Self::Months(_) => Self::Months(amount),
        }
    }

    /// The day of receipt, after which days are counted: in working time a day off is not one.
    pub(super) fn first_day(self, calendar: &Calendar, received: Instant) -> NaiveDate {
        match self {
            Self::Days(_) | Self::Hours(_) => calendar.receipt_day(received),
            Self::NaturalDays(_) | Self::Months(_) => local(received).date(),
        }
    }

    /// Of the same unit, and shorter.
    pub fn is_less_than(self, other: Self) -> bool {
        self.with(0) == other.with(0) && self.amount() < other.amount()
    }

    /// Extended by days (延期): n becomes n + m. Hours and months are not extended.
    #[must_use]
    pub fn extended(self, days: u16) -> Self {
        match self {
            Self::Days(limit) | Self::NaturalDays(limit) => self.with(limit.saturating_add(days)),
            Self::Hours(_) | Self::Months(_) => self,
        }
    }
}

/// The one function that every deadline goes through (domain rules §4).
///
/// `pauses` are ascending and apart. A pause takes out of a limit in days exactly
/// the days whose closing lies in it, and of one in hours its business time.
///
/// In natural days and months every day after that of receipt counts, whatever day that is; where the last is a day off, or the clock
/// stands still, the limit ends on the next working day (民法典 art. 203).
pub fn deadline(calendar: &Calendar, received: Instant, limit: Limit, pauses: &[Span]) -> Due {
    let first = limit.first_day(calendar, received);
    let closing = calendar.hours().closing();
    let at = match limit {
        Limit::Days(days) => {
            let last = counted_day(&Days::Working(calendar), first, days.into(), pauses);
            instant(last, closing)
        }
        Limit::Hours(hours) => after(calendar, received, u64::from(hours) * 3600, pauses),
        Limit::NaturalDays(days) => instant(ends_on(calendar, first, days.into(), pauses), closing),
        Limit::Months(months) => {
            let days = days_of(first, months);
            instant(ends_on(calendar, first, days, pauses), closing)
        }
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
    let first = limit.first_day(calendar, received);
    let opening = |days: &Days<'_>, n: u32| {
        let used = (n * u32::from(percent)).div_ceil(100) + 1;
        let day = counted_day(days, first, used.min(n).max(1), pauses);
        instant(day, calendar.hours().opening())
    };
    match limit {
        Limit::Days(days) => opening(&Days::Working(calendar), days.into()),
        Limit::NaturalDays(days) => opening(&Days::Natural(calendar), days.into()),
        Limit::Months(months) => opening(&Days::Natural(calendar), days_of(first, months)),
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
        let working = Days::Working(calendar);
        let day = counted_day(&working, due, u32::from(days) + 1, pauses);
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

/// Which days are counted.
enum Days<'a> {
    Working(&'a Calendar),
    /// Each day closes as a working day does.
    Natural(&'a Calendar),
}

impl Days<'_> {
    /// Days up to this one, itself included.
    fn ordinal(&self, day: NaiveDate) -> u32 {
        match self {
            Self::Working(calendar) => calendar.ordinal(day),
            Self::Natural(_) => u32::try_from(day.num_days_from_ce()).unwrap_or(0),
        }
    }

    fn nth(&self, n: u32) -> NaiveDate {
        match self {
            Self::Working(calendar) => calendar.nth(n),
            Self::Natural(_) => {
                let day = i32::try_from(n).ok();
                let day = day.and_then(NaiveDate::from_num_days_from_ce_opt);
                day.unwrap_or(NaiveDate::MAX)
            }
        }
    }

    /// Closings before `at`.
    fn closings(&self, at: Instant) -> u32 {
        match self {
            Self::Working(calendar) => calendar.closings(at),
            Self::Natural(calendar) => {
                let wall = local(at);
                let closed = wall.time() > calendar.hours().closing();
                self.ordinal(wall.date()) - u32::from(!closed)
            }
        }
    }
}

/// The `n`-th of those days after `first` that was not paused at its closing.
fn counted_day(days: &Days<'_>, first: NaiveDate, n: u32, pauses: &[Span]) -> NaiveDate {
    let received = days.ordinal(first);
    let mut last = received + n;
    for pause in pauses {
        // The closings taken out are those numbered `from + 1` to `until`.
        let from = days.closings(pause.from).max(received);
        let until = days.closings(pause.until).max(from);
        if from < last {
            last += until - from;
        }
    }
    days.nth(last)
}

/// Natural days from `first` to the same day of a later month, or its last.
pub(super) fn days_of(first: NaiveDate, months: u16) -> u32 {
    let last = first.checked_add_months(Months::new(months.into()));
    let days = last.map_or(0, |last| (last - first).num_days());
    u32::try_from(days).unwrap_or(0)
}

/// The day on which a limit of natural days ends: a working day on which the clock runs.
fn ends_on(calendar: &Calendar, first: NaiveDate, days: u32, pauses: &[Span]) -> NaiveDate {
    let counted = counted_day(&Days::Natural(calendar), first, days, pauses);
    let mut later = counted.iter_days();
    let can_end = |day: &NaiveDate| {
        let at = instant(*day, calendar.hours().closing());
        let stands = pauses
            .iter()
            .any(|pause| pause.from <= at && at < pause.until);
        calendar.is_working(*day) && !stands
    };
    later.find(can_end).unwrap_or(counted)
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
