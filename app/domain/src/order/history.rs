use thiserror::Error;

use super::appeal::Rated;
use super::approval::Unapproved;
use super::card::Card;
use super::co_handler::{CoHandler, CoHandling};
use super::commitment::Commitment;
use super::conclusion::Concluded;
use super::event::{Event, What, events};
use super::express::Track;
use super::measure::Ended;
use super::placement::Placement;
use super::reply::{Reply, ReplyKind};
use super::stage::{Stage, StageName, Taking};
use super::task::Awaited;
use super::{Complexity, Number};
use crate::actor::{EnterpriseId, RoleName, UserId};
use crate::case::Happens;
use crate::clock::{ClockName, Level, Term};
use crate::task::Task;
use crate::time::Instant;

/// An order as its history tells it. Nothing else is the truth about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub number: Number,
    pub enterprise: EnterpriseId,
    /// Who placed it, or whom it was handed over to.
    pub member: Option<UserId>,
    /// Who of the lead body took it, or whom it was handed over to.
    pub handler: Option<UserId>,
    pub placement: Placement,
    pub placed_at: Instant,
    pub entered_at: Instant,
    pub complexity: Option<Complexity>,
    pub stage: Stage,
    /// 1, and 2 from a rework on.
    pub cycle: u8,
    /// How often it was returned.
    pub returns: u16,
    /// How often its dispatch was taken back.
    pub(super) recalls: u16,
    /// How often the centre let its time begin anew: its dispatch was taken back, or it went
    /// to another lead.
    pub(super) restarts: u16,
    /// Orders that are joined to it (并案).
    pub absorbed: Vec<Number>,
    /// Those of them that are other enterprises'.
    pub(super) joined_enterprises: Vec<(Number, EnterpriseId)>,
    /// Orders that it has to do with (关联).
    pub links: Vec<Number>,
    /// Every co-handler that it ever had.
    pub co_handlers: Vec<CoHandler>,
    /// A co-handler that the lead asked for.
    pub(super) co_asked: Option<CoHandling>,
    pub(super) unapproved: Option<Unapproved>,
    /// Joined to another, and answered with that.
    pub(super) is_answered: bool,
    /// A reply that the head sent back.
    pub(super) to_mend: Option<Reply>,
    /// Every promise of its replies.
    pub commitments: Vec<Commitment>,
    pub ratings: Vec<Rated>,
    /// The time to resolve it, once a reply has ended that.
    pub(super) ended: Option<Ended>,
    pub(super) solved: Option<bool>,
    /// Where it stands, or stood at last, with the mayor's express.
    pub track: Option<Track>,
    /// Every task that a meeting or the mayor's office gave.
    pub tasks: Vec<Task>,
    /// What meetings decided about it without a task.
    pub conclusions: Vec<Concluded>,
    /// Open tasks of the matter that it is decided with.
    pub awaited: Vec<Awaited>,
    /// Levels that have fired.
    pub fired: Vec<Fired>,
    pub cards: Vec<Card>,
    /// How far up the order stands by its own clocks; a task that is late says so itself.
    pub escalation: Option<Level>,
    /// When somebody last did something; what the program did does not count.
    pub last_step_at: Instant,
    /// The number of its events.
    pub version: u32,
    /// The last event that moved something.
    moved: u32,
}

