//! 并案: the centre joins an order to another that asks for the same. The joined one
//! stands still with a pointer, follows the main one, and can be taken out again as it
//! was. Several enterprises that ask for the same make one collective order so.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::{BodyCode, EnterpriseId};
use crate::attachment::Attachment;
use crate::form::{Kind, Takes, Typed};
use crate::order::event::{Event, Happening, Sight, What, events, nothing, while_open};
use crate::order::history::Order;
use crate::order::reply::{self, Reply};
use crate::order::stage::{Stage, StageName};
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, REASON, Wish, always, never};
use crate::order::{Number, Reason, Urgency, express, task, told};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::time::{Instant, Span};

/// The order that another is joined to, as it stands then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Main {
    pub number: Number,
    pub enterprise: EnterpriseId,
    pub lead: Option<BodyCode>,
    pub urgency: Urgency,
    /// When it is to be resolved, once it is dispatched.
    pub due: Option<Instant>,
}

impl Main {
    pub fn of(order: &Order, book: &Rulebook) -> Self {
        Self {
            number: order.number,
            enterprise: order.enterprise,
            lead: order.stage.lead().cloned(),
            urgency: order.placement.urgency,
            due: order.to_be_resolved(book),
        }
    }
}

/// What is asked for, parsed: the main order's number, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeWish {
    pub into: Number,
    pub reason: Reason,
}

impl MergeWish {
    pub fn parse(into: &str, reason: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let into = faults.keep(known_number(into));
        let reason = faults.keep(Reason::parse(Field::Reason, reason));
        match (into, reason) {
            (Some(into), Some(reason)) => Ok(Self { into, reason }),
            _ => Err(faults.refusal()),
        }
    }
}

/// The number of another order, as it was typed.
pub fn known_number(text: &str) -> Result<Number, FieldFault> {
    crate::form::known(Field::Other, text, Number::parse)
}

/// What the joined order is told of its main one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum News {
    /// Another body has the lead.
    Lead { lead: BodyCode },
    /// It was replied to: the enterprise of the joined one reads it in its own order.
    Replied {
        reply: Box<Reply>,
        /// Why it stands in the place of the one before, where it does.
        corrected: Option<Reason>,
        attachments: Vec<Attachment>,
    },
    /// It ended without a reply: the joined one stands by itself again.
    Ended,
}

impl News {
    pub(in crate::order) fn attachments(&self) -> &[Attachment] {
        match self {
            Self::Replied { attachments, .. } => attachments,
            Self::Lead { .. } | Self::Ended => &[],
        }
    }
}

/// Of what happened to the main order, what those joined to it are told.
pub fn news(event: &Event) -> Option<News> {
    match &event.what {
        What::Dispatched(events::Dispatched { department, .. })
        | What::Ruled(events::Ruled { department, .. }) => {
            let lead = department.clone();
            Some(News::Lead { lead })
        }
        What::Replied(events::Replied { reply, .. }) => Some(replied(event, reply, None)),
        What::ReplyCorrected(events::ReplyCorrected { reply, reason }) => {
            Some(replied(event, reply, Some(reason)))
        }
        What::Withdrawn(_) | What::Declined(_) => Some(News::Ended),
        _ => None,
    }
}

fn replied(event: &Event, reply: &Reply, corrected: Option<&Reason>) -> News {
    News::Replied {
        reply: Box::new(reply.clone()),
        corrected: corrected.cloned(),
        attachments: event.attachments.clone(),
    }
}

/// Nothing that is late is taken out of sight, and no deadline is moved without end.
pub(in crate::order) fn can_merge(
    order: &Order,
    now: Instant,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let step = StepName::Merge;
    if !order.absorbed.is_empty() {
        return Err(Refusal::HasMerged);
    }
    for watch in order.running() {
        let clock = watch.term.clock;
        let due = watch.term.due(&book.calendar).at;
        if clock.name.climbs() && now > due {
            return Err(Refusal::PastDeadline { step, due });
        }
        let max = book.rules(clock.rules).merges;
        if watch.term.joined.len() >= usize::from(max) {
            return Err(Refusal::NoMore { step, max });
        }
    }
    Ok(())
}

