use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use super::rating::{Feedback, Rating};
use super::reply::Reply;
use super::returning::Return;
use super::{Number, pause};
use crate::actor::BodyCode;
use crate::clock::{ClockName, Pause, Term};
use crate::codes::codes;
use crate::time::Instant;

/// Where an order stands, with what belongs to standing there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Submitted {
        triage: Term,
    },
    /// 不予受理.
    Declined,
    /// 已分派: the resolve clock runs from here, so that nobody gains by not taking.
    Dispatched {
        lead: BodyCode,
        taking: Taking,
        resolve: Term,
    },
    InHand {
        lead: BodyCode,
        resolve: Term,
    },
    /// 暂停计时: the cycle's last pause is open.
    Paused {
        lead: BodyCode,
        cycle: Term,
        /// What sent it back, where the second cycle is paused.
        bad: Option<Feedback>,
    },
    /// 已答复: the enterprise confirms and rates, or lets the window pass.
    Replied {
        lead: BodyCode,
        reply: Reply,
        window: Term,
        /// The centre's time to call back, until it has reached the enterprise.
        callback: Option<Term>,
        /// Only a second bad one stays here: the deputy mayor decides then. A good
        /// rating closes the order, a first bad answer sends it back, at once.
        feedback: Option<Feedback>,
    },
    /// 二次办理: a bad rating, or “not solved” at the callback, sent it back, once.
    Rework {
        lead: BodyCode,
        cycle: Term,
        bad: Feedback,
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
    /// 已并案: it stands still, and is what the main order becomes.
    Merged {
        into: Number,
        /// The body that has the lead of the main order: it works on this one too.
        lead: Option<BodyCode>,
        since: Instant,
        /// How it stood, and will stand again if the merge is undone.
        before: Box<Stage>,
    },
}

/// Whether a dispatched order waits to be taken, or was returned and awaits its ruling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taking {
    Waits { take: Term },
    Returned { sent: Return, ruling: Term },
}

/// A stage without what belongs to it, as lists and the HTTP API name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StageName {
    Submitted,
    Declined,
    Dispatched,
    InHand,
    Paused,
    Replied,
    Rework,
    Closed,
    Withdrawn,
    Merged,
}

codes!(StageName);

impl Stage {
    pub fn name(&self) -> StageName {
        match self {
            Self::Submitted { .. } => StageName::Submitted,
            Self::Declined => StageName::Declined,
            Self::Dispatched { .. } => StageName::Dispatched,
            Self::InHand { .. } => StageName::InHand,
            Self::Paused { .. } => StageName::Paused,
            Self::Replied { .. } => StageName::Replied,
            Self::Rework { .. } => StageName::Rework,
            Self::Closed { .. } => StageName::Closed,
            Self::Withdrawn { .. } => StageName::Withdrawn,
            Self::Merged { .. } => StageName::Merged,
        }
    }

    /// The body that answers for the whole (主办).
    pub fn lead(&self) -> Option<&BodyCode> {
        match self {
            Self::Submitted { .. } | Self::Declined => None,
            Self::Dispatched { lead, .. }
            | Self::InHand { lead, .. }
            | Self::Paused { lead, .. }
            | Self::Replied { lead, .. }
            | Self::Rework { lead, .. }
            | Self::Closed { lead, .. } => Some(lead),
            Self::Withdrawn { lead } | Self::Merged { lead, .. } => lead.as_ref(),
        }
    }

