use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::rating::Rating;
use super::reply::Reply;
use crate::actor::BodyCode;

/// Where an order stands, with what belongs to standing there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Submitted {
        triage: Clock,
    },
    /// 不予受理.
    Declined,
    /// 已分派: the resolve clock runs from here, so that nobody gains by not taking.
    Dispatched {
        lead: BodyCode,
        take: Clock,
        resolve: Clock,
    },
    InHand {
        lead: BodyCode,
        resolve: Clock,
    },
    /// 已答复: the enterprise confirms and rates, or lets the window pass.
    Replied {
        lead: BodyCode,
        reply: Reply,
        window: Clock,
        /// Only a second bad rating stays here: the deputy mayor decides then. A
        /// good one closes the order, a first bad one sends it back, at once.
        rating: Option<Rating>,
    },
    /// 二次办理: a bad rating sent the order back, once.
    Rework {
        lead: BodyCode,
        clock: Clock,
        bad: Rating,
    },
    /// 已销号.
    Closed {
        lead: BodyCode,
        reply: Reply,
        /// `None`: not rated, which is never satisfied.
        rating: Option<Rating>,
    },
    Withdrawn {
        lead: Option<BodyCode>,
    },
}

/// A stage without what belongs to it, as lists and the HTTP API name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageName {
    Submitted,
    Declined,
    Dispatched,
    InHand,
    Replied,
    Rework,
    Closed,
    Withdrawn,
}

impl Stage {
    pub fn name(&self) -> StageName {
        match self {
            Self::Submitted { .. } => StageName::Submitted,
            Self::Declined => StageName::Declined,
            Self::Dispatched { .. } => StageName::Dispatched,
            Self::InHand { .. } => StageName::InHand,
            Self::Replied { .. } => StageName::Replied,
            Self::Rework { .. } => StageName::Rework,
            Self::Closed { .. } => StageName::Closed,
            Self::Withdrawn { .. } => StageName::Withdrawn,
        }
    }

    /// The body that answers for the whole (主办).
    pub fn lead(&self) -> Option<&BodyCode> {
        match self {
            Self::Submitted { .. } | Self::Declined => None,
            Self::Dispatched { lead, .. }
            | Self::InHand { lead, .. }
            | Self::Replied { lead, .. }
            | Self::Rework { lead, .. }
            | Self::Closed { lead, .. } => Some(lead),
            Self::Withdrawn { lead } => lead.as_ref(),
        }
    }

    /// The clock that runs now: the nearer one where two do.
    pub fn clock(&self) -> Option<&Clock> {
        match self {
            Self::Submitted { triage } => Some(triage),
            Self::Dispatched { take, .. } => Some(take),
            Self::InHand { resolve, .. } => Some(resolve),
            Self::Rework { clock, .. } => Some(clock),
            Self::Replied {
                window,
                rating: None,
                ..
            } => Some(window),
            Self::Replied {
                rating: Some(_), ..
            }
            | Self::Declined
            | Self::Closed { .. }
            | Self::Withdrawn { .. } => None,
        }
    }

    pub fn rating(&self) -> Option<&Rating> {
        match self {
            Self::Replied { rating, .. } | Self::Closed { rating, .. } => rating.as_ref(),
            Self::Rework { bad, .. } => Some(bad),
            Self::Submitted { .. }
            | Self::Declined
            | Self::Dispatched { .. }
            | Self::InHand { .. }
            | Self::Withdrawn { .. } => None,
        }
    }
}

impl StageName {
    pub const ALL: [Self; 8] = [
        Self::Submitted,
        Self::Declined,
        Self::Dispatched,
        Self::InHand,
        Self::Replied,
        Self::Rework,
        Self::Closed,
        Self::Withdrawn,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Declined => "declined",
            Self::Dispatched => "dispatched",
            Self::InHand => "in_hand",
            Self::Replied => "replied",
            Self::Rework => "rework",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Whether nothing can happen to the order any more.
    pub fn is_final(self) -> bool {
        match self {
            Self::Declined | Self::Closed | Self::Withdrawn => true,
            Self::Submitted | Self::Dispatched | Self::InHand | Self::Replied | Self::Rework => {
                false
            }
        }
    }
}
