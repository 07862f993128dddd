use thiserror::Error;

use super::appeal::{Appeal, Rated};
use super::approval::Unapproved;
use super::card::{Answer, Card};
use super::co_handler::{CoHandler, CoHandling, End};
use super::commitment::{Commitment, CommitmentEnd};
use super::event::{Cause, Event, What};
use super::express::Track;
use super::handover::Side;
use super::measure::Ended;
use super::placement::Placement;
use super::reply::{Reply, ReplyKind};
use super::stage::{Stage, StageName};
use super::task::{Awaited, Task};
use super::{Complexity, Number};
use crate::actor::{EnterpriseId, RoleName, UserId};
use crate::clock::Level;
use crate::clock::{ClockName, Term};
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
    to_mend: Option<Reply>,
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
        let What::Placed {
            number,
            enterprise,
            placement,
            triage,
            member,
            joined,
            ..
        } = &event.what
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
        match self.stage_after(event) {
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
            What::Returned { .. } => self.returns += 1,
            What::Recalled { .. } => self.is_recalled(event.happened_at),
            What::Absorbed { order, enterprise } => self.took_in(*order, *enterprise),
            What::Released { order } => self.let_go(*order),
            What::Linked { other } => self.links.push(*other),
            What::Unlinked { other } => self.links.retain(|one| one != other),
            What::SentBack { .. } => {
                self.cycle += 1;
                self.void_commitments(event.happened_at);
            }
            What::Withdrawn { .. } => {
                self.void_commitments(event.happened_at);
                self.let_all_go();
            }
            What::Declined { .. } => self.let_all_go(),
            What::Answered { .. } => self.is_answered = true,
            What::Merged { .. } | What::Unmerged { .. } => self.is_answered = false,
            What::ReplySubmitted { reply, without } => {
                // Files that were handed in with it before stay with it.
                let before = self.unapproved.take().map(|waiting| waiting.attachments);
                let mut attachments = before.unwrap_or_default();
                attachments.extend(event.attachments.iter().cloned());
                self.to_mend = None;
                self.unapproved = Some(Unapproved {
                    reply: reply.clone(),
                    without: without.clone(),
                    attachments,
                });
            }
            What::ReplyDecided { granted, .. } => {
                let decided = self.unapproved.take().filter(|_| !granted);
                self.to_mend = decided.map(|decided| decided.reply);
            }
            What::CoHandlerAdded { body, task, clock } => self.co_handlers.push(CoHandler {
                body: body.clone(),
                task: task.clone(),
                clock: *clock,
                cycle: self.cycle,
                recalls: self.recalls,
                end: None,
                ended: None,
            }),
            What::CoHandlingAsked { wish } => self.co_asked = Some(wish.clone()),
            What::CoHandlingDecided { .. } => self.co_asked = None,
            What::CoReplied { body, text } => {
                let at = event.happened_at;
                let text = text.clone();
                self.end_part(body, End::Replied { at, text });
            }
            What::CoHandlersLeftOut { bodies, .. } => {
                let at = event.happened_at;
                for body in bodies {
                    self.end_part(body, End::LeftOut { at });
                }
            }
            What::Replied {
                reply, callback, ..
            } => {
                self.co_asked = None;
                self.unapproved = None;
                self.to_mend = None;
                // Replies of before promises were followed ring nobody up now.
                if callback.is_some() {
                    self.promise(event, reply);
                }
            }
            What::ReplyCorrected { reply, .. } => {
                if !self.promises_still(reply) {
                    self.void_commitments(event.happened_at);
                    self.promise(event, reply);
                }
            }
            What::CommitmentRang { reply, overdue, .. } => {
                if let Some(commitment) = self.commitment(*reply) {
                    commitment.reminded = true;
                    commitment.broken |= *overdue;
                }
            }
            What::CommitmentKept { reply, text } => {
                let at = event.happened_at;
                let text = text.clone();
                if let Some(commitment) = self.commitment(*reply) {
                    commitment.end = Some(CommitmentEnd::Kept(Answer { at, text }));
                }
            }
            What::Rated { rating } => self.ratings.push(Rated {
                seq: event.seq,
                at: event.happened_at,
                cycle: self.cycle,
                rating: rating.clone(),
                appeal: None,
            }),
            What::Appealed { rating, reason } => {
                if let Some(rated) = self.rating_mut(*rating) {
                    rated.appeal = Some(Appeal {
                        reason: reason.clone(),
                        upheld: None,
                    });
                }
            }
            What::AppealDecided { rating, upheld, .. } => {
                let rated = self.rating_mut(*rating);
                if let Some(appeal) = rated.and_then(|rated| rated.appeal.as_mut()) {
                    appeal.upheld = Some(*upheld);
                }
            }
            What::Reruled { clock, .. } if clock.name == ClockName::CoHandle => {
                let cycle = self.cycle;
                let same = |part: &&mut CoHandler| {
                    part.clock.received == clock.received
                        && part.cycle == cycle
                        && part.end.is_none()
                };
                for part in self.co_handlers.iter_mut().filter(same) {
                    part.clock = *clock;
                }
            }
            What::Escalated { level, cause, .. } => {
                if let Cause::Overdue { clock, round, .. } = cause {
                    self.fired.push(Fired {
                        cycle: self.cycle,
                        clock: *clock,
                        round: round.unwrap_or_else(|| self.round(*clock)),
                        level: *level,
                    });
                }
                if !event.what.is_internal() {
                    self.escalation = self.escalation.max(Some(*level));
                }
                self.carried_up(event, *level);
                self.give_card(event);
            }
            What::Referred { .. }
            | What::MatterAccepted { .. }
            | What::Instructed { .. }
            | What::MatterJoined { .. }
            | What::MatterTookIn { .. }
            | What::MatterDeferred { .. }
            | What::Decided { .. }
            | What::TaskAwaited { .. }
            | What::TaskSettled { .. }
            | What::MatterLeft { .. } => self.take_express(event),
            What::TaskReported { task, text } => self.report_task(event, *task, text),
            What::TaskDecided { task, done, reason } => {
                self.decide_task(event, *task, *done, reason.as_ref());
            }
            What::Reruled { clock, .. } if clock.name == ClockName::Task => {
                self.rerule_tasks(*clock);
            }
            What::Explained { card, text, .. } => {
                let at = event.happened_at;
                let text = text.clone();
                self.card(*card).explained = Some(Answer { at, text });
            }
            What::Lifted { card, reason, .. } => {
                let at = event.happened_at;
                let text = reason.clone();
                self.card(*card).lifted = Some(Answer { at, text });
            }
            What::Taken => self.handler = event.by.user,
            What::Ruled { .. } => self.handler = None,
            What::HandedOver {
                side: Side::Lead,
                to,
                ..
            } => self.handler = *to,
            What::HandedOver {
                side: Side::Enterprise,
                to,
                contact,
                ..
            } => {
                self.member = *to;
                if let Some(contact) = contact {
                    self.placement.contact = contact.clone();
                }
            }
            What::Placed { .. }
            | What::Paused { .. }
            | What::Objected { .. }
            | What::ObjectionDecided { .. }
            | What::Resumed
            | What::ExtensionAsked { .. }
            | What::ExtensionDecided { .. }
            | What::Supplemented { .. }
            | What::Urged { .. }
            | What::Followed { .. }
            | What::SplitOff { .. }
            | What::Noted { .. }
            | What::Messaged { .. }
            | What::CalledBack { .. }
            | What::Moved { .. }
            | What::Reruled { .. }
            | What::Closed => {}
        }
        // A pause or a merge that ended by itself is a step as well: what is entered
        // afterwards does not reach back into it.
        let by_itself = matches!(event.by.role, RoleName::Clockwork | RoleName::SystemAdmin)
            || matches!(event.what, What::HandedOver { .. })
            || event.what.is_talk();
        if !by_itself || matches!(event.what, What::Resumed | What::Unmerged { .. }) {
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

    /// Whether a level has fired for a clock of this cycle.
    pub(super) fn has_fired(&self, clock: ClockName, round: u16, level: Level) -> bool {
        let same = |fired: &Fired| {
            // A task has one number for the order's life.
            (fired.cycle == self.cycle || clock == ClockName::Task)
                && (fired.clock, fired.round, fired.level) == (clock, round, level)
        };
        self.fired.iter().any(same)
    }

    fn promise(&mut self, event: &Event, reply: &Reply) {
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

    fn give_card(&mut self, event: &Event) {
        let What::Escalated {
            level,
            cause,
            card: Some(colour),
            ..
        } = &event.what
        else {
            return;
        };
        let (clock, body) = match cause {
            Cause::Overdue { clock, late, .. } => (Some(*clock), late.clone()),
            Cause::SecondBadRating | Cause::StillNotSolved => (None, self.stage.lead().cloned()),
        };
        self.cards.push(Card {
            order: self.number,
            seq: event.seq,
            colour: *colour,
            body,
            level: *level,
            clock,
            given_at: event.happened_at,
            explained: None,
            lifted: None,
        });
    }

    /// `stage_after` has made sure that it is there.
    fn card(&mut self, seq: u32) -> &mut Card {
        let position = self.cards.iter().position(|card| card.seq == seq);
        &mut self.cards[position.unwrap_or(0)]
    }

    pub(super) fn has_card(&self, seq: u32) -> bool {
        self.cards.iter().any(|card| card.seq == seq)
    }
}
