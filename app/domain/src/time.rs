//! Working time (domain rules §4): the one place that knows what a working day
//! is, and the one function that every deadline goes through.

pub mod calendar;
pub mod deadline;
pub mod hours;
pub mod notice;
pub mod receipt;
pub mod remaining;
pub mod typed;

pub use calendar::Calendar;
pub use deadline::{Due, Limit, Span};
pub use hours::BusinessHours;
pub use notice::{Notice, NoticeFault, YearNotice};
pub use receipt::Receipt;
pub use remaining::Remaining;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

/// A point in time, UTC. Shown as Asia/Shanghai wherever a person reads it.
pub type Instant = DateTime<Utc>;

/// Asia/Shanghai, which has no daylight saving.
const SHANGHAI_SECONDS: i32 = 8 * 3600;

/// How chrono marks a leap second: in the nanoseconds of the second before it.
const LEAP: u32 = 1_000_000_000;

/// The wall clock in Shanghai at `at`.
pub fn local(at: Instant) -> NaiveDateTime {
    at.naive_utc() + chrono::Duration::seconds(i64::from(SHANGHAI_SECONDS))
}

/// The instant at which the wall clock in Shanghai shows `day` and `time`.
pub fn instant(day: NaiveDate, time: NaiveTime) -> Instant {
    (day.and_time(time) - chrono::Duration::seconds(i64::from(SHANGHAI_SECONDS))).and_utc()
}

/// RFC 3339 with +08:00, as files, the command line and the HTTP API show it.
pub fn rfc3339(at: Instant) -> String {
    match FixedOffset::east_opt(SHANGHAI_SECONDS) {
        Some(shanghai) => at
            .with_timezone(&shanghai)
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        None => at.to_rfc3339(),
    }
}

/// Whether days are laid out around `day`, with room for any deadline after it.
pub fn is_within_calendar(day: NaiveDate) -> bool {
    (calendar::FIRST_YEAR..calendar::LAST_YEAR).contains(&chrono::Datelike::year(&day))
}

/// `None` outside the calendar. Reads RFC 3339, or a day and time of Shanghai as people
/// type them ([`typed`]).
pub fn parse(text: &str) -> Option<Instant> {
    let text = text.trim();
    let at = match DateTime::parse_from_rfc3339(text) {
        Ok(at) => at.with_timezone(&Utc),
        Err(_) => typed::moment(text).map(|wall| instant(wall.date(), wall.time()))?,
    };
    // Whole seconds, as they are stored; a leap second is none of them.
    let at = DateTime::from_timestamp(at.timestamp(), 0).filter(|_| at.nanosecond() < LEAP)?;
    is_within_calendar(local(at).date()).then_some(at)
}

/// The day `days` after `day`; stays at `day` at the end of the calendar.
pub(crate) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