/// The key of one firing: it never happens twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    pub cycle: u8,
    pub clock: ClockName,
    /// As `Watch` has it.
    pub round: u16,
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
    /// A reply that the head sent back, to be mended by whoever wrote it.
    pub fn to_mend(&self) -> Option<&Reply> {
        self.to_mend
            .as_ref()
            .filter(|_| self.stage.cycle().is_some())
    }

    pub fn replay(events: &[Event]) -> Result<Self, Broken> {
        let (first, rest) = events.split_first().ok_or(Broken::NoBeginning)?;
        let mut order = Self::begin(first)?;
        for event in rest {
            order.apply(event)?;
        }
        Ok(order)
    }

    fn begin(event: &Event) -> Result<Self, Broken> {
        let What::Placed(events::Placed {
            number,
            enterprise,
            placement,
            triage,
            member,
            joined,
            ..
        }) = &event.what
        else {
            return Err(Broken::NoBeginning);
        };
        Ok(Self {
            number: *number,
            enterprise: *enterprise,
            member: match event.by.role {
                RoleName::Enterprise => event.by.user,
                _ => *member,
            },
            handler: None,
            placement: placement.clone(),
            placed_at: event.happened_at,
            entered_at: event.entered_at,
            complexity: None,
            stage: Stage::Submitted {
                triage: Term {
                    joined: joined.clone(),
                    ..(*triage).into()
                },
            },
            cycle: 1,
            returns: 0,
            recalls: 0,
            restarts: 0,
            absorbed: Vec::new(),
            joined_enterprises: Vec::new(),
            links: Vec::new(),
            co_handlers: Vec::new(),
            co_asked: None,
            unapproved: None,
            is_answered: false,
            to_mend: None,
            commitments: Vec::new(),
            ratings: Vec::new(),
            ended: None,
            solved: None,
            track: None,
            tasks: Vec::new(),
            conclusions: Vec::new(),
            awaited: Vec::new(),
            fired: Vec::new(),
            cards: Vec::new(),
            escalation: None,
            last_step_at: event.happened_at,
            version: event.seq,
            moved: event.seq,
        })
    }

    pub fn apply(&mut self, event: &Event) -> Result<(), Broken> {
        let parts = self.open_terms();
        self.take_in(event)?;
        self.end_terms(parts, event);
        Ok(())
    }

    fn take_in(&mut self, event: &Event) -> Result<(), Broken> {
        if event.seq != self.version + 1 {
            return Err(Broken::Gap {
                seq: event.seq,
                version: self.version,
            });
        }
        self.measure(event);
        self.stage = event
            .what
            .stage(self.stage.clone(), self, event)
            .ok_or_else(|| Broken::Impossible {
                seq: event.seq,
                kind: event.what.code(),
                stage: self.stage.name(),
            })?;
        event.what.apply(self, event);
        // A pause or a merge that ended by itself is a step as well: what is entered
        // afterwards does not reach back into it.
        let by_itself = matches!(event.by.role, RoleName::Clockwork | RoleName::SystemAdmin)
            || matches!(event.what, What::HandedOver(_))
            || event.what.is_talk();
        if !by_itself || matches!(event.what, What::Resumed(_) | What::Unmerged(_)) {
            self.last_step_at = self.last_step_at.max(event.happened_at);
        }
        self.version = event.seq;
        if !event.what.is_talk() {
            self.moved = event.seq;
        }
        Ok(())
    }

    /// Whether it stands as whoever read `version` of it saw it, whatever was said since.
    pub fn stands_as_at(&self, version: u32) -> bool {
        (self.moved..=self.version).contains(&version)
    }

    /// When whoever has the lead got it: by dispatch, by a ruling, again for a second cycle.
    /// What a merge does in between does not count.
    pub fn lead_since(events: &[Event]) -> Result<Instant, Broken> {
        let (first, rest) = events.split_first().ok_or(Broken::NoBeginning)?;
        let mut order = Self::begin(first)?;
        let mut since = first.happened_at;
        let has_it = |order: &Self| {
            let stage = order.stage.before_merge().unwrap_or(&order.stage);
            let lead = stage.lead().cloned();
            let is_returned = matches!(
                stage,
                Stage::Dispatched {
                    taking: Taking::Returned { .. },
                    ..
                }
            );
            ((lead, order.cycle, order.restarts), is_returned)
        };
        for event in rest {
            let (before, was_returned) = has_it(&order);
            order.apply(event)?;
            let (after, is_returned) = has_it(&order);
            if before != after || (was_returned && !is_returned) {
                since = event.happened_at;
            }
        }
        Ok(since)
    }

    /// Whether a level has fired for a clock of this cycle.
    pub(super) fn has_fired(&self, clock: ClockName, round: u16, level: Level) -> bool {
        let same = |fired: &Fired| {
            // A task has one number for the order's life.
            (fired.cycle == self.cycle || clock == ClockName::Task)
                && (fired.clock, fired.round, fired.level) == (clock, round, level)
        };
        self.fired.iter().any(same)
    }

    pub(super) fn promise(&mut self, event: &Event, reply: &Reply) {
        if let (ReplyKind::Planned { until }, Some(lead)) = (&reply.kind, self.stage.lead()) {
            self.commitments.push(Commitment {
                reply: event.seq,
                body: lead.clone(),
                made_at: event.entered_at,
                until: *until,
                reminded: false,
                broken: false,
                end: None,
            });
        }
    }
}
