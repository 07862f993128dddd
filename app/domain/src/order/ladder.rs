//! The ladder: what happens, and who is told, so many working days past a deadline.

use serde::{Deserialize, Serialize};

use super::card::Colour;
use super::level::Level;

/// One level of the ladder, as a version of the rules has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    pub level: Level,
    /// Working days past the deadline at which it fires.
    pub days_past: u16,
    pub card: Option<Colour>,
    pub tells: Vec<Told>,
}

/// Whom a level tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// Everybody of the body that is late.
    Body,
    /// The head of the body that is late.
    Head,
    Centre,
    Supervision,
    Deputy,
    Office,
    Mayor,
}

impl Told {
    pub const ALL: [Self; 7] = [
        Self::Body,
        Self::Head,
        Self::Centre,
        Self::Supervision,
        Self::Deputy,
        Self::Office,
        Self::Mayor,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Head => "head",
            Self::Centre => "centre",
            Self::Supervision => "supervision",
            Self::Deputy => "deputy",
            Self::Office => "office",
            Self::Mayor => "mayor",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.code() == code)
    }
}
