use thiserror::Error;

use super::card::{Answer, Card};
use super::clock::{ClockName, Term};
use super::event::{Cause, Event, What};
use super::level::Level;
use super::pause::Objection;
use super::placement::Placement;
use super::stage::{Stage, StageName, Taking};
use super::{Complexity, Number};
use crate::actor::{EnterpriseId, RoleName};
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
    /// How often it was returned.
    pub returns: u16,
    /// Levels that have fired.
    pub fired: Vec<Fired>,
    pub cards: Vec<Card>,
    /// How far up the order stands.
    pub escalation: Option<Level>,
    /// When somebody last did something; what the program did does not count.
    pub last_step_at: Instant,
    /// The number of its events.
    pub version: u32,
}

/// The key of one firing: it never happens twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    pub cycle: u8,
    pub clock: ClockName,
    /// Taking and ruling begin anew with each return.
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
            stage: Stage::Submitted {
                triage: (*triage).into(),
            },
            cycle: 1,
            returns: 0,
            fired: Vec::new(),
            cards: Vec::new(),
            escalation: None,
            last_step_at: event.happened_at,
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
            What::SentBack { .. } => self.cycle += 1,
            What::Escalated { level, cause, .. } => {
                if let Cause::Overdue { clock, .. } = cause {
                    self.fired.push(Fired {
                        cycle: self.cycle,
                        clock: *clock,
                        round: self.round(*clock),
                        level: *level,
                    });
                }
                self.escalation = self.escalation.max(Some(*level));
                self.give_card(event);
            }
            What::Explained { card, text } => {
                let at = event.happened_at;
                let text = text.clone();
                self.card(*card).explained = Some(Answer { at, text });
            }
            What::Lifted { card, reason } => {
                let at = event.happened_at;
                let text = reason.clone();
                self.card(*card).lifted = Some(Answer { at, text });
            }
            What::Placed { .. }
            | What::Declined { .. }
            | What::Taken
            | What::Ruled { .. }
            | What::Paused { .. }
            | What::Objected { .. }
            | What::ObjectionDecided { .. }
            | What::Resumed
            | What::ExtensionAsked { .. }
            | What::ExtensionDecided { .. }
            | What::Replied { .. }
            | What::Rated { .. }
            | What::Moved { .. }
            | What::Reruled { .. }
            | What::Closed
            | What::Withdrawn { .. } => {}
        }
        if !matches!(event.by.role, RoleName::Clockwork | RoleName::SystemAdmin) {
            self.last_step_at = self.last_step_at.max(event.happened_at);
        }
        self.version = event.seq;
        Ok(())
    }

    /// Whether a level has fired for a clock of this cycle.
    pub(super) fn has_fired(&self, clock: ClockName, level: Level) -> bool {
        self.fired.contains(&Fired {
            cycle: self.cycle,
            clock,
            round: self.round(clock),
            level,
        })
    }

    fn round(&self, clock: ClockName) -> u16 {
        match clock {
            ClockName::Take | ClockName::Ruling => self.returns,
            ClockName::Triage | ClockName::Resolve | ClockName::Rework | ClockName::Rating => 0,
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
            Cause::SecondBadRating => (None, self.stage.lead().cloned()),
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

    fn has_card(&self, seq: u32) -> bool {
        self.cards.iter().any(|card| card.seq == seq)
    }

    /// `None` where the event cannot follow.
    fn stage_after(&self, event: &Event) -> Option<Stage> {
        let lead = || self.stage.lead().cloned();
        match (&event.what, self.stage.clone()) {
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
                taking: Taking::Waits {
                    take: (*take).into(),
                },
                resolve: (*resolve).into(),
            }),
            (
                What::Taken,
                Stage::Dispatched {
                    lead,
                    resolve,
                    taking: Taking::Waits { .. },
                },
            ) => Some(Stage::InHand { lead, resolve }),
            (
                What::Returned { sent, ruling },
                Stage::Dispatched {
                    lead,
                    resolve,
                    taking: Taking::Waits { .. },
                },
            ) => Some(Stage::Dispatched {
                lead,
                resolve,
                taking: Taking::Returned {
                    sent: sent.clone(),
                    ruling: (*ruling).into(),
                },
            }),
            (
                What::Ruled {
                    department, take, ..
                },
                Stage::Dispatched {
                    resolve,
                    taking: Taking::Returned { .. },
                    ..
                },
            ) => Some(Stage::Dispatched {
                lead: department.clone(),
                resolve,
                taking: Taking::Waits {
                    take: (*take).into(),
                },
            }),
            (What::Paused { pause }, Stage::InHand { lead, resolve }) => {
                let cycle = with(resolve, |term| term.pauses.push(pause.clone()));
                let bad = None;
                Some(Stage::Paused { lead, cycle, bad })
            }
            (What::Paused { pause }, Stage::Rework { lead, cycle, bad }) => {
                let cycle = with(cycle, |term| term.pauses.push(pause.clone()));
                let bad = Some(bad);
                Some(Stage::Paused { lead, cycle, bad })
            }
            (What::Resumed, Stage::Paused { lead, cycle, bad }) => {
                let cycle = with(cycle, |term| {
                    if let Some(pause) = term.pauses.last_mut() {
                        pause.ended = Some(event.happened_at);
                    }
                });
                Some(match bad {
                    None => Stage::InHand {
                        lead,
                        resolve: cycle,
                    },
                    Some(bad) => Stage::Rework { lead, cycle, bad },
                })
            }
            (What::Objected { reason }, Stage::Paused { lead, cycle, bad }) => {
                let objection = Objection {
                    reason: reason.clone(),
                    upheld: None,
                };
                let cycle = with(cycle, |term| {
                    if let Some(pause) = term.pauses.last_mut() {
                        pause.objection = Some(objection);
                    }
                });
                Some(Stage::Paused { lead, cycle, bad })
            }
            (What::ObjectionDecided { upheld, .. }, Stage::Paused { lead, cycle, bad }) => {
                let cycle = with(cycle, |term| {
                    let pause = term.pauses.last_mut();
                    if let Some(objection) = pause.and_then(|pause| pause.objection.as_mut()) {
                        objection.upheld = Some(*upheld);
                    }
                });
                Some(Stage::Paused { lead, cycle, bad })
            }
            (What::ExtensionAsked { asked }, mut stage) if stage.cycle().is_some() => {
                stage
                    .terms_mut()
                    .for_each(|term| term.asked = Some(asked.clone()));
                Some(stage)
            }
            (What::ExtensionDecided { granted, .. }, mut stage) if stage.cycle().is_some() => {
                stage.terms_mut().for_each(|term| {
                    if let (Some(asked), true) = (term.asked.take(), *granted) {
                        term.extensions.push(asked.days);
                    }
                });
                Some(stage)
            }
            (
                What::Replied { reply, window },
                Stage::InHand { lead, .. } | Stage::Rework { lead, .. },
            ) => Some(Stage::Replied {
                lead,
                reply: reply.clone(),
                window: (*window).into(),
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
                lead,
                reply,
                window,
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
                lead,
                cycle: (*clock).into(),
                bad,
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
                lead,
                reply,
                rating,
            }),
            (What::Withdrawn { .. }, stage)
                if !stage.name().is_final() && stage.pause().is_none() =>
            {
                Some(Stage::Withdrawn { lead: lead() })
            }
            (What::Escalated { .. } | What::Moved { .. }, stage) if !stage.name().is_final() => {
                Some(stage)
            }
            (What::Reruled { clock }, mut stage) if !stage.name().is_final() => {
                stage
                    .terms_mut()
                    .filter(|term| term.clock.name == clock.name)
                    .for_each(|term| term.clock = *clock);
                Some(stage)
            }
            // A card outlives its order.
            (What::Explained { card, .. } | What::Lifted { card, .. }, stage)
                if self.has_card(*card) =>
            {
                Some(stage)
            }
            _ => None,
        }
    }
}

fn with(mut term: Term, change: impl FnOnce(&mut Term)) -> Term {
    change(&mut term);
    term
}
