use serde::{Deserialize, Serialize};

use super::history::Meeting;
use crate::order::Number;
use crate::text::Reason;

/// A matter on the agenda: one matter, one deliberation (一事一议).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The order whose matter it is.
    pub matter: Number,
    /// How long it is to take.
    pub minutes: u16,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Open,
    /// The decisions, by the events of the order that hold them.
    Decided {
        decisions: Vec<u32>,
    },
    /// 缓议.
    Deferred {
        reason: Reason,
    },
}

impl Outcome {
    /// The events of the order that hold the decisions.
    pub fn decisions(&self) -> &[u32] {
        match self {
            Self::Decided { decisions } => decisions,
            Self::Open | Self::Deferred { .. } => &[],
        }
    }
}

impl Meeting {
    pub fn item(&self, matter: Number) -> Option<&Item> {
        self.agenda.iter().find(|item| item.matter == matter)
    }

    pub(super) fn item_mut(&mut self, matter: Number) -> Option<&mut Item> {
        self.agenda.iter_mut().find(|item| item.matter == matter)
    }

    /// The matter that is deliberated now: the first that is open.
    pub fn present_item(&self) -> Option<&Item> {
        let mut items = self.agenda.iter();
        items.find(|item| item.outcome == Outcome::Open)
    }

    /// Minutes that the agenda takes in all.
    pub fn planned_minutes(&self) -> u32 {
        self.agenda.iter().map(|item| u32::from(item.minutes)).sum()
    }
}
