use serde::{Deserialize, Serialize};

use super::{Calendar, Instant, local};

/// How a deadline stands to now, in the words that people use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", content = "days", rename_all = "snake_case")]
pub enum Remaining {
    /// Working days after today up to the deadline's day.
    WorkingDays(u32),
    /// The deadline is later today.
    Today,
    /// Less than a working day of business, and not today: so many minutes of it.
    Soon(u32),
    /// Whole working days whose closing has passed since the deadline; 0 on the
    /// first day. It counts as the ladder does.
    Overdue(u32),
}

pub fn remaining(calendar: &Calendar, due: Instant, now: Instant) -> Remaining {
    let (due_day, today) = (local(due).date(), local(now).date());
    if now > due {
        return Remaining::Overdue(overdue_days(calendar, due, now));
    }
    if due_day == today {
        return Remaining::Today;
    }
    let left = calendar.seconds(due).saturating_sub(calendar.seconds(now));
    if left < calendar.hours().seconds() {
        return Remaining::Soon(u32::try_from(left / 60).unwrap_or(u32::MAX));
    }
    let tomorrow = super::later(today, 1);
    Remaining::WorkingDays(calendar.working_days(tomorrow, due_day))
}

/// Whole working days past `due` at `now`, not counting the deadline's own day.
fn overdue_days(calendar: &Calendar, due: Instant, now: Instant) -> u32 {
    let wall = local(now);
    let after = super::later(local(due).date(), 1);
    let begun = calendar.working_days(after, wall.date());
    let running = wall.date() >= after
        && calendar.is_working(wall.date())
        && wall.time() < calendar.hours().closing();
    begun - u32::from(running)
}
