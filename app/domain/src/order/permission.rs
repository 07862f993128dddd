//! The table of transitions: who may take which step, in which stage.

use super::history::Order;
use super::stage::{Stage, StageName};
use super::step::StepName;
use super::{card, extension, objection, pause, returning};
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
        StepName::Take if returning::is_open(order) => Err(Refusal::AwaitsRuling),
        StepName::Return => returning::can_return(order, now, book),
        StepName::Rule if !returning::is_open(order) => Err(Refusal::NothingToDecide { step }),
        StepName::Pause => pause::can_pause(order, now, book),
        StepName::Object => objection::can_object(order),
        StepName::DecideObjection if !objection::is_open(order) => {
            Err(Refusal::NothingToDecide { step })
        }
        StepName::Extend => extension::can_ask(order, now, book),
        StepName::DecideExtension => extension::can_decide(order),
        StepName::Explain | StepName::Lift => card::can(order, actor, step),
        StepName::Rate => not_rated(order),
        StepName::Close => may_close(order, actor, now, book),
        StepName::Place
        | StepName::Dispatch
        | StepName::Decline
        | StepName::Take
        | StepName::Rule
        | StepName::Resume
        | StepName::DecideObjection
        | StepName::Reply
        | StepName::Withdraw
        | StepName::Elapse => Ok(()),
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
            Err(
                refusal @ (Refusal::RatingOpen { .. }
                | Refusal::AskedTooLate { .. }
                | Refusal::AlreadyAsked
                | Refusal::NoMore { .. }),
            ) => Some((step, Some(refusal))),
            Err(
                Refusal::NotYours { .. }
                | Refusal::WrongStage { .. }
                | Refusal::WithDeputy
                | Refusal::AwaitsRuling
                | Refusal::NothingToDecide { .. }
                | Refusal::PastDeadline { .. }
                | Refusal::NotAdministrator
                | Refusal::RulesChanged
                | Refusal::Invalid { .. }
                | Refusal::Changed { .. },
            ) => None,
        })
        .filter(|(step, _)| *step != StepName::Elapse)
        .collect()
}

/// Role × step, with the relation to the order that it needs.
fn is_theirs(order: &Order, actor: &Actor, step: StepName) -> bool {
    match step {
        StepName::Place => matches!(actor.role, Role::Enterprise { .. }),
        StepName::Dispatch | StepName::Decline | StepName::Rule | StepName::DecideObjection => {
            matches!(actor.role, Role::Centre { .. })
        }
        StepName::Take
        | StepName::Return
        | StepName::Reply
        | StepName::Pause
        | StepName::Resume
        | StepName::Extend => is_lead(order, actor),
        StepName::Rate | StepName::Withdraw | StepName::Object => is_own(order, actor),
        StepName::DecideExtension => match order.stage.cycle() {
            Some(term) if extension::is_second(term) => matches!(actor.role, Role::Deputy),
            Some(_) | None => matches!(actor.role, Role::Centre { .. }),
        },
        StepName::Explain => order.cards.iter().any(|card| card.is_against(actor)),
        StepName::Lift => matches!(actor.role, Role::Supervision),
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
        StepName::Elapse => matches!(actor.role, Role::Clockwork),
    }
}

/// Step × stage.
fn stages(step: StepName) -> &'static [StageName] {
    use StageName::*;
    match step {
        // An order is placed before it stands anywhere.
        StepName::Place => &[],
        StepName::Dispatch | StepName::Decline => &[Submitted],
        StepName::Take | StepName::Return | StepName::Rule => &[Dispatched],
        StepName::Pause | StepName::Extend => &[InHand, Rework],
        StepName::Resume | StepName::Object | StepName::DecideObjection => &[Paused],
        StepName::DecideExtension => &[InHand, Paused, Rework],
        StepName::Reply => &[InHand, Paused, Rework],
        StepName::Rate | StepName::Close => &[Replied],
        StepName::Withdraw | StepName::Elapse => {
            &[Submitted, Dispatched, InHand, Paused, Replied, Rework]
        }
        // A card outlives its order.
        StepName::Explain | StepName::Lift => &StageName::ALL,
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
