//! The ladder: what happens, and who is told, so many working days past a deadline.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::codes::codes;

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
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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

codes!(Told);

/// How far up something late has been carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Level {
    /// Overdue: the head of the body is told, and the supervision office.
    Head,
    /// The deputy mayor in charge.
    Deputy,
    /// A candidate for the mayor's express (市长解难直通车).
    Express,
}

codes!(Level);

/// Of a card that a level gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Colour {
    Yellow,
    Red,
}

codes!(Colour);
