use serde::{Deserialize, Serialize};

/// How far up an order has been carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Overdue: the head of the body is told, and the supervision office.
    Head,
    /// The deputy mayor in charge.
    Deputy,
    /// A candidate for the mayor's express (市长解难直通车).
    Express,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Head, Self::Deputy, Self::Express];

    pub fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Deputy => "deputy",
            Self::Express => "express",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}
