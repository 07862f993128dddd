use serde::{Deserialize, Serialize};

use super::clock::{Clock, ClockName};
use super::dispatch::Complexity;
use super::level::Level;
use super::placement::Placement;
use super::rating::Rating;
use super::reply::Reply;
use super::{Number, Reason};
use crate::actor::{Actor, BodyCode, EnterpriseId, RoleName, UserId};
use crate::time::Instant;

/// Something that happened to an order: timeline, audit and notice at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// 1 for the first event of the order; the last one's is the order's version.
    pub seq: u32,
    pub happened_at: Instant,
    /// Later than `happened_at` where a step was entered afterwards (补录).
    pub entered_at: Instant,
    pub by: By,
    pub what: What,
}

/// Who did it, in what role, as they were called then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub user: Option<UserId>,
    pub name: String,
    pub role: RoleName,
    pub body: Option<BodyCode>,
}

impl From<&Actor> for By {
    fn from(actor: &Actor) -> Self {
        Self {
            user: actor.user,
            name: actor.name.clone(),
            role: actor.role.name(),
            body: actor.role.body().cloned(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    Placed {
        number: Number,
        enterprise: EnterpriseId,
        placement: Placement,
        triage: Clock,
    },
    Declined {
        reason: Reason,
    },
    /// Begins the first cycle.
    Dispatched {
        department: BodyCode,
        complexity: Complexity,
        take: Clock,
        resolve: Clock,
    },
    Taken,
    Replied {
        reply: Reply,
        window: Clock,
    },
    Rated {
        rating: Rating,
    },
    /// 二次办理: begins the second cycle.
    SentBack {
        clock: Clock,
    },
    Escalated {
        level: Level,
        cause: Cause,
    },
    /// 销号.
    Closed,
    Withdrawn {
        reason: Reason,
    },
}

/// Why an order was carried up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// A deadline passed; `late` is the body that let it (`None`: the centre).
    Overdue {
        clock: ClockName,
        due_at: Instant,
        late: Option<BodyCode>,
    },
    SecondBadRating,
}

impl What {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "placed",
            Self::Declined { .. } => "declined",
            Self::Dispatched { .. } => "dispatched",
            Self::Taken => "taken",
            Self::Replied { .. } => "replied",
            Self::Rated { .. } => "rated",
            Self::SentBack { .. } => "sent_back",
            Self::Escalated { .. } => "escalated",
            Self::Closed => "closed",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}
