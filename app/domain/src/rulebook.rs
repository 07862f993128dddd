//! What the rules look up: limits and thresholds, the calendar, the directory.
//! All of it is data that an administrator changes; nothing here is a constant.

use crate::directory::Directory;
use crate::order::level::Level;
use crate::order::{Complexity, Urgency};
use crate::time::{Calendar, Limit};

/// Everything that a decision may depend on besides the order and the time.
#[derive(Debug, Clone)]
pub struct Rulebook {
    pub rules: Rules,
    pub calendar: Calendar,
    pub directory: Directory,
}

/// One version of the limits and thresholds (domain rules §3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// A clock keeps the version that it was started under.
    pub version: u32,
    pub triage: Limit,
    pub take: Limit,
    pub take_critical: Limit,
    pub resolve_critical: Limit,
    pub resolve_urgent: Limit,
    pub resolve_normal: Limit,
    pub resolve_complex: Limit,
    pub resolve_enquiry: Limit,
    pub rework: Limit,
    pub rating: Limit,
    /// Percent of a limit after which the light is yellow.
    pub yellow_percent: u16,
    /// Each level of the ladder with the working days past the deadline at which
    /// it fires, ascending.
    pub ladder: Vec<Rung>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    pub level: Level,
    pub days_past: u16,
}

impl Rules {
    pub fn take(&self, urgency: Urgency) -> Limit {
        match urgency {
            Urgency::Critical => self.take_critical,
            Urgency::Urgent | Urgency::Normal => self.take,
        }
    }

    pub fn resolve(&self, urgency: Urgency, complexity: Complexity) -> Limit {
        match (complexity, urgency) {
            (Complexity::Complex, _) => self.resolve_complex,
            (Complexity::Enquiry, _) => self.resolve_enquiry,
            (Complexity::Ordinary, Urgency::Critical) => self.resolve_critical,
            (Complexity::Ordinary, Urgency::Urgent) => self.resolve_urgent,
            (Complexity::Ordinary, Urgency::Normal) => self.resolve_normal,
        }
    }
}
