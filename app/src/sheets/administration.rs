//! Calendars and rules, and what they would move.

use chrono::NaiveDate;
use domain::order::{ClockName, Colour, Level};
use domain::time::Due;
use domain::time::notice::{Doubt, Kind};
use domain::{Instant, Named};
use serde::{Deserialize, Serialize};

/// A year of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSheet {
    pub year: i32,
    pub published: bool,
    pub working_days: u32,
    pub days: Vec<(NaiveDate, String, Kind)>,
    /// Years that one can turn to.
    pub years: Vec<i32>,
    /// Version, year, when, by whom.
    pub applied: Vec<(u32, i32, Instant, String)>,
    /// What was typed before a preview, to be changed.
    pub typed: Vec<(String, String)>,
    pub may_import: bool,
}

/// What a notice or a version of the rules would do to open orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedSheet {
    pub moved: Vec<MovedRow>,
    pub orders: u64,
    /// How many deadlines would be overdue at once.
    pub overdue: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedRow {
    pub number: String,
    pub lead: Option<Named>,
    pub clock: ClockName,
    pub was: Due,
    pub is: Due,
    /// It would be overdue at once.
    pub overdue: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPreview {
    pub year: i32,
    /// How many days of the year were named before.
    pub known: Option<usize>,
    /// Whether it is taken for the whole notice of the year, and why it does not look so.
    pub whole: bool,
    pub doubts: Vec<Doubt>,
    pub working_days: u32,
    pub working_days_before: u32,
    pub days: Vec<(NaiveDate, String, Kind)>,
    pub moved: MovedSheet,
}

/// The rules as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesSheet {
    /// What was typed before a preview, to be changed.
    pub typed: Vec<(String, String)>,
    pub version: u32,
    /// Name, number, unit, and the least and most that it can be.
    pub rows: Vec<RuleRow>,
    pub ladder: Vec<RungRow>,
    pub versions: Vec<VersionRow>,
    pub may_edit: bool,
    pub today: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    pub name: String,
    pub number: u16,
    pub unit: String,
    pub range: (u16, u16),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RungRow {
    pub level: Level,
    pub days_past: u16,
    pub card: Option<Colour>,
    /// Codes of those who are told.
    pub tells: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    pub version: u32,
    pub from: Instant,
    pub actor: String,
    pub note: String,
    pub open_orders: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesPreview {
    pub version: u32,
    pub from: Instant,
    pub open_orders: bool,
    pub note: String,
    /// What changes: name, before, after, in words.
    pub changes: Vec<(String, String, String)>,
    pub moved: MovedSheet,
}
