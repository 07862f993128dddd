use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use thiserror::Error;

/// What the State Council's yearly notice says of one year: which weekdays are
/// off, and which weekend days are make-up workdays (调休).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearNotice {
    year: i32,
    days: BTreeMap<NaiveDate, Named>,
}

/// A day named in a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub kind: Kind,
}

/// Days of a notice are one of two kinds; every other day goes by its weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Off,
    Work,
}

impl Kind {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "off" => Some(Self::Off),
            "work" => Some(Self::Work),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Work => "work",
        }
    }
}

/// Why a day of a notice cannot be right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoticeFault {
    #[error("{0} is named twice")]
    Twice(NaiveDate),
    #[error("{0} is not a day of {1}")]
    OtherYear(NaiveDate, i32),
    #[error("{0} is a weekday and cannot be a make-up workday")]
    WeekdayMadeUp(NaiveDate),
}

impl YearNotice {
    pub fn new(year: i32) -> Self {
        Self {
            year,
            days: BTreeMap::new(),
        }
    }

    pub fn year(&self) -> i32 {
        self.year
    }

    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, &Named)> {
        self.days.iter().map(|(day, named)| (*day, named))
    }

    pub fn get(&self, day: NaiveDate) -> Option<&Named> {
        self.days.get(&day)
    }

    pub fn add(&mut self, day: NaiveDate, name: String, kind: Kind) -> Result<(), NoticeFault> {
        if day.year() != self.year {
            return Err(NoticeFault::OtherYear(day, self.year));
        }
        if kind == Kind::Work && !is_weekend(day) {
            return Err(NoticeFault::WeekdayMadeUp(day));
        }
        if self.days.contains_key(&day) {
            return Err(NoticeFault::Twice(day));
        }
        self.days.insert(day, Named { name, kind });
        Ok(())
    }
}

pub(super) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
