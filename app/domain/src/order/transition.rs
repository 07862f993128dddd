//! Which stage follows on which event.

use super::callback::Outcome;
use super::event::{Event, What};
use super::history::Order;
use super::rating::Feedback;
use super::stage::{Stage, Taking};
use crate::clock::Objection;
use crate::clock::Term;
use crate::time::Span;

impl Order {
    /// `None` where the event cannot follow.
    pub(super) fn stage_after(&self, event: &Event) -> Option<Stage> {
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
                What::Recalled { triage, .. },
                Stage::Dispatched {
                    taking: Taking::Waits { .. },
                    ..
                },
            ) => Some(Stage::Submitted {
                triage: (*triage).into(),
            }),
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
                What::Replied {
                    reply,
                    window,
                    callback,
                },
                Stage::InHand { lead, .. } | Stage::Rework { lead, .. },
            ) => Some(Stage::Replied {
                lead,
                reply: reply.clone(),
                window: (*window).into(),
                callback: callback.map(Term::from),
                feedback: None,
            }),
            (
                What::ReplyCorrected { reply, .. },
                Stage::Replied {
                    lead,
                    window,
                    callback,
                    feedback: None,
                    ..
                },
            ) => Some(Stage::Replied {
                lead,
                reply: reply.clone(),
                window,
                callback,
                feedback: None,
            }),
            (
                What::Rated { rating },
                Stage::Replied {
                    lead,
                    reply,
                    window,
                    feedback: None,
                    ..
                },
            ) => Some(Stage::Replied {
                lead,
                reply,
                window,
                callback: None,
                feedback: Some(Feedback::Rated(rating.clone())),
            }),
            (
                What::CalledBack { call },
                Stage::Replied {
                    lead,
                    reply,
                    window,
                    callback: Some(callback),
                    feedback: None,
                },
            ) => {
                let (callback, feedback) = match call.outcome {
                    Outcome::NotReached => (Some(callback), None),
                    Outcome::Solved => (None, None),
                    Outcome::NotSolved => (None, Some(Feedback::NotSolved)),
                };
                Some(Stage::Replied {
                    lead,
                    reply,
                    window,
                    callback,
                    feedback,
                })
            }
            (
                What::SentBack { clock },
                Stage::Replied {
                    lead,
                    feedback: Some(bad),
                    ..
                },
            ) if bad.is_bad() => Some(Stage::Rework {
                lead,
                cycle: (*clock).into(),
                bad,
            }),
            (
                What::Closed,
                Stage::Replied {
                    lead,
                    reply,
                    feedback,
                    ..
                },
            ) => Some(Stage::Closed {
                lead,
                reply,
                rating: feedback.and_then(|feedback| feedback.rating().cloned()),
            }),
            (What::Withdrawn { .. }, stage)
                if !stage.name().is_final() && stage.pause().is_none() =>
            {
                Some(Stage::Withdrawn { lead: lead() })
            }
            (
                What::CoHandlerAdded { .. } | What::CoHandlingAsked { .. },
                stage @ (Stage::Dispatched { .. }
                | Stage::InHand { .. }
                | Stage::Paused { .. }
                | Stage::Rework { .. }),
            ) => Some(stage),
            (What::CoHandlingDecided { .. }, stage) if self.co_handling_asked().is_some() => {
                Some(stage)
            }
            (What::CoReplied { body, .. }, stage) if self.awaits(body) => Some(stage),
            (What::CoHandlersLeftOut { bodies, .. }, stage)
                if bodies.iter().all(|body| self.awaits(body)) =>
            {
                Some(stage)
            }
            (What::Escalated { .. } | What::Moved { .. } | What::HandedOver { .. }, stage)
                if !stage.name().is_final() =>
            {
                Some(stage)
            }
            (What::Reruled { clock, .. }, mut stage) if !stage.name().is_final() => {
                stage
                    .terms_mut()
                    .filter(|term| term.clock.name == clock.name)
                    .for_each(|term| term.clock = *clock);
                Some(stage)
            }
            (What::ReplySubmitted { .. }, stage) if stage.cycle().is_some() => Some(stage),
            (What::ReplyDecided { .. }, stage) if self.unapproved().is_some() => Some(stage),
            (What::Supplemented { .. }, stage @ Stage::Paused { .. }) => Some(stage),
            (
                What::Referred { .. }
                | What::MatterAccepted { .. }
                | What::Instructed { .. }
                | What::MatterJoined { .. }
                | What::MatterTookIn { .. }
                | What::MatterDeferred { .. }
                | What::Decided { .. }
                | What::TaskAwaited { .. }
                | What::TaskSettled { .. }
                | What::MatterLeft { .. },
                stage,
            ) if self.can_follow_express(&event.what) => Some(stage),
            (What::TaskReported { .. } | What::TaskDecided { .. }, stage)
                if self.can_follow_task(&event.what) =>
            {
                Some(stage)
            }
            (What::Appealed { .. }, stage) if self.contested().is_some() => Some(stage),
            (What::AppealDecided { .. }, stage) if self.appealed().is_some() => Some(stage),
            (
                What::Noted { .. }
                | What::Messaged { .. }
                | What::Urged { .. }
                | What::Linked { .. }
                | What::Unlinked { .. }
                | What::SplitOff { .. },
                stage,
            ) => Some(stage),
            (
                What::Merged { into, lead, .. },
                before
                @ (Stage::Submitted { .. } | Stage::Dispatched { .. } | Stage::InHand { .. }),
            ) => Some(Stage::Merged {
                into: *into,
                lead: lead.clone(),
                since: event.happened_at,
                before: Box::new(before),
            }),
            (What::Unmerged { .. }, Stage::Merged { since, before, .. }) => {
                let until = event.happened_at;
                Some(stood_still(*before, Span { from: since, until }))
            }
            (
                What::Followed { lead },
                Stage::Merged {
                    into,
                    since,
                    before,
                    ..
                },
            ) => Some(Stage::Merged {
                into,
                lead: Some(lead.clone()),
                since,
                before,
            }),
            (What::Answered { .. }, stage @ Stage::Merged { .. }) => Some(stage),
            (What::Absorbed { .. }, stage) if !stage.name().is_final() => Some(stage),
            (What::Released { order }, stage) if self.absorbed.contains(order) => Some(stage),
            (What::HandedOver { .. }, stage @ Stage::Merged { .. }) => Some(stage),
            // A commitment outlives its order, and so does a card.
            (What::CommitmentRang { reply, .. } | What::CommitmentKept { reply, .. }, stage)
                if self.has_commitment(*reply) =>
            {
                Some(stage)
            }
            (What::Explained { card, .. } | What::Lifted { card, .. }, stage)
                if self.has_card(*card) =>
            {
                Some(stage)
            }
            _ => None,
        }
    }
}

/// Every clock stood still while the order was joined to another.
fn stood_still(mut stage: Stage, joined: Span) -> Stage {
    stage.terms_mut().for_each(|term| term.joined.push(joined));
    stage
}

fn with(mut term: Term, change: impl FnOnce(&mut Term)) -> Term {
    change(&mut term);
    term
}
