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
    /// 暂定: the year that it lands in has no published calendar yet.
    pub provisional: bool,
}

/// The one function that every deadline goes through (domain rules §4).
pub fn deadline(calendar: &Calendar, received: Instant, limit: Limit) -> Due {
    let first = calendar.receipt_day(received);
    let at = match limit {
        Limit::Days(days) => closing_of(calendar, calendar.nth_after(first, days.into())),
        Limit::Hours(hours) => calendar.after_business_seconds(received, u64::from(hours) * 3600),
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
pub fn yellow(calendar: &Calendar, received: Instant, limit: Limit, percent: u16) -> Instant {
    match limit {
        Limit::Days(days) => {
            let days = u32::from(days);
            let used = (days * u32::from(percent)).div_ceil(100) + 1;
            let counted = used.min(days).max(1);
            let day = calendar.nth_after(calendar.receipt_day(received), counted);
            instant(day, calendar.hours().opening())
        }
        Limit::Hours(hours) => {
            let seconds = u64::from(hours) * 3600 * u64::from(percent);
            calendar.after_business_seconds(received, seconds.div_ceil(100))
        }
    }
}

/// When the ladder's level of `days` working days past `due` fires: only in
/// business time. 0 is the first business instant at or after the deadline.
pub fn past(calendar: &Calendar, due: Instant, days: u16) -> Instant {
    if days == 0 {
        return calendar.next_open(due);
    }
    let day = calendar.nth_after(local(due).date(), u32::from(days) + 1);
    instant(day, calendar.hours().opening())
}

fn closing_of(calendar: &Calendar, day: NaiveDate) -> Instant {
    instant(day, calendar.hours().closing())
}
