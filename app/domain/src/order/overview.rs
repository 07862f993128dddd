use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use super::co_handler::{End, Task};
use super::express::{ExpressState, Track};
use super::history::Order;
use super::measure::Resolved;
use super::placement::{Placement, Urgency};
use super::rating::RatingLevel;
use super::stage::StageName;
use super::{Complexity, Number, escalation};
use crate::actor::{Actor, BodyCode, EnterpriseId, UserId};
use crate::case::By;
use crate::clock::{ClockName, Level, Light, PauseKind, Running};
use crate::codes::{coded, codes};
use crate::rights::{Action, Concern};
use crate::rulebook::Rulebook;
use crate::task::TaskLine;
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
    /// Who of the enterprise answers for it.
    pub member: Option<UserId>,
    /// Who of the lead body handles it.
    pub handler: Option<UserId>,
    /// Of the clock that runs now.
    pub clock: Option<Running>,
    /// The centre's time to call back, while it is awaited.
    pub callback: Option<Running>,
    /// Every co-handler that it ever had.
    pub co_handlers: Vec<Part>,
    pub rating: Option<RatingLevel>,
    /// Whether the lead kept its time, once it has replied.
    pub resolved: Option<Resolved>,
    /// What the enterprise said at the last valid callback.
    pub solved: Option<bool>,
    pub escalation: Option<Level>,
    /// Where it stands with the mayor's express, and since when.
    pub express: Option<(ExpressState, Instant)>,
    /// Every task that a meeting or the mayor's office gave.
    pub tasks: Vec<TaskLine>,
    /// The order that it is joined to (并案).
    pub merged_into: Option<Number>,
    /// How many orders are joined to it, and whether some are other enterprises'.
    pub absorbed: u16,
    pub is_collective: bool,
    /// How often it was returned.
    pub returns: u16,
    /// What awaits somebody's decision beside the work itself.
    pub asks: Vec<Ask>,
    pub cycle: u8,
    pub version: u32,
    /// When the sweep must next look at it.
    pub sweep_at: Option<Instant>,
}

/// A co-handler's part, with its times worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub body: BodyCode,
    pub task: Option<Task>,
    pub due: Due,
    pub yellow_at: Instant,
    pub replied_at: Option<Instant>,
    /// Whether it is awaited.
    pub open: bool,
    /// The version of the rules that its clock keeps.
    pub rules: u32,
}

impl Part {
    /// Its clock, as that of an order.
    pub fn running(&self) -> Running {
        Running {
            name: ClockName::CoHandle,
            due: self.due,
            yellow_at: self.yellow_at,
            rules: self.rules,
        }
    }

    pub fn light(&self, now: Instant) -> Light {
        if self.open {
            self.running().light(now)
        } else {
            Light::None
        }
    }
}

/// A decision that is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Ask {
    Ruling,
    Objection,
    CoHandler,
    Extension,
    /// The deputy mayor's.
    SecondExtension,
    /// A reply that the head of the lead approves.
    Reply,
    /// Of a rating.
    Appeal,
    /// 补正: what the enterprise is to hand in.
    Supplement,
}

codes!(Ask);

/// Whose move it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Turn {
    Enterprise,
    Centre,
    Lead,
    /// The lead waits for those who have a part.
    CoHandler,
    Deputy,
    /// The mayor's office, which has it on the express.
    Office,
    None,
}

coded!(Turn);

impl Order {
    pub fn overview(&self, book: &Rulebook) -> Overview {
        Overview {
            number: self.number,
            enterprise: self.enterprise,
            placement: self.placement.clone(),
            placed_at: self.placed_at,
            entered_at: self.entered_at,
            complexity: self.complexity,
            stage: self.stage.name(),
            lead: self.stage.lead().cloned(),
            member: self.member,
            handler: self.handler,
            // The nearer one where two run.
            clock: self
                .stage
                .running()
                .map(|term| Running::of(term, book))
                .min_by_key(|running| running.due.at),
            callback: self.stage.callback().map(|term| Running::of(term, book)),
            co_handlers: self.parts_worked_out(book),
            rating: self.stage.rating().map(|rating| rating.level),
            resolved: self.resolved(book),
            solved: self.solved(),
            escalation: self.escalation,
            express: self.express().zip(self.track.as_ref().map(Track::since)),
            tasks: self.task_lines(book),
            merged_into: self.merged_into(),
            absorbed: u16::try_from(self.absorbed.len()).unwrap_or(u16::MAX),
            is_collective: self.is_collective(),
            returns: self.returns,
            asks: self.asks(),
            cycle: self.cycle,
            version: self.version,
            sweep_at: escalation::next_at(self, book),
        }
    }
}

