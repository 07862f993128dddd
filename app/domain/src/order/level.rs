use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::codes::codes;

/// How far up an order has been carried.
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
