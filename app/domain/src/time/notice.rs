use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::refusal::{Fault, Field};
use crate::text::Line;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Off,
    Work,
}

impl Kind {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "off" | "放假" => Some(Self::Off),
            "work" | "上班" | "调休上班" => Some(Self::Work),
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
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "fault", content = "of", rename_all = "snake_case")]
pub enum NoticeFault {
    #[error("{0} is named twice")]
    Twice(NaiveDate),
    #[error("{0} is not a day of {1}")]
    OtherYear(NaiveDate, i32),
    #[error("{0} is a weekday and cannot be a make-up workday")]
    WeekdayMadeUp(NaiveDate),
    #[error("{0:?} is not a date such as 2027-01-01")]
    NotADate(String),
    #[error("{0:?} is neither off nor work")]
    NotAKind(String),
    #[error("the day has no name")]
    Nameless,
    #[error("the name is longer than 40 characters, or has some that do not show")]
    NotAName,
    /// Beyond those that are named.
    #[error("and {0} more rows")]
    More(usize),
    #[error("the column {0} is missing")]
    NoColumn(String),
    #[error("there is no day in it")]
    NoDays,
    #[error("the row cannot be read")]
    Unreadable,
    #[error("the year is outside the calendar, 2000 to 2098")]
    NoSuchYear,
}

/// A row of an imported notice and what is wrong with it. Row 1 is the heading.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("row {row}: {fault}")]
pub struct RowFault {
    pub row: usize,
    pub fault: NoticeFault,
}

/// A row as it was read: date, name, kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    pub row: usize,
    pub date: String,
    pub name: String,
    pub kind: String,
}

impl YearNotice {
    pub fn new(year: i32) -> Self {
        Self {
            year,
            days: BTreeMap::new(),
        }
    }

    /// The notice of the first row's year; names every row that cannot be right.
    pub fn from_rows(rows: &[NoticeRow]) -> Result<Self, Vec<RowFault>> {
        let mut faults = Vec::new();
        let mut notice: Option<Self> = None;
        for row in rows {
            if let Err(fault) = Self::take_row(&mut notice, row) {
                faults.push(RowFault {
                    row: row.row,
                    fault,
                });
            }
        }
        match notice {
            Some(notice) if faults.is_empty() => Ok(notice),
            _ => {
                if rows.is_empty() {
                    let fault = NoticeFault::NoDays;
                    faults.push(RowFault { row: 1, fault });
                }
                Err(faults)
            }
        }
    }

    fn take_row(notice: &mut Option<Self>, row: &NoticeRow) -> Result<(), NoticeFault> {
        let text = row.date.trim();
        // As a spreadsheet writes it too.
        let formats = ["%Y-%m-%d", "%Y/%m/%d"];
        let mut days = formats
            .iter()
            .map(|format| NaiveDate::parse_from_str(text, format));
        let day = days.find_map(Result::ok);
        let day = day.ok_or_else(|| NoticeFault::NotADate(short(text)))?;
        if !super::is_within_calendar(day) {
            return Err(NoticeFault::NoSuchYear);
        }
        let notice = notice.get_or_insert_with(|| Self::new(day.year()));
        let kind = row.kind.trim();
        let kind = Kind::parse(kind).ok_or_else(|| NoticeFault::NotAKind(short(kind)))?;
        let name =
            Line::<40>::parse(Field::Stored, &row.name).map_err(|fault| match fault.fault {
                Fault::Empty => NoticeFault::Nameless,
                _ => NoticeFault::NotAName,
            })?;
        notice.add(day, name.as_str().to_owned(), kind)
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

/// As much of a wrong cell as one needs to find it.
fn short(text: &str) -> String {
    text.chars().take(20).filter(|c| !c.is_control()).collect()
}

pub(super) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
