//! What the rules look up: limits and thresholds, the calendar, the directory.
//! All of it is data that an administrator changes; nothing here is a constant.

pub mod rows;

use std::collections::BTreeMap;

use thiserror::Error;

use crate::clock::{PauseKind, Rung};
use crate::directory::Directory;
use crate::order::{Complexity, Urgency};
use crate::time::{Calendar, Instant, Limit};

/// Everything that a decision may depend on besides the order and the time.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// Ascending by version; never empty.
    versions: Vec<Rules>,
    pub calendar: Calendar,
    /// Earlier versions of the calendar, by which clocks that have ended are explained.
    former: BTreeMap<u32, Calendar>,
    pub directory: Directory,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no version of the rules")]
pub struct NoRules;

/// One version of the limits and thresholds (domain rules §3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// A clock keeps the version that it was started under.
    pub version: u32,
    /// Clocks that start from here on go by it.
    pub from: Instant,
    pub triage: Limit,
    pub take: Limit,
    pub take_critical: Limit,
    /// The centre's time to rule on a return.
    pub ruling: Limit,
    pub resolve_critical: Limit,
    pub resolve_urgent: Limit,
    pub resolve_normal: Limit,
    pub resolve_complex: Limit,
    pub resolve_enquiry: Limit,
    pub rework: Limit,
    /// A co-handler's, and never beyond the lead's deadline.
    pub co_handle: Limit,
    pub rating: Limit,
    /// The centre's time to call the enterprise back.
    pub callback: Limit,
    /// The lead's time to appeal a bad rating.
    pub appeal: Limit,
    /// Working days before the day of a promise on which its body is reminded.
    pub commitment_notice: u16,
    /// Working days before a meeting on which those who are invited are reminded.
    pub meeting_notice: u16,
    /// Working days that one pause takes out at most, by its kind.
    pub pause_supplement: u16,
    pub pause_special: u16,
    /// Pauses of one cycle at most.
    pub pauses: u16,
    /// Merges of one order while a clock of it runs, at most: each moves its deadline.
    pub merges: u16,
    /// Returns of one order at most; then the centre fixes the owner.
    pub returns: u16,
    /// Extensions of one clock at most; the first is the centre's to grant, the others
    /// the deputy mayor's.
    pub extensions: u16,
    /// Working days before the deadline by which an extension is asked.
    pub extension_notice: u16,
    /// Working days that a step can be entered after it happened (补录).
    pub back_entry: u16,
    /// Percent from which on two texts are taken for alike.
    pub similar: u16,
    /// So many enterprises with alike orders have a problem in common, where they were
    /// placed within so many working days.
    pub common_enterprises: u16,
    pub common_days: u16,
    /// Percent of a limit after which the light is yellow.
    pub yellow_percent: u16,
    /// Each level of the ladder, ascending.
    pub ladder: Vec<Rung>,
}

impl Rulebook {
    pub fn new(
        mut versions: Vec<Rules>,
        calendar: Calendar,
        former: impl IntoIterator<Item = Calendar>,
        directory: Directory,
    ) -> Result<Self, NoRules> {
        if versions.is_empty() {
            return Err(NoRules);
        }
        versions.sort_by_key(|rules| rules.version);
        Ok(Self {
            versions,
            calendar,
            former: former.into_iter().map(|c| (c.version(), c)).collect(),
            directory,
        })
    }

    /// The version in force at `at`: the newest that applies from then or earlier.
    pub fn rules_at(&self, at: Instant) -> &Rules {
        let newest = self.versions.iter().rev();
        let in_force = newest.clone().find(|rules| rules.from <= at);
        in_force.unwrap_or(&self.versions[0])
    }

    /// The version that a clock keeps.
    pub fn rules(&self, version: u32) -> &Rules {
        let kept = self.versions.iter().find(|rules| rules.version == version);
        kept.unwrap_or(&self.versions[0])
    }

    /// Ascending by version.
    pub fn versions(&self) -> &[Rules] {
        &self.versions
    }

    /// The calendar as it was at a version; the present one where that is not kept.
    pub fn calendar_at(&self, version: u32) -> &Calendar {
        self.former.get(&version).unwrap_or(&self.calendar)
    }

    /// This book with another calendar.
    #[must_use]
    pub fn with_calendar(&self, calendar: Calendar) -> Self {
        let mut book = self.clone();
        let former = std::mem::replace(&mut book.calendar, calendar);
        book.former.insert(former.version(), former);
        book
    }

    /// This book with one more version of the rules.
    #[must_use]
    pub fn with_rules(&self, rules: Rules) -> Self {
        let mut book = self.clone();
        book.versions.push(rules);
        book.versions.sort_by_key(|rules| rules.version);
        book
    }
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

    /// Whether another version differs in its number and day only.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let other = Self {
            version: self.version,
            from: self.from,
            ..other.clone()
        };
        *self == other
    }

    /// Working days that a pause takes out at most.
    pub fn pause(&self, kind: PauseKind) -> u16 {
        match kind {
            PauseKind::Supplement => self.pause_supplement,
            PauseKind::Special => self.pause_special,
        }
    }
}
