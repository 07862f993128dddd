use serde::{Deserialize, Serialize};

use crate::rulebook::Rules;
use crate::time::deadline::{deadline, yellow};
use crate::time::{Calendar, Due, Instant, Limit};

/// A time limit that somebody is under. The deadline is derived, never stored
/// as a fact, so that a calendar published later moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub name: ClockName,
    /// When what starts the clock happened.
    pub received: Instant,
    pub limit: Limit,
    /// The version of the rules that gave the limit and the threshold.
    pub rules: u32,
    /// Percent of the limit after which the light is yellow.
    pub yellow_percent: u16,
}

/// Which limit a clock measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockName {
    Triage,
    Take,
    Resolve,
    Rework,
    /// The enterprise's time to rate; nobody is late when it ends.
    Rating,
}

/// The state of the clock that runs, for people who scan a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    None,
    Green,
    Yellow,
    Red,
}

impl Clock {
    pub fn start(name: ClockName, received: Instant, limit: Limit, rules: &Rules) -> Self {
        Self {
            name,
            received,
            limit,
            rules: rules.version,
            yellow_percent: rules.yellow_percent,
        }
    }

    pub fn due(&self, calendar: &Calendar) -> Due {
        deadline(calendar, self.received, self.limit)
    }

    pub fn yellow(&self, calendar: &Calendar) -> Instant {
        yellow(calendar, self.received, self.limit, self.yellow_percent)
    }
}

impl ClockName {
    pub const ALL: [Self; 5] = [
        Self::Triage,
        Self::Take,
        Self::Resolve,
        Self::Rework,
        Self::Rating,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Triage => "triage",
            Self::Take => "take",
            Self::Resolve => "resolve",
            Self::Rework => "rework",
            Self::Rating => "rating",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }

    /// Whether a body of the administration is late when the clock has ended.
    pub fn binds_a_body(self) -> bool {
        match self {
            Self::Triage | Self::Take | Self::Resolve | Self::Rework => true,
            Self::Rating => false,
        }
    }
}

impl Light {
    pub const ALL: [Self; 4] = [Self::None, Self::Green, Self::Yellow, Self::Red];

    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|light| light.code() == code)
    }
}
