//! The table of transitions: which step is possible in which stage. Whose it is
//! stands in `rights`.

use super::extension;
use super::history::Order;
use super::stage::{Stage, StageName};
use super::step::{Attempt, StepName};
use crate::actor::Actor;
use crate::refusal::Refusal;
use crate::rights::{Action, Concern};
use crate::rulebook::Rulebook;
use crate::time::{Due, Instant};

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
    is_theirs(order, actor, step)?;
    if !is_of_stage(step, order.stage.name()) {
        return Err(Refusal::WrongStage {
            step,
            stage: order.stage.name(),
        });
    }
    let attempt = Attempt::looked_at(order, actor, now, book);
    step.form().map_or(Ok(()), |form| (form.can)(&attempt))
}

/// The deadline that `step` would set, taken by `actor` at `now`.
pub fn due(
    order: &Order,
    actor: &Actor,
    now: Instant,
    step: StepName,
    book: &Rulebook,
) -> Option<Due> {
    (step.form()?.due)(&Attempt::looked_at(order, actor, now, book))
}

/// What `actor` can do with `order` at `now`, and what not yet, with the reason.
/// A step that is not theirs, or not of this stage, is left out.
pub fn offers(
    order: &Order,
    actor: &Actor,
    now: Instant,
    book: &Rulebook,
) -> Vec<(StepName, Option<Refusal>)> {
    StepName::ALL
        .into_iter()
        .filter_map(|step| match check(order, actor, now, step, book) {
            Ok(()) => Some((step, None)),
            Err(
                refusal @ (Refusal::RatingOpen { .. }
                | Refusal::AskedTooLate { .. }
                | Refusal::AlreadyAsked
                | Refusal::NoMore { .. }
                | Refusal::TasksOpen { .. }
                | Refusal::MeetingMoved
                | Refusal::CardOpen
                // Whoever looks for a duplicate's merge, or took the wrong body, is told why
                // it cannot be.
                | Refusal::PastDeadline {
                    step:
                        StepName::Merge
                        | StepName::Recall
                        | StepName::Reassign
                        | StepName::CorrectReply,
                    ..
                }),
            ) => Some((step, Some(refusal))),
            Err(
                Refusal::NotYours { .. }
                | Refusal::WrongStage { .. }
                | Refusal::WithDeputy
                | Refusal::AwaitsRuling
                | Refusal::NothingToDecide { .. }
                | Refusal::PastDeadline { .. }
                | Refusal::NoTimeLeft { .. }
                | Refusal::HasMerged
                | Refusal::OnTheExpress
                | Refusal::MeetingState { .. }
                | Refusal::TaskState { .. }
                | Refusal::TaskMoved
                | Refusal::TaskPastDue { .. }
                | Refusal::NotYet { .. }
                | Refusal::NotTheChair
                | Refusal::MinutesFrozen
                | Refusal::MinutesMoved { .. }
                | Refusal::NothingApproved
                | Refusal::NothingWritten
                | Refusal::MatterDecided
                | Refusal::BeforeMain
                | Refusal::OutOfSight
                | Refusal::KeyUsed { .. }
                | Refusal::Several { .. }
                | Refusal::Forbidden { .. }
                | Refusal::RulesChanged
                | Refusal::Invalid { .. }
                | Refusal::Changed { .. },
            ) => None,
        })
        .filter(|(step, _)| !step.is_taken_along())
        .collect()
}

