//! Calendars and rules, and what they would move.

use domain::Named;
use domain::order::ClockName;
use domain::time::Due;
use serde::{Deserialize, Serialize};

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