pub(in crate::order) fn merge(
    at: &Attempt<'_>,
    main: Main,
    reason: Reason,
) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    if main.number == order.number {
        return Err(fault(Fault::TheSame));
    }
    let is_sooner = order
        .to_be_resolved(book)
        .zip(main.due)
        .is_some_and(|(this, main)| this < main);
    // The most urgent stands first.
    if is_sooner || order.placement.urgency < main.urgency {
        return Err(Refusal::BeforeMain);
    }
    Ok(vec![What::Merged(Merged {
        into: main.number,
        lead: main.lead,
        reason,
    })])
}

/// The main order's side of it.
pub(in crate::order) fn absorb(
    _: &Attempt<'_>,
    order: Number,
    enterprise: EnterpriseId,
) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Absorbed(Absorbed { order, enterprise })])
}

pub(in crate::order) fn unmerge(at: &Attempt<'_>, reason: Reason) -> Result<Vec<What>, Refusal> {
    for (field, body) in at.case.bodies_before_merge() {
        at.stands(field, body)?;
    }
    Ok(vec![What::Unmerged(Unmerged {
        reason: Some(reason),
    })])
}

/// The main order's side of that.
pub(in crate::order) fn release(at: &Attempt<'_>, joined: Number) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    if !order.absorbed.contains(&joined) {
        return Err(Refusal::NothingToDecide {
            step: StepName::Release,
        });
    }
    Ok(vec![What::Released(Released { order: joined })])
}

/// What the main order's news are to one that is joined to it.
pub(in crate::order) fn follow(at: &Attempt<'_>, news: News) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    Ok(match news {
        News::Lead { lead } if order.stage.lead() == Some(&lead) => Vec::new(),
        News::Lead { lead } => vec![What::Followed(Followed { lead })],
        News::Replied {
            reply, corrected, ..
        } => vec![What::Answered(Answered {
            reply: *reply,
            corrected,
        })],
        // What was answered stays so, whatever becomes of the main order.
        News::Ended if order.is_answered => Vec::new(),
        News::Ended => vec![What::Unmerged(Unmerged { reason: None })],
    })
}

impl Order {
    /// Who answers for it once it stands by itself again: its lead, who has a part in it,
    /// where it lies.
    pub fn bodies_before_merge(&self) -> Vec<(Field, &BodyCode)> {
        let lead = self.stage.before_merge().and_then(Stage::lead);
        let lead = lead.map(|body| (Field::Department, body));
        let parts = self.open_parts();
        let parts = parts.map(|(_, part)| (Field::CoHandlers, &part.body));
        let township = (Field::Township, &self.placement.township);
        lead.into_iter().chain(parts).chain([township]).collect()
    }

    /// The order that it is joined to.
    pub fn merged_into(&self) -> Option<Number> {
        self.stage.merged_into()
    }

    fn to_be_resolved(&self, book: &Rulebook) -> Option<Instant> {
        let term = self.stage.resolving()?;
        Some(term.due(&book.calendar).at)
    }

    /// Orders of how many enterprises it answers; more than one is a collective order.
    pub fn is_collective(&self) -> bool {
        self.stage.name() != StageName::Merged && !self.joined_enterprises.is_empty()
    }

    pub(in crate::order) fn took_in(&mut self, order: Number, enterprise: EnterpriseId) {
        self.absorbed.push(order);
        if enterprise != self.enterprise {
            self.joined_enterprises.push((order, enterprise));
        }
    }

    /// What was joined to it stands by itself again.
    pub(in crate::order) fn let_all_go(&mut self) {
        self.absorbed.clear();
        self.joined_enterprises.clear();
    }

    pub(in crate::order) fn let_go(&mut self, order: Number) {
        self.absorbed.retain(|one| *one != order);
        self.joined_enterprises.retain(|(one, _)| *one != order);
    }
}

fn fault(fault: Fault) -> Refusal {
    FieldFault {
        field: Field::Other,
        fault,
    }
    .into()
}

impl Step {
    pub fn unmerge(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Unmerge { reason })
    }
}

pub(in crate::order) static MERGE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &INTO,
    can: |at| {
        express::not_on_it(at.case)?;
        express::not_concluded(at.case)?;
        task::none_open(at.case, at.actor, at.book)?;
        can_merge(at.case, at.now(), at.book)
    },
    due: never,
    read: |typed, _| MergeWish::read(typed).map(Wish::Merge),
};