    /// The clocks that run.
    pub fn running(&self) -> impl Iterator<Item = &Term> {
        let (first, second) = match self {
            Self::Submitted { triage } => (Some(triage), None),
            Self::Dispatched {
                taking: Taking::Waits { take: nearer } | Taking::Returned { ruling: nearer, .. },
                resolve,
                ..
            } => (Some(nearer), Some(resolve)),
            Self::InHand { resolve, .. } => (Some(resolve), None),
            Self::Rework { cycle, .. } => (Some(cycle), None),
            Self::Replied {
                window,
                feedback: None,
                ..
            } => (Some(window), None),
            Self::Replied {
                feedback: Some(_), ..
            }
            | Self::Paused { .. }
            | Self::Declined
            | Self::Closed { .. }
            | Self::Withdrawn { .. }
            | Self::Merged { .. } => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The clocks that have not ended: those that run, and those that stand still.
    pub fn standing(&self) -> impl Iterator<Item = &Term> {
        let stage = match self {
            Self::Merged { before, .. } => before,
            stage => stage,
        };
        let paused = stage.pause().and_then(|_| stage.cycle());
        stage.running().chain(paused)
    }

    /// What it was before it was joined to another order.
    pub fn before_merge(&self) -> Option<&Self> {
        match self {
            Self::Merged { before, .. } => Some(before),
            _ => None,
        }
    }

    /// The order that it is joined to.
    pub fn merged_into(&self) -> Option<Number> {
        match self {
            Self::Merged { into, .. } => Some(*into),
            _ => None,
        }
    }

    /// The clock of the cycle under way, once the order is taken.
    pub fn cycle(&self) -> Option<&Term> {
        match self {
            Self::InHand { resolve, .. } => Some(resolve),
            Self::Rework { cycle, .. } | Self::Paused { cycle, .. } => Some(cycle),
            Self::Submitted { .. }
            | Self::Declined
            | Self::Dispatched { .. }
            | Self::Replied { .. }
            | Self::Closed { .. }
            | Self::Withdrawn { .. }
            | Self::Merged { .. } => None,
        }
    }

    /// The clock of the cycle under way, also before the order is taken.
    pub fn resolving(&self) -> Option<&Term> {
        match self {
            Self::Dispatched { resolve, .. } => Some(resolve),
            Self::Merged { before, .. } => before.resolving(),
            Self::Submitted { .. }
            | Self::Declined
            | Self::InHand { .. }
            | Self::Paused { .. }
            | Self::Replied { .. }
            | Self::Rework { .. }
            | Self::Closed { .. }
            | Self::Withdrawn { .. } => self.cycle(),
        }
    }

    pub(super) fn terms_mut(&mut self) -> impl Iterator<Item = &mut Term> {
        let (first, second) = match self {
            Self::Submitted { triage } => (Some(triage), None),
            Self::Dispatched {
                taking: Taking::Waits { take: nearer } | Taking::Returned { ruling: nearer, .. },
                resolve,
                ..
            } => (Some(nearer), Some(resolve)),
            Self::InHand { resolve: term, .. }
            | Self::Rework { cycle: term, .. }
            | Self::Paused { cycle: term, .. } => (Some(term), None),
            Self::Replied {
                window, callback, ..
            } => (Some(window), callback.as_mut()),
            Self::Declined | Self::Closed { .. } | Self::Withdrawn { .. } | Self::Merged { .. } => {
                (None, None)
            }
        };
        first.into_iter().chain(second)
    }

    /// The open pause.
    pub fn pause(&self) -> Option<&Pause> {
        match self {
            Self::Paused { cycle, .. } => pause::open(cycle),
            _ => None,
        }
    }

    /// The body that is late when a clock of the stage runs out; `None` is the centre.
    pub(super) fn late_body(&self, clock: ClockName) -> Option<&BodyCode> {
        match clock {
            ClockName::Triage | ClockName::Ruling | ClockName::Callback => None,
            ClockName::Take | ClockName::Resolve | ClockName::Rework | ClockName::Rating => {
                self.lead()
            }
            // Of a part or a task, not of the stage.
            ClockName::CoHandle | ClockName::Task => None,
        }
    }

    /// What the enterprise answered to the last reply, where the order stands on it.
    pub fn feedback(&self) -> Option<&Feedback> {
        match self {
            Self::Replied { feedback, .. } => feedback.as_ref(),
            Self::Rework { bad, .. } => Some(bad),
            Self::Paused { bad, .. } => bad.as_ref(),
            _ => None,
        }
    }

    pub fn rating(&self) -> Option<&Rating> {
        match self {
            Self::Closed { rating, .. } => rating.as_ref(),
            stage => stage.feedback().and_then(Feedback::rating),
        }
    }
}

impl StageName {
    /// Whether nothing can happen to the order any more; a merge can be undone.
    pub fn is_final(self) -> bool {
        match self {
            Self::Declined | Self::Closed | Self::Withdrawn | Self::Merged => true,
            Self::Submitted
            | Self::Dispatched
            | Self::InHand
            | Self::Paused
            | Self::Replied
            | Self::Rework => false,
        }
    }
}
