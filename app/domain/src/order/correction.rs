//! 更正答复: a reply that went out is put right, visibly, until the enterprise has answered it.
//! No clock moves: what was promised for a day is followed anew where the day is another.

use super::Reason;
use super::approval::is_needed;
use super::commitment::CommitmentEnd;
use super::event::What;
use super::history::Order;
use super::reply::{FIELDS, Reply, ReplyKind, is_ahead, read};
use super::stage::Stage;
use super::step::{Step, StepName};
use super::wish::{Form, Wish};
use crate::actor::Actor;
use crate::case::When;
use crate::form::{Kind, Takes};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;

/// Where the head approves replies, it is the head who corrects them.
pub(super) fn can_correct(order: &Order, actor: &Actor, book: &Rulebook) -> Result<(), Refusal> {
    let step = StepName::CorrectReply;
    if order.stage.feedback().is_some() {
        return Err(Refusal::NothingToDecide { step });
    }
    if is_needed(actor, book) {
        return Err(Refusal::NotYours { step });
    }
    Ok(())
}

pub(super) fn correct(
    order: &Order,
    when: When,
    reply: Reply,
    reason: Reason,
    brings_files: bool,
) -> Result<Vec<What>, Refusal> {
    let is = current(order);
    if is == Some(&reply) && !brings_files {
        let (field, fault) = (Field::ReplyText, Fault::Unchanged);
        return Err(FieldFault { field, fault }.into());
    }
    // A day that stands already may have passed.
    if is.is_none_or(|is| is.kind != reply.kind) {
        is_ahead(when, &reply)?;
    }
    Ok(vec![What::ReplyCorrected { reply, reason }])
}

/// The reply that stands.
pub fn current(order: &Order) -> Option<&Reply> {
    match &order.stage {
        Stage::Replied { reply, .. } => Some(reply),
        Stage::Submitted { .. }
        | Stage::Declined
        | Stage::Dispatched { .. }
        | Stage::InHand { .. }
        | Stage::Paused { .. }
        | Stage::Rework { .. }
        | Stage::Closed { .. }
        | Stage::Withdrawn { .. }
        | Stage::Merged { .. } => None,
    }
}

impl Order {
    /// Whether a correction leaves what was promised as it is, followed or kept.
    pub(super) fn promises_still(&self, reply: &Reply) -> bool {
        let last = self.commitments.last();
        let last = last.filter(|one| !matches!(one.end, Some(CommitmentEnd::Void { .. })));
        matches!(reply.kind, ReplyKind::Planned { until }
            if last.is_some_and(|one| one.until == until))
    }
}

pub(super) static FORM: Form = Form {
    files: true,
    late: false,
    is_said: false,
    fields: &[
        FIELDS[0],
        FIELDS[1],
        FIELDS[2],
        FIELDS[3],
        FIELDS[4],
        Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    read: |typed, _| {
        let mut faults = Faults::default();
        let reply = match read(typed) {
            Ok(reply) => Some(reply),
            Err(refusal) => {
                faults.gather(Err(refusal))?;
                None
            }
        };
        let reason = faults.keep(Reason::parse(Field::Reason, typed.get(Field::Reason)));
        match (reply, reason) {
            (Some(reply), Some(reason)) => Wish::step(Step::CorrectReply { reply, reason }),
            (None, _) | (_, None) => Err(faults.refusal()),
        }
    },
};
