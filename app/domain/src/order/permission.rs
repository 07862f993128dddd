//! The table of transitions: who may take which step, in which stage.

use super::history::Order;
use super::stage::{Stage, StageName};
use super::step::StepName;
use crate::actor::{Actor, Role};
use crate::refusal::Refusal;
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// Whether `actor` may take `step` on `order` at `now`, and if not, why.
///
/// Whether they may know of the order at all is decided before, by the query.
pub fn check(
    order: &Order,
    actor: &Actor,
    now: Instant,
    step: StepName,
    book: &Rulebook,
) -> Result<(), Refusal> {
    if !is_theirs(order, actor, step) {
        return Err(Refusal::NotYours { step });
    }
    if !stages(step).contains(&order.stage.name()) {
        return Err(Refusal::WrongStage {
            step,
            stage: order.stage.name(),
        });
    }
    match step {
        StepName::Rate => not_rated(order),
        StepName::Close => may_close(order, actor, now, book),
        StepName::Place
        | StepName::Dispatch
        | StepName::Decline
        | StepName::Take
        | StepName::Reply
        | StepName::Withdraw
        | StepName::Escalate => Ok(()),
    }
}

/// What `actor` can do with `order` at `now`, and what not yet, with the reason.
/// A step that is not theirs, or not of this stage, is left out.
pub fn offers(
    order: &Order,
    actor: &Actor,
    now: Instant,
    book: &Rulebook,
) -> Vec<(StepName, Option<Refusal>)> {
    StepName::ON_AN_ORDER
        .into_iter()
        .filter_map(|step| match check(order, actor, now, step, book) {
            Ok(()) => Some((step, None)),
            Err(refusal @ Refusal::RatingOpen { .. }) => Some((step, Some(refusal))),
            Err(
                Refusal::NotYours { .. }
                | Refusal::WrongStage { .. }
                | Refusal::WithDeputy
                | Refusal::Invalid { .. }
                | Refusal::Changed { .. },
            ) => None,
        })
        .filter(|(step, _)| *step != StepName::Escalate)
        .collect()
}

/// Role × step, with the relation to the order that it needs.
fn is_theirs(order: &Order, actor: &Actor, step: StepName) -> bool {
    match step {
        StepName::Place => matches!(actor.role, Role::Enterprise { .. }),
        StepName::Dispatch | StepName::Decline => matches!(actor.role, Role::Centre { .. }),
        StepName::Take | StepName::Reply => is_lead(order, actor),
        StepName::Rate | StepName::Withdraw => is_own(order, actor),
        StepName::Close => match actor.role {
            Role::Enterprise { .. } => is_own(order, actor),
            Role::Centre { .. } | Role::Deputy | Role::Mayor => true,
            Role::Handler { .. }
            | Role::Head { .. }
            | Role::Township { .. }
            | Role::Supervision
            | Role::Office
            | Role::SystemAdmin
            | Role::SecurityAdmin
            | Role::Auditor
            | Role::Clockwork => false,
        },
        StepName::Escalate => matches!(actor.role, Role::Clockwork),
    }
}

/// Step × stage.
fn stages(step: StepName) -> &'static [StageName] {
    use StageName::*;
    match step {
        // An order is placed before it stands anywhere.
        StepName::Place => &[],
        StepName::Dispatch | StepName::Decline => &[Submitted],
        StepName::Take => &[Dispatched],
        StepName::Reply => &[InHand, Rework],
        StepName::Rate | StepName::Close => &[Replied],
        StepName::Withdraw | StepName::Escalate => {
            &[Submitted, Dispatched, InHand, Replied, Rework]
        }
    }
}

fn is_own(order: &Order, actor: &Actor) -> bool {
    matches!(&actor.role, Role::Enterprise { enterprise } if *enterprise == order.enterprise)
}

fn is_lead(order: &Order, actor: &Actor) -> bool {
    match &actor.role {
        Role::Handler { body } | Role::Head { body } | Role::Township { body } => {
            order.stage.lead() == Some(body)
        }
        Role::Enterprise { .. }
        | Role::Centre { .. }
        | Role::Supervision
        | Role::Deputy
        | Role::Office
        | Role::Mayor
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::Auditor
        | Role::Clockwork => false,
    }
}

fn not_rated(order: &Order) -> Result<(), Refusal> {
    match order.stage.rating() {
        None => Ok(()),
        Some(_) => Err(Refusal::WithDeputy),
    }
}

/// An order is struck off with the enterprise's confirmation, or when its time to
/// rate has passed in silence, or, rated badly twice, by those it was carried to.
fn may_close(order: &Order, actor: &Actor, now: Instant, book: &Rulebook) -> Result<(), Refusal> {
    let Stage::Replied { window, rating, .. } = &order.stage else {
        return Ok(());
    };
    let above = matches!(actor.role, Role::Deputy | Role::Mayor);
    if rating.is_some() {
        return if above {
            Ok(())
        } else {
            Err(Refusal::WithDeputy)
        };
    }
    if matches!(actor.role, Role::Enterprise { .. }) {
        return Ok(());
    }
    if above {
        return Err(Refusal::NotYours {
            step: StepName::Close,
        });
    }
    let until = window.due(&book.calendar).at;
    if now <= until {
        return Err(Refusal::RatingOpen { until });
    }
    Ok(())
}
