use serde::{Deserialize, Serialize};

use super::clock::{ClockName, Light};
use super::history::Order;
use super::level::Level;
use super::placement::{Placement, Urgency};
use super::rating::RatingLevel;
use super::stage::StageName;
use super::{Complexity, Number, escalation};
use crate::actor::{Actor, BodyCode, EnterpriseId};
use crate::rulebook::Rulebook;
use crate::time::{Due, Instant, Remaining, remaining::remaining};

/// What lists and the HTTP API show of an order: kept beside the history in the
/// same transaction, and always equal to what the history gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    pub number: Number,
    pub enterprise: EnterpriseId,
    pub placement: Placement,
    pub placed_at: Instant,
    pub entered_at: Instant,
    pub complexity: Option<Complexity>,
    pub stage: StageName,
    pub lead: Option<BodyCode>,
    /// Of the clock that runs now.
    pub clock: Option<Running>,
    pub rating: Option<RatingLevel>,
    pub escalation: Option<Level>,
    pub cycle: u8,
    pub version: u32,
    /// When the sweep must next look at it.
    pub sweep_at: Option<Instant>,
}

/// The clock that runs, with its times worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    pub name: ClockName,
    pub due: Due,
    pub yellow_at: Instant,
}

/// Whose move it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    Enterprise,
    Centre,
    Lead,
    Deputy,
    None,
}

impl Order {
    pub fn overview(&self, book: &Rulebook) -> Overview {
        let calendar = &book.calendar;
        Overview {
            number: self.number,
            enterprise: self.enterprise,
            placement: self.placement.clone(),
            placed_at: self.placed_at,
            entered_at: self.entered_at,
            complexity: self.complexity,
            stage: self.stage.name(),
            lead: self.stage.lead().cloned(),
            clock: self.stage.clock().map(|clock| Running {
                name: clock.name,
                due: clock.due(calendar),
                yellow_at: clock.yellow(calendar),
            }),
            rating: self.stage.rating().map(|rating| rating.level),
            escalation: self.escalation,
            cycle: self.cycle,
            version: self.version,
            sweep_at: escalation::next_at(self, book),
        }
    }
}

impl Overview {
    pub fn light(&self, now: Instant) -> Light {
        match self.clock {
            Some(clock) if clock.name.binds_a_body() => {
                if now > clock.due.at {
                    Light::Red
                } else if now >= clock.yellow_at {
                    Light::Yellow
                } else {
                    Light::Green
                }
            }
            Some(_) | None => Light::None,
        }
    }

    pub fn turn(&self, now: Instant) -> Turn {
        match self.stage {
            StageName::Submitted => Turn::Centre,
            StageName::Dispatched | StageName::InHand | StageName::Rework => Turn::Lead,
            StageName::Replied => match self.clock {
                // Rated badly twice.
                None => Turn::Deputy,
                Some(window) if now > window.due.at => Turn::Centre,
                Some(_) => Turn::Enterprise,
            },
            StageName::Declined | StageName::Closed | StageName::Withdrawn => Turn::None,
        }
    }

    pub fn remaining(&self, now: Instant, book: &Rulebook) -> Option<Remaining> {
        let clock = self.clock?;
        Some(remaining(&book.calendar, clock.due.at, now))
    }

    /// Name and number as `reader` may see them.
    pub fn contact_for(&self, reader: &Actor) -> (String, String) {
        let contact = &self.placement.contact;
        crate::contact::shown(contact, self.enterprise, self.lead.as_ref(), reader)
    }

    pub fn urgency(&self) -> Urgency {
        self.placement.urgency
    }
}

impl Turn {
    pub fn code(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Centre => "centre",
            Self::Lead => "lead",
            Self::Deputy => "deputy",
            Self::None => "none",
        }
    }
}
