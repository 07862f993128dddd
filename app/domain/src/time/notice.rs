use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Calendar;
use crate::refusal::{Fault, Field};
use crate::text::Line;

/// What the notice of one year says: which weekdays are off, and which weekend days are
/// make-up workdays (调休). It may name days of the December before; over those it has
/// the last word, whatever the notice of their own year says and whichever came later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearNotice {
    year: i32,
    /// Whether the State Council's whole notice of the year is there; else these are single
    /// days of it, and the rest of the year is provisional.
    whole: bool,
    days: BTreeMap<NaiveDate, Named>,
}

/// A notice as it stands: of one year, and perhaps of days of the December before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    year: i32,
    days: BTreeMap<NaiveDate, Named>,
    /// Weekdays that it calls workdays, with their rows: a supplement takes them back out of
    /// the days off that were named before.
    taken_back: BTreeMap<NaiveDate, usize>,
    /// Days of a weekend that it calls workdays, with their rows.
    worked: BTreeMap<NaiveDate, usize>,
}

/// What a notice does to a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Whether it is taken for the whole notice of its year: it takes the place of what
    /// was known of it. Otherwise its days are added, and a year whose notice is not out
    /// stays provisional.
    pub whole: bool,
    /// Why it does not look like a whole notice.
    pub doubts: Vec<Doubt>,
    /// The notices as they will be.
    pub years: Vec<YearNotice>,
}

/// Why a notice does not look like the whole notice of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "doubt", rename_all = "snake_case")]
pub enum Doubt {
    /// The holidays of the regulation that it does not name.
    NotNamed { holidays: Vec<String> },
    /// Far fewer or more days than the last notice named.
    Count { days: usize, before: usize },
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
            "off" | "放假" | "休" | "休息" => Some(Self::Off),
            "work" | "上班" | "调休上班" | "班" | "补班" => Some(Self::Work),
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
    #[error("{0} is not a day of {1}, nor of the December before: one notice at a time")]
    OtherYear(NaiveDate, i32),
    #[error("{0} is a weekday and cannot be a make-up workday")]
    WeekdayMadeUp(NaiveDate),
    #[error("{0} is a day off by the regulation and cannot be a workday")]
    DayOfTheRegulation(NaiveDate),
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

impl Notice {
    /// Rows in any order; names every row that cannot be right. It is the notice of the
    /// latest year that it names.
    pub fn from_rows(rows: &[NoticeRow]) -> Result<Self, Vec<RowFault>> {
        let mut faults = Vec::new();
        let mut fail = |row: usize, fault| faults.push(RowFault { row, fault });
        let mut read = Vec::new();
        for row in rows {
            match take_row(row) {
                Ok(day) => read.push((row.row, day)),
                Err(fault) => fail(row.row, fault),
            }
        }
        let year = read.iter().map(|(_, (day, _))| day.year()).max();
        let mut days = BTreeMap::new();
        let (mut taken_back, mut worked) = (BTreeMap::new(), BTreeMap::new());
        for (row, (day, named)) in read {
            if year.is_some_and(|year| !may_name(year, day)) {
                fail(row, NoticeFault::OtherYear(day, year.unwrap_or_default()));
            } else if days.contains_key(&day) || taken_back.contains_key(&day) {
                fail(row, NoticeFault::Twice(day));
            } else if fits(day, named.kind).is_err() {
                taken_back.insert(day, row);
            } else {
                if named.kind == Kind::Work {
                    worked.insert(day, row);
                }
                days.insert(day, named);
            }
        }
        if rows.is_empty() {
            fail(1, NoticeFault::NoDays);
        }
        match year {
            Some(year) if faults.is_empty() => Ok(Self {
                year,
                days,
                taken_back,
                worked,
            }),
            _ => Err(faults),
        }
    }

    pub fn year(&self) -> i32 {
        self.year
    }

    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, &Named)> {
        self.days.iter().map(|(day, named)| (*day, named))
    }