impl Order {
    fn parts_worked_out(&self, book: &Rulebook) -> Vec<Part> {
        let open: Vec<u16> = match self.merged_into() {
            // Nobody is awaited while the order is joined to another.
            Some(_) => Vec::new(),
            None => self.open_parts().map(|(number, _)| number).collect(),
        };
        let parts = (0..).zip(&self.co_handlers);
        // Whoever was in a dispatch that was taken back has nothing to do with it any more.
        let parts = parts.filter(|(_, part)| !part.is_recalled());
        let parts = parts.map(|(number, part)| {
            let open = open.contains(&number);
            let (term, calendar) = match &part.ended {
                Some((term, calendar)) => (term.clone(), book.calendar_at(*calendar)),
                None => (self.term_of(part), &book.calendar),
            };
            Part {
                body: part.body.clone(),
                task: part.task.clone(),
                due: term.due(calendar),
                yellow_at: term.yellow(calendar),
                rules: part.clock.rules,
                replied_at: match part.end {
                    Some(End::Replied { at, .. }) => Some(at),
                    Some(End::LeftOut { .. } | End::Recalled { .. }) | None => None,
                },
                open,
            }
        });
        parts.collect()
    }

    fn asks(&self) -> Vec<Ask> {
        let term = self.stage.cycle().filter(|term| term.asked.is_some());
        let second = term.is_some_and(super::extension::is_second);
        let awaited = |ask: &Ask| match ask {
            Ask::Ruling => super::returning::is_open(self),
            Ask::Objection => super::objection::is_open(self),
            Ask::CoHandler => self.co_handling_asked().is_some(),
            Ask::Extension => term.is_some() && !second,
            Ask::SecondExtension => second,
            Ask::Reply => self.unapproved().is_some(),
            Ask::Supplement => {
                let pause = self.stage.pause();
                pause.is_some_and(|pause| pause.kind == PauseKind::Supplement)
            }
            Ask::Appeal => self.appealed().is_some() && self.stage.name() != StageName::Withdrawn,
        };
        Ask::ALL.into_iter().filter(awaited).collect()
    }
}

impl Overview {
    pub fn light(&self, now: Instant) -> Light {
        match self.clock {
            Some(clock) if clock.name.binds_a_body() => clock.light(now),
            Some(_) | None => Light::None,
        }
    }

    pub fn remaining(&self, now: Instant, book: &Rulebook) -> Option<Remaining> {
        let clock = self.clock?;
        Some(remaining(&book.calendar, clock.due.at, now))
    }

    /// What the rights of whoever looks at it are judged by.
    pub fn concern(&self, reader: &Actor) -> Concern<'_> {
        let body = reader.role.body();
        Concern {
            enterprise: self.enterprise,
            lead: self.lead.as_ref(),
            township: &self.placement.township,
            carded: false,
            co_handles: self.co_handlers.iter().any(|part| body == Some(&part.body)),
            tasked: body.is_some_and(|body| self.tasks.iter().any(|task| task.concerns(body))),
            in_charge: reader.sees_only_in_charge(),
        }
    }

    /// Name and number as `reader` may see them: masked, unless they work on it.
    pub fn contact_for(&self, reader: &Actor) -> (String, String) {
        let contact = &self.placement.contact;
        if reader.may_with(Action::SeeContact, &self.concern(reader)) {
            contact.in_full()
        } else {
            contact.masked()
        }
    }

    /// Who did something, as `reader` may see them: offices see an enterprise's people as they
    /// see its contact.
    pub fn name_for(&self, by: &By, reader: &Actor) -> Option<String> {
        by.name_for(
            reader,
            reader.may_with(Action::SeeContact, &self.concern(reader)),
        )
    }

    /// What awaits a decision, as `reader` may know of it: what the offices settle
    /// among themselves is not an enterprise's.
    pub fn asks_for(&self, reader: &Actor) -> Vec<Ask> {
        let outside = reader.role.enterprise().is_some();
        let asks = self.asks.iter().copied();
        asks.filter(|ask| !(outside && ask.is_internal())).collect()
    }

    pub fn urgency(&self) -> Urgency {
        self.placement.urgency
    }
}

impl Ask {
    /// Whether the lead waits for the decision; otherwise the work goes on meanwhile.
    pub(super) fn stops_work(self) -> bool {
        match self {
            Self::Ruling | Self::Objection => true,
            Self::Extension
            | Self::SecondExtension
            | Self::CoHandler
            | Self::Reply
            | Self::Appeal
            | Self::Supplement => false,
        }
    }

    fn is_internal(self) -> bool {
        match self {
            Self::CoHandler | Self::Reply => true,
            Self::Ruling
            | Self::Objection
            | Self::Extension
            | Self::SecondExtension
            | Self::Appeal
            | Self::Supplement => false,
        }
    }
}
