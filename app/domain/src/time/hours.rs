use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use thiserror::Error;

const DAY: u32 = 24 * 3600;

/// The business time of a working day: two half-open spans with lunch between,
/// in seconds since midnight in Shanghai. Rows of the rule table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessHours {
    opens: u32,
    lunch: u32,
    resumes: u32,
    closes: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("business hours must be four times of one day, each later than the one before")]
pub struct HoursFault;

impl BusinessHours {
    /// Four times in seconds since midnight, strictly ascending.
    pub fn new(opens: u32, lunch: u32, resumes: u32, closes: u32) -> Result<Self, HoursFault> {
        if opens < lunch && lunch < resumes && resumes < closes && closes < DAY {
            Ok(Self {
                opens,
                lunch,
                resumes,
                closes,
            })
        } else {
            Err(HoursFault)
        }
    }

    pub fn opening(&self) -> NaiveTime {
        clock(self.opens)
    }

    /// When business closes: where a limit in days ends (民法典 art. 203).
    pub fn closing(&self) -> NaiveTime {
        clock(self.closes)
    }

    /// The two spans of a day, half-open.
    pub fn spans(&self) -> [(NaiveTime, NaiveTime); 2] {
        [
            (clock(self.opens), clock(self.lunch)),
            (clock(self.resumes), clock(self.closes)),
        ]
    }

    /// Business seconds in one working day.
    pub fn seconds(&self) -> u64 {
        u64::from(self.morning() + self.closes - self.resumes)
    }

    /// Business seconds of a working day that have passed at `time`.
    pub fn passed(&self, time: NaiveTime) -> u64 {
        let at = seconds_of(time);
        let morning = at.clamp(self.opens, self.lunch) - self.opens;
        let afternoon = at.clamp(self.resumes, self.closes) - self.resumes;
        u64::from(morning + afternoon)
    }

    /// The earliest time at which `seconds` of the day's business have passed:
    /// an end that falls on the end of the morning is noon, not the afternoon.
    pub fn at(&self, seconds: u64) -> NaiveTime {
        let seconds = u32::try_from(seconds.min(self.seconds())).unwrap_or(0);
        if seconds <= self.morning() {
            clock(self.opens + seconds)
        } else {
            clock(self.resumes + seconds - self.morning())
        }
    }

    /// The first instant of business at or after `time`, if the day has one left.
    pub fn next_open(&self, time: NaiveTime) -> Option<NaiveTime> {
        let at = seconds_of(time);
        if at < self.lunch {
            Some(clock(at.max(self.opens)))
        } else if at < self.closes {
            Some(clock(at.max(self.resumes)))
        } else {
            None
        }
    }

    fn morning(&self) -> u32 {
        self.lunch - self.opens
    }
}

fn clock(seconds: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN)
}

fn seconds_of(time: NaiveTime) -> u32 {
    chrono::Timelike::num_seconds_from_midnight(&time)
}
