//! 审签: where a body wants it, its head approves a reply before it goes out. The clock
//! runs on until then.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::{Actor, Role};
use crate::attachment::Attachment;
use crate::case::When;
use crate::clock::ClockName;
use crate::order::event::{Happening, Sight, What};
use crate::order::history::Order;
use crate::order::reply::{self, Reply};
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, GRANT, Late, Wish, verdict};
use crate::order::{Reason, co_handler, pause, told};
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;

/// A reply that awaits its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unapproved {
    pub reply: Reply,
    /// Why not all co-handlers are waited for.
    pub without: Option<Reason>,
    pub attachments: Vec<Attachment>,
}

impl Order {
    /// The reply that awaits the head of the lead.
    pub fn unapproved(&self) -> Option<&Unapproved> {
        self.unapproved
            .as_ref()
            .filter(|_| self.stage.cycle().is_some())
    }
}

/// Whether a reply of `actor` waits for their head.
pub fn is_needed(actor: &Actor, book: &Rulebook) -> bool {
    let Role::Handler { body } = &actor.role else {
        return false;
    };
    let body = book.directory.body(body.as_str());
    body.is_some_and(|body| body.approves_replies)
}

/// A reply of a handler waits where the body says so; a head's own goes out.
pub(in crate::order) fn reply(
    at: &Attempt<'_>,
    reply: Reply,
    without: Option<Reason>,
) -> Result<Vec<What>, Refusal> {
    let (order, actor, when, book) = (at.case, at.actor, at.when, at.book);
    if !is_needed(actor, book) {
        return send_out(order, when, reply, without, book);
    }
    // What could not go out is refused here and now, not by the head.
    send_out(order, when, reply.clone(), without.clone(), book)?;
    Ok(vec![What::ReplySubmitted(ReplySubmitted {
        reply,
        without,
    })])
}

/// The files of the reply that awaits its head.
pub(in crate::order) fn attachments(order: &Order) -> Vec<Attachment> {
    let waiting = order.unapproved();
    waiting
        .map(|waiting| waiting.attachments.clone())
        .unwrap_or_default()
}

pub(in crate::order) fn decide(
    at: &Attempt<'_>,
    granted: bool,
    reason: Option<Reason>,
) -> Result<Vec<What>, Refusal> {
    let (order, when, book) = (at.case, at.when, at.book);
    let mut happened = vec![What::ReplyDecided(ReplyDecided { granted, reason })];
    if let (true, Some(waiting)) = (granted, order.unapproved()) {
        // Those who were not waited for may have replied since.
        let parts = order.open_parts().next();
        let without = waiting.without.clone().filter(|_| parts.is_some());
        if parts.is_some() && without.is_none() {
            // The head's form has no place for why not: that is the handler's to write.
            let (field, fault) = (Field::Grant, Fault::PartsAreOpen);
            return Err(FieldFault { field, fault }.into());
        }
        // The day was right when it was written.
        let replied = reply::sent(when, waiting.reply.clone(), book);
        let left_out = co_handler::before_reply(order, without)?;
        happened.extend(left_out);
        happened.extend(pause::closed_before(order, replied));
    }
    Ok(happened)
}

fn send_out(
    order: &Order,
    when: When,
    reply: Reply,
    without: Option<Reason>,
    book: &Rulebook,
) -> Result<Vec<What>, Refusal> {
    let without = co_handler::before_reply(order, without)?;
    let replied = reply::reply(when, reply, book)?;
    let replied = pause::closed_before(order, replied);
    Ok(without.into_iter().chain(replied).collect())
}

impl Step {
    /// `granted` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_reply(granted: &str, reason: &str) -> Result<Self, Refusal> {
        let (granted, reason) = verdict(Field::Grant, granted, reason)?;
        Ok(Self::DecideReply { granted, reason })
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &GRANT,
    can: |at| {
        let waits = at.case.unapproved();
        at.needs(waits.is_some(), StepName::DecideReply)
    },
    due: |at| Some(at.starts(ClockName::Rating, at.rules().rating)),
    read: |typed, _| {
        Step::decide_reply(typed.get(Field::Grant), typed.get(Field::Reason)).map(Wish::Step)
    },
};

/// 送审.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplySubmitted {
    pub reply: Reply,
    pub without: Option<Reason>,
}

pub(in crate::order) static REPLY_SUBMITTED: Happening<ReplySubmitted> = Happening {
    sight: |_| Sight::Offices,
    files: true,
    is_talk: false,
    stage: |_, stage, _, _| stage.cycle().is_some().then_some(stage),
    apply: |it, order, event| {
        // Files that were handed in with it before stay with it.
        let before = order.unapproved.take().map(|waiting| waiting.attachments);
        let mut attachments = before.unwrap_or_default();
        attachments.extend(event.attachments.iter().cloned());
        order.to_mend = None;
        order.unapproved = Some(Unapproved {
            reply: it.reply.clone(),
            without: it.without.clone(),
            attachments,
        });
    },
    told: |_, order| {
        let lead = order.stage.lead().cloned();
        lead.map(Address::Head).into_iter().collect()
    },
    json: |it, _| {
        let mut told = reply::json(&it.reply);
        told["without"] = json!(it.without);
        told
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyDecided {
    pub granted: bool,
    pub reason: Option<Reason>,
}

pub(in crate::order) static REPLY_DECIDED: Happening<ReplyDecided> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: |_, stage, order, _| order.unapproved().is_some().then_some(stage),
    apply: |it, order, _| {
        let decided = order.unapproved.take().filter(|_| !it.granted);
        order.to_mend = decided.map(|decided| decided.reply);
    },
    // The head is of the body too: whoever wrote it is told by themselves.
    told: |_, order| match order.handler {
        Some(handler) => vec![Address::Person(handler)],
        None => told::lead(order).collect(),
    },
    json: |it, _| json!({"granted": it.granted, "reason": it.reason}),
};
