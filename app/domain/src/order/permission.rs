//! The table of transitions: which step is possible in which stage. Whose it is
//! stands in `rights`.

use super::history::Order;
use super::stage::{Stage, StageName};
use super::step::StepName;
use super::{
    appeal, approval, callback, card, co_handler, commitment, correction, express, extension,
    merge, objection, pause, recall, returning, supplement, task,
};
use crate::actor::Actor;
use crate::refusal::Refusal;
use crate::rights::{Action, Concern};
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
    is_theirs(order, actor, step)?;
    if !is_of_stage(step, order.stage.name()) {
        return Err(Refusal::WrongStage {
            step,
            stage: order.stage.name(),
        });
    }
    match step {
        StepName::Take if returning::is_open(order) => Err(Refusal::AwaitsRuling),
        StepName::Recall => recall::can_recall(order, actor, now, book),
        StepName::Return => returning::can_return(order, now, book),
        StepName::Rule if !returning::is_open(order) => Err(Refusal::NothingToDecide { step }),
        StepName::Pause => pause::can_pause(order, now, book),
        StepName::Object => objection::can_object(order),
        StepName::DecideObjection if !objection::is_open(order) => {
            Err(Refusal::NothingToDecide { step })
        }
        StepName::Extend => extension::can_ask(order, now, book),
        StepName::AskCoHandler => co_handler::can_ask(order),
        StepName::DecideCoHandler if order.co_handling_asked().is_none() => {
            Err(Refusal::NothingToDecide { step })
        }
        StepName::CoReply if order.part_of(actor).is_none() => {
            Err(Refusal::NothingToDecide { step })
        }
        StepName::DecideExtension => extension::can_decide(order),
        StepName::CorrectReply => correction::can_correct(order, actor, now, book),
        StepName::DecideReply => approval::can_decide(order),
        StepName::CallBack => callback::can_call(order),
        StepName::Appeal => appeal::can_appeal(order, now, book),
        StepName::DecideAppeal if order.appealed().is_none() => {
            Err(Refusal::NothingToDecide { step })
        }
        StepName::KeepCommitment => commitment::can_keep(order),
        StepName::Supplement => supplement::can_hand_in(order),
        StepName::Explain => card::can_explain(order, actor),
        StepName::Lift => card::can_lift(order),
        StepName::Rate => not_rated(order),
        StepName::Merge => {
            express::not_on_it(order)?;
            task::none_open(order, actor, book)?;
            merge::can_merge(order, now, book)
        }
        StepName::Decline => {
            express::not_on_it(order)?;
            task::none_open(order, actor, book)
        }
        // Whoever takes back what was ordered does not take a decision from its owner.
        StepName::Withdraw => task::none_open(order, actor, book),
        StepName::Refer => express::can_refer(order, actor),
        StepName::AcceptMatter | StepName::Instruct | StepName::JoinMatter => {
            express::can_decide_candidate(order, step)
        }
        StepName::ReportTask => task::can_report(order, actor),
        StepName::ConfirmTask => task::can_confirm(order),
        StepName::Unlink if order.links.is_empty() => Err(Refusal::NothingToDecide { step }),
        StepName::Close => may_close(order, actor, now, book),
        StepName::Place
        | StepName::Dispatch
        | StepName::AddCoHandler
        | StepName::DecideCoHandler
        | StepName::CoReply
        | StepName::Take
        | StepName::Rule
        | StepName::Resume
        | StepName::DecideObjection
        | StepName::DecideAppeal
        | StepName::Reply
        | StepName::Note
        | StepName::Message
        | StepName::Urge
        | StepName::TakeInMatter
        | StepName::DeferMatter
        | StepName::Decide
        | StepName::FollowMatter
        | StepName::Absorb
        | StepName::Unmerge
        | StepName::Release
        | StepName::Follow
        | StepName::Link
        | StepName::Unlink
        | StepName::Split
        | StepName::HandOver
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
                // Whoever looks for a duplicate's merge, or took the wrong body, is told why
                // it cannot be.
                | Refusal::PastDeadline {
                    step: StepName::Merge | StepName::Recall | StepName::CorrectReply,
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

fn not_rated(order: &Order) -> Result<(), Refusal> {
    match order.stage.feedback() {
        None => Ok(()),
        Some(_) => Err(Refusal::WithDeputy),
    }
}

/// An order is struck off with the enterprise's confirmation, or when its time to
/// rate has passed in silence, or, rated badly twice, by those it was carried to.
fn may_close(order: &Order, actor: &Actor, now: Instant, book: &Rulebook) -> Result<(), Refusal> {
    task::none_open(order, actor, book)?;
    let Stage::Replied {
        window,
        feedback: None,
        ..
    } = &order.stage
    else {
        return Ok(());
    };
    if actor.role.enterprise().is_some() {
        return Ok(());
    }
    let until = window.due(&book.calendar).at;
    if now <= until {
        return Err(Refusal::RatingOpen { until });
    }
    Ok(())
}
