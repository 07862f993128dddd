//! 暂停计时: times in which a clock stands still, and why.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantArray};

use crate::codes::coded;
use crate::text::{Line, Prose, Reason};
use crate::time::{Instant, Span};

/// What the clock stands still for (暂停计时).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PauseKind {
    /// 补正: the enterprise has something to hand in.
    Supplement,
    /// 特殊环节: a hearing, an expert review, a publicity period (行政许可法 art. 45).
    Special,
}

coded!(PauseKind);

/// A time in which the clock of a cycle stood still, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub kind: PauseKind,
    pub reason: Reason,
    pub basis: Prose<500>,
    pub evidence: Option<Line<200>>,
    /// What the enterprise is to hand in; where nothing is named, the reason says it.
    #[serde(default)]
    pub things: Vec<Line<200>>,
    pub from: Instant,
    /// The clock runs again here at the latest, by itself.
    pub until: Instant,
    /// When it was ended before that.
    pub ended: Option<Instant>,
    /// What the enterprise holds against it.
    pub objection: Option<Objection>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    pub reason: Reason,
    /// Whether the centre upheld it; `None`: not decided.
    pub upheld: Option<bool>,
}

impl Pause {
    pub fn span(&self) -> Span {
        Span {
            from: self.from,
            until: self.ended.map_or(self.until, |ended| ended.min(self.until)),
        }
    }
}
