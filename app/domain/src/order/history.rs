use thiserror::Error;

use super::clock::ClockName;
use super::event::{Cause, Event, What};
use super::level::Level;
use super::placement::Placement;
use super::stage::{Stage, StageName};
use super::{Complexity, Number};
use crate::actor::EnterpriseId;
use crate::time::Instant;

/// An order as its history tells it. Nothing else is the truth about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub number: Number,
    pub enterprise: EnterpriseId,
    pub placement: Placement,
    pub placed_at: Instant,
    pub entered_at: Instant,
    pub complexity: Option<Complexity>,
    pub stage: Stage,
    /// 1, and 2 from a rework on.
    pub cycle: u8,
    /// Levels that have fired, one at most for each clock of a cycle.
    pub fired: Vec<Fired>,
    /// How far up the order stands.
    pub escalation: Option<Level>,
    /// The number of its events.
    pub version: u32,
}

/// The key of one firing: it never happens twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    pub cycle: u8,
    pub clock: ClockName,
    pub level: Level,
}

/// A history that the rules cannot have written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Broken {
    #[error("a history begins with the placing of the order")]
    NoBeginning,
    #[error("event {seq} follows version {version}")]
    Gap { seq: u32, version: u32 },
    #[error("event {seq} ({kind}) cannot happen in stage {stage:?}")]
    Impossible {
        seq: u32,
        kind: &'static str,
        stage: StageName,
    },
}

impl Order {
    pub fn replay(events: &[Event]) -> Result<Self, Broken> {
        let (first, rest) = events.split_first().ok_or(Broken::NoBeginning)?;
        let mut order = Self::begin(first)?;
        for event in rest {
            order.apply(event)?;
        }
        Ok(order)
    }

    fn begin(event: &Event) -> Result<Self, Broken> {
        let What::Placed {
            number,
            enterprise,
            placement,
            triage,
        } = &event.what
        else {
            return Err(Broken::NoBeginning);
        };
        Ok(Self {
            number: *number,
            enterprise: *enterprise,
            placement: placement.clone(),
            placed_at: event.happened_at,
            entered_at: event.entered_at,
            complexity: None,
            stage: Stage::Submitted { triage: *triage },
            cycle: 1,
            fired: Vec::new(),
            escalation: None,
            version: event.seq,
        })
    }

    pub fn apply(&mut self, event: &Event) -> Result<(), Broken> {
        if event.seq != self.version + 1 {
            return Err(Broken::Gap {
                seq: event.seq,
                version: self.version,
            });
        }
        match self.stage_after(&event.what) {
            Some(stage) => self.stage = stage,
            None => {
                return Err(Broken::Impossible {
                    seq: event.seq,
                    kind: event.what.code(),
                    stage: self.stage.name(),
                });
            }
        }
        match &event.what {
            What::Dispatched { complexity, .. } => self.complexity = Some(*complexity),
            What::SentBack { .. } => self.cycle += 1,
            What::Escalated { level, cause } => {
                if let Cause::Overdue { clock, .. } = cause {
                    self.fired.push(Fired {
                        cycle: self.cycle,
                        clock: *clock,
                        level: *level,
                    });
                }
                self.escalation = self.escalation.max(Some(*level));
            }
            What::Placed { .. }
            | What::Declined { .. }
            | What::Taken
            | What::Replied { .. }
            | What::Rated { .. }
            | What::Closed
            | What::Withdrawn { .. } => {}
        }
        self.version = event.seq;
        Ok(())
    }

    /// `None` where the event cannot follow.
    fn stage_after(&self, what: &What) -> Option<Stage> {
        let lead = || self.stage.lead().cloned();
        match (what, &self.stage) {
            (What::Declined { .. }, Stage::Submitted { .. }) => Some(Stage::Declined),
            (
                What::Dispatched {
                    department,
                    take,
                    resolve,
                    ..
                },
                Stage::Submitted { .. },
            ) => Some(Stage::Dispatched {
                lead: department.clone(),
                take: *take,
                resolve: *resolve,
            }),
            (What::Taken, Stage::Dispatched { lead, resolve, .. }) => Some(Stage::InHand {
                lead: lead.clone(),
                resolve: *resolve,
            }),
            (
                What::Replied { reply, window },
                Stage::InHand { lead, .. } | Stage::Rework { lead, .. },
            ) => Some(Stage::Replied {
                lead: lead.clone(),
                reply: reply.clone(),
                window: *window,
                rating: None,
            }),
            (
                What::Rated { rating },
                Stage::Replied {
                    lead,
                    reply,
                    window,
                    rating: None,
                },
            ) => Some(Stage::Replied {
                lead: lead.clone(),
                reply: reply.clone(),
                window: *window,
                rating: Some(rating.clone()),
            }),
            (
                What::SentBack { clock },
                Stage::Replied {
                    lead,
                    rating: Some(bad),
                    ..
                },
            ) if bad.level.is_bad() => Some(Stage::Rework {
                lead: lead.clone(),
                clock: *clock,
                bad: bad.clone(),
            }),
            (
                What::Closed,
                Stage::Replied {
                    lead,
                    reply,
                    rating,
                    ..
                },
            ) => Some(Stage::Closed {
                lead: lead.clone(),
                reply: reply.clone(),
                rating: rating.clone(),
            }),
            (What::Withdrawn { .. }, stage) if !stage.name().is_final() => {
                Some(Stage::Withdrawn { lead: lead() })
            }
            (What::Escalated { .. }, stage) if !stage.name().is_final() => Some(stage.clone()),
            _ => None,
        }
    }
}
