use domain::Instant;

use crate::Error;

/// Seconds since 1970, UTC, as columns hold them.
pub(crate) fn seconds(at: Instant) -> i64 {
    at.timestamp()
}

pub(crate) fn instant(column: &'static str, seconds: i64) -> Result<Instant, Error> {
    Instant::from_timestamp(seconds, 0).ok_or_else(|| Error::Unreadable {
        column,
        value: seconds.to_string(),
    })
}