/// Role × step, with the relation to the order that it needs: the table of rights.
fn is_theirs(order: &Order, actor: &Actor, step: StepName) -> Result<(), Refusal> {
    let answered = matches!(
        &order.stage,
        Stage::Replied {
            feedback: Some(feedback),
            ..
        } if feedback.is_bad()
    );
    let action = match step {
        StepName::DecideExtension if order.stage.cycle().is_some_and(extension::is_second) => {
            Action::DecideSecondExtension
        }
        StepName::Close if answered => Action::CloseAfterTwoBadRatings,
        step => Action::Step(step),
    };
    let concern = Concern {
        enterprise: order.enterprise,
        lead: order.stage.lead(),
        township: &order.placement.township,
        carded: order.cards.iter().any(|card| card.is_against(actor)),
        co_handles: order
            .co_handlers
            .iter()
            .any(|part| actor.role.body() == Some(&part.body) && !part.is_recalled()),
        tasked: actor
            .role
            .body()
            .is_some_and(|body| order.tasks.iter().any(|task| task.concerns(body))),
        in_charge: actor.sees_only_in_charge(),
    };
    if actor.may_with(action, &concern) {
        Ok(())
    } else if action == Action::CloseAfterTwoBadRatings
        && actor.may_with(Action::Step(step), &concern)
    {
        Err(Refusal::WithDeputy)
    } else {
        Err(Refusal::NotYours { step })
    }
}

/// Whether a step is one of a stage at all, whoever takes it.
pub fn is_of_stage(step: StepName, stage: StageName) -> bool {
    stages(step).contains(&stage)
}

/// Step × stage.
fn stages(step: StepName) -> &'static [StageName] {
    use StageName::*;
    match step {
        // An order is placed before it stands anywhere.
        StepName::Place => &[],
        // Joined to another: as long as nobody has been answered, and it is not paused.
        StepName::Merge | StepName::Split => &[Submitted, Dispatched, InHand],
        StepName::Absorb => &[Submitted, Dispatched, InHand, Paused, Rework],
        StepName::Unmerge | StepName::Follow => &[Merged],
        StepName::Urge => &[Dispatched, InHand, Paused, Rework],
        StepName::Link | StepName::Unlink | StepName::Release => &StageName::ALL,
        StepName::Dispatch | StepName::Decline => &[Submitted],
        StepName::Take | StepName::Return | StepName::Rule | StepName::Recall => &[Dispatched],
        StepName::Pause | StepName::Extend => &[InHand, Rework],
        StepName::Reassign => &[InHand],
        StepName::AddCoHandler => &[Dispatched, InHand, Rework],
        StepName::AskCoHandler => &[InHand, Rework],
        StepName::DecideCoHandler => &[InHand, Paused, Rework],
        StepName::CoReply => &[Dispatched, InHand, Paused, Rework],
        StepName::Resume | StepName::Object | StepName::DecideObjection => &[Paused],
        StepName::DecideExtension => &[InHand, Paused, Rework],
        StepName::Reply | StepName::DecideReply => &[InHand, Paused, Rework],
        StepName::Supplement => &[Paused],
        StepName::Rate | StepName::CallBack | StepName::Close | StepName::CorrectReply => {
            &[Replied]
        }
        StepName::Appeal | StepName::DecideAppeal => &[Rework, Paused, Replied, Closed],
        StepName::KeepCommitment => &[Replied, Closed],
        StepName::Refer => &[Dispatched, InHand, Paused, Replied, Rework],
        StepName::AcceptMatter
        | StepName::Instruct
        | StepName::JoinMatter
        | StepName::TakeInMatter
        | StepName::DeferMatter
        | StepName::Decide
        | StepName::Conclude
        | StepName::FollowMatter
        | StepName::ReportTask
        | StepName::ConfirmTask => &[Submitted, Dispatched, InHand, Paused, Replied, Rework],
        StepName::Withdraw => &[Submitted, Dispatched, InHand, Paused, Replied, Rework],
        StepName::HandOver | StepName::Message => &[
            Submitted, Dispatched, InHand, Paused, Replied, Rework, Merged,
        ],
        // A promise outlives its order.
        StepName::Elapse => &[
            Submitted, Dispatched, InHand, Paused, Replied, Rework, Closed,
        ],
        // A card outlives its order, and so does what a body notes.
        StepName::Explain | StepName::Lift | StepName::Note => &StageName::ALL,
    }
}