pub(in crate::order) static UNMERGE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &REASON,
    can: always,
    due: never,
    read: |typed, _| {
        let reason = Reason::parse(Field::Reason, typed.get(Field::Reason))?;
        Ok(Wish::Unmerge { reason })
    },
};

/// The main order, and why.
pub(in crate::order) const INTO: [Takes; 2] = [
    Takes::needed(Field::Other, Kind::Order),
    Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
];

impl MergeWish {
    pub(in crate::order) fn read(typed: &Typed) -> Result<Self, Refusal> {
        Self::parse(typed.get(Field::Other), typed.get(Field::Reason))
    }
}

/// It stands still from here on, with a pointer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    pub into: Number,
    /// The body that has the lead of the main order.
    pub lead: Option<BodyCode>,
    pub reason: Reason,
}

pub(in crate::order) static MERGED: Happening<Merged> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, stage, _, event| match stage {
        Stage::Submitted { .. } | Stage::Dispatched { .. } | Stage::InHand { .. } => {
            Some(Stage::Merged {
                into: it.into,
                lead: it.lead.clone(),
                since: event.happened_at,
                before: Box::new(stage),
            })
        }
        _ => None,
    },
    apply: |_, order, _| order.is_answered = false,
    // Who takes it over, and who asked for it.
    told: told::to_both,
    // Into whose, and why, is not another enterprise's.
    json: |it, telling| {
        if telling.is_outside() {
            return json!({});
        }
        json!({"into": it.into.to_string(), "reason": it.reason})
    },
};

/// The main order's side of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absorbed {
    pub order: Number,
    pub enterprise: EnterpriseId,
}

pub(in crate::order) static ABSORBED: Happening<Absorbed> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: while_open,
    apply: |it, order, _| order.took_in(it.order, it.enterprise),
    told: told::to_lead,
    json: |it, _| json!({"order": it.order.to_string()}),
};

/// 撤销并案: it stands as it stood. Without a reason the main order has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmerged {
    pub reason: Option<Reason>,
}

pub(in crate::order) static UNMERGED: Happening<Unmerged> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    // Every clock stood still while it was joined.
    stage: |_, stage, _, event| {
        let Stage::Merged { since, before, .. } = stage else {
            return None;
        };
        let (from, until) = (since, event.happened_at);
        let mut stage = *before;
        let terms = stage.terms_mut();
        terms.for_each(|term| term.joined.push(Span { from, until }));
        Some(stage)
    },
    apply: |_, order, _| order.is_answered = false,
    told: |it, order| match it.reason {
        Some(_) => told::to_both(it, order),
        // It stands by itself again, and somebody has to see to it.
        None => {
            let office = told::lead(order).next().unwrap_or(Address::Centre);
            vec![office, told::enterprise(order)]
        }
    },
    json: |it, telling| {
        if telling.is_outside() {
            return json!({});
        }
        json!({"reason": it.reason})
    },
};

/// The main order's side of that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    pub order: Number,
}

pub(in crate::order) static RELEASED: Happening<Released> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: |it, stage, order, _| order.absorbed.contains(&it.order).then_some(stage),
    apply: |it, order, _| order.let_go(it.order),
    told: told::to_lead,
    json: |it, _| json!({"order": it.order.to_string()}),
};

/// The main order has another lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    pub lead: BodyCode,
}

pub(in crate::order) static FOLLOWED: Happening<Followed> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, mut stage, _, _| {
        let Stage::Merged { lead, .. } = &mut stage else {
            return None;
        };
        *lead = Some(it.lead.clone());
        Some(stage)
    },
    apply: nothing,
    told: told::nobody,
    json: |it, _| json!({"department": it.lead}),
};

/// The main order was replied to: what its enterprise is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub reply: Reply,
    /// Why it stands in the place of the one before, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Reason>,
}

pub(in crate::order) static ANSWERED: Happening<Answered> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |_, stage, _, _| match stage {
        Stage::Merged { .. } => Some(stage),
        _ => None,
    },
    apply: |_, order, _| order.is_answered = true,
    told: told::to_enterprise,
    json: |it, _| {
        let mut told = reply::json(&it.reply);
        told["reason"] = json!(it.corrected);
        told
    },
};
