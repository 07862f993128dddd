//! 更正答复: a reply that went out is put right, visibly, until the enterprise has answered it.
//! No clock moves: what was promised for a day is followed anew where the day is another.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::Actor;
use crate::form::{Kind, Takes, Typed};
use crate::order::approval::is_needed;
use crate::order::commitment::CommitmentEnd;
use crate::order::event::{Happening, Sight, What};
use crate::order::history::Order;
use crate::order::reply::{FIELDS, Reply, ReplyKind, is_ahead};
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::wish::{Form, Late, Wish, never};
use crate::order::{Reason, reply, told};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// Until the enterprise has answered, by rating or when it was called back, and within its
/// time to do so. Where the head approves replies, it is the head who corrects them.
pub(in crate::order) fn can_correct(
    order: &Order,
    actor: &Actor,
    now: Instant,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let step = StepName::CorrectReply;
    if is_needed(actor, book) {
        return Err(Refusal::NotYours { step });
    }
    let Stage::Replied {
        window,
        callback: Some(_),
        feedback: None,
        ..
    } = &order.stage
    else {
        return Err(Refusal::NothingToDecide { step });
    };
    let due = window.due(&book.calendar).at;
    if now > due {
        return Err(Refusal::PastDeadline { step, due });
    }
    Ok(())
}

pub(in crate::order) fn correct(
    at: &Attempt<'_>,
    reply: Reply,
    reason: Reason,
) -> Result<Vec<What>, Refusal> {
    let Attempt {
        case: order,
        when,
        brings_files,
        ..
    } = *at;
    let is = current(order);
    if is == Some(&reply) && !brings_files {
        let (field, fault) = (Field::ReplyText, Fault::Unchanged);
        return Err(FieldFault { field, fault }.into());
    }
    let mut open = order.commitments.iter().filter(|one| one.is_open());
    if open.any(|one| one.broken) && !order.promises_still(&reply) {
        let (field, fault) = (Field::ReplyUntil, Fault::PromiseBroken);
        return Err(FieldFault { field, fault }.into());
    }
    // A day that stands already may have passed.
    if is.is_none_or(|is| is.kind != reply.kind) {
        is_ahead(when, &reply)?;
    }
    Ok(vec![What::ReplyCorrected(ReplyCorrected { reply, reason })])
}

/// Its form is filled in with the reply that stands: what does not belong to the kind that is
/// chosen now was not typed by anybody, and is dropped.
fn corrected(typed: &Typed) -> Result<Reply, Refusal> {
    let text = |field| typed.get(field);
    let kind = text(Field::ReplyKind);
    let of = |owner, field| {
        if kind.trim() == owner {
            text(field)
        } else {
            ""
        }
    };
    let until = of("planned", Field::ReplyUntil);
    let basis = of("impossible", Field::ReplyBasis);
    let reply = Reply::parse(kind, text(Field::ReplyText), until, basis)?;
    reply.is_filled_in(text(Field::Blanks) == "yes")?;
    Ok(reply)
}

/// The reply that stands.
pub fn current(order: &Order) -> Option<&Reply> {
    match &order.stage {
        Stage::Replied { reply, .. } => Some(reply),
        _ => None,
    }
}

impl Order {
    /// Whether a correction leaves what was promised as it is, followed or kept.
    pub(in crate::order) fn promises_still(&self, reply: &Reply) -> bool {
        let last = self.commitments.last();
        let last = last.filter(|one| !matches!(one.end, Some(CommitmentEnd::Void { .. })));
        matches!(reply.kind, ReplyKind::Planned { until }
            if last.is_some_and(|one| one.until == until))
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: true,
    late: Late::Never,
    is_said: false,
    fields: &[
        FIELDS[0],
        FIELDS[1],
        FIELDS[2],
        FIELDS[3],
        FIELDS[4],
        Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    can: |at| can_correct(at.case, at.actor, at.now(), at.book),
    due: never,
    read: |typed, _| {
        let mut faults = Faults::default();
        let reply = match corrected(typed) {
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

/// Stands in the place of the reply before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyCorrected {
    pub reply: Reply,
    pub reason: Reason,
}

pub(in crate::order) static REPLY_CORRECTED: Happening<ReplyCorrected> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |it, mut stage, _, _| {
        let Stage::Replied {
            reply,
            feedback: None,
            ..
        } = &mut stage
        else {
            return None;
        };
        reply.clone_from(&it.reply);
        Some(stage)
    },
    apply: |it, order, event| {
        if !order.promises_still(&it.reply) {
            order.void_commitments(event.happened_at);
            order.promise(event, &it.reply);
        }
    },
    told: told::to_enterprise,
    json: |it, _| {
        let mut told = reply::json(&it.reply);
        told["reason"] = json!(it.reason);
        told
    },
};