    /// What it does to `calendar`. `insist`: somebody says that it is the whole notice
    /// although it does not look so. Refused is a weekday as a workday that was no day off
    /// by a notice, or is one by the regulation.
    pub fn read_into(&self, calendar: &Calendar, insist: bool) -> Result<Reading, Vec<RowFault>> {
        let doubts = self.doubts(calendar);
        let whole = doubts.is_empty() || insist;
        let mut years: BTreeMap<i32, YearNotice> = BTreeMap::new();
        let mut faults = Vec::new();
        if whole {
            let days = self.days.clone();
            let notice = YearNotice::new(self.year);
            years.insert(self.year, YearNotice { days, ..notice });
        } else {
            // A day that the next year's notice names is mended there.
            let place = |day: NaiveDate| {
                let next = day.year() + 1;
                let named_by_next = calendar.notice(next).is_some_and(|n| n.get(day).is_some());
                if named_by_next { next } else { self.year }
            };
            let known = |year| {
                let known = calendar.notice(year).cloned();
                known.unwrap_or_else(|| YearNotice::partial(year))
            };
            for (day, named) in self.days() {
                let year = place(day);
                let notice = years.entry(year).or_insert_with(|| known(year));
                notice.days.insert(day, named.clone());
            }
            for (day, row) in &self.taken_back {
                let year = place(*day);
                let notice = years.entry(year).or_insert_with(|| known(year));
                if notice.days.remove(day).is_none() {
                    faults.push((*row, NoticeFault::WeekdayMadeUp(*day)));
                }
            }
        }
        if whole {
            let fault = |(day, row): (&NaiveDate, &usize)| (*row, NoticeFault::WeekdayMadeUp(*day));
            faults.extend(self.taken_back.iter().map(fault));
        }
        let worked = self.taken_back.iter().chain(&self.worked);
        let worked = worked.filter(|(day, _)| calendar.is_statutory(**day));
        faults.extend(worked.map(|(day, row)| (*row, NoticeFault::DayOfTheRegulation(*day))));
        if !faults.is_empty() {
            let fault = |(row, fault)| RowFault { row, fault };
            return Err(faults.into_iter().map(fault).collect());
        }
        Ok(Reading {
            whole,
            doubts,
            years: years.into_values().collect(),
        })
    }

    fn doubts(&self, calendar: &Calendar) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let off = self.days.values().filter(|named| named.kind == Kind::Off);
        let names: Vec<&str> = off.map(|named| named.name.as_str()).collect();
        let is_named = |holiday: &&str| {
            // 清明节 and 清明, 国庆节、中秋节 are what a notice calls them.
            let stem: String = holiday.chars().take(2).collect();
            names.iter().any(|name| name.contains(&stem))
        };
        let holidays = calendar.statutory_names();
        let missing = holidays.into_iter().filter(|holiday| !is_named(holiday));
        let holidays: Vec<String> = missing.map(str::to_owned).collect();
        if !holidays.is_empty() {
            doubts.push(Doubt::NotNamed { holidays });
        }
        let last = calendar.years().filter(|year| *year != self.year).last();
        if let Some(last) = last.and_then(|year| calendar.notice(year)) {
            let (days, before) = (self.days.len(), last.days.len());
            if days * 2 < before || days > before * 2 {
                doubts.push(Doubt::Count { days, before });
            }
        }
        doubts
    }
}

fn take_row(row: &NoticeRow) -> Result<(NaiveDate, Named), NoticeFault> {
    let text = row.date.trim();
    let day = super::typed::day(text).ok_or_else(|| NoticeFault::NotADate(short(text)))?;
    if !super::is_within_calendar(day) {
        return Err(NoticeFault::NoSuchYear);
    }
    let kind = row.kind.trim();
    let kind = Kind::parse(kind).ok_or_else(|| NoticeFault::NotAKind(short(kind)))?;
    let name = Line::<40>::parse(Field::Stored, &row.name).map_err(|fault| match fault.fault {
        Fault::Empty => NoticeFault::Nameless,
        _ => NoticeFault::NotAName,
    })?;
    let name = name.as_str().to_owned();
    Ok((day, Named { name, kind }))
}

/// The notice of a year names its days, and some of the December before.
fn may_name(year: i32, day: NaiveDate) -> bool {
    day.year() == year || (day.year() == year - 1 && day.month() == 12)
}

/// Make-up workdays are days of a weekend.
fn fits(day: NaiveDate, kind: Kind) -> Result<(), NoticeFault> {
    if kind == Kind::Work && !is_weekend(day) {
        return Err(NoticeFault::WeekdayMadeUp(day));
    }
    Ok(())
}

impl YearNotice {
    /// The whole notice of a year; its days are added.
    pub fn new(year: i32) -> Self {
        Self {
            year,
            whole: true,
            days: BTreeMap::new(),
        }
    }

    /// Single days of a year whose notice is not out.
    pub fn partial(year: i32) -> Self {
        Self {
            whole: false,
            ..Self::new(year)
        }
    }

    pub fn year(&self) -> i32 {
        self.year
    }

    pub fn is_whole(&self) -> bool {
        self.whole
    }

    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, &Named)> {
        self.days.iter().map(|(day, named)| (*day, named))
    }

    pub fn get(&self, day: NaiveDate) -> Option<&Named> {
        self.days.get(&day)
    }

    pub fn add(&mut self, day: NaiveDate, name: String, kind: Kind) -> Result<(), NoticeFault> {
        if !may_name(self.year, day) {
            return Err(NoticeFault::OtherYear(day, self.year));
        }
        fits(day, kind)?;
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
