//! 撤回分派: the centre takes a dispatch back until it is taken, with a reason that everybody
//! reads. Its time to dispatch begins anew; the clocks of the body that had it end.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::BodyCode;
use crate::clock::{Clock, ClockName};
use crate::order::event::{Happening, Sight, What};
use crate::order::history::Order;
use crate::order::stage::{Stage, Taking};
use crate::order::step::{Attempt, Step, StepName};
use crate::order::wish::{Form, Late, REASON, Wish};
use crate::order::{CoHandler, End, Reason, express, returning, task, told};
use crate::refusal::{Field, Refusal};
use crate::time::Instant;

/// What was returned is ruled on.
fn can_recall(at: &Attempt<'_>) -> Result<(), Refusal> {
    let step = StepName::Recall;
    at.needs(!returning::is_open(at.case), step)?;
    can_restart(at, step)
}

/// Whether the centre may let the time of an order begin anew. What others wait for, or a
/// meeting has decided, stays where it is. Nothing that is late is taken out of sight, and no
/// time is gained without end: not once a clock of the bodies has passed, and not more often
/// than an order may be returned.
pub(in crate::order) fn can_restart(at: &Attempt<'_>, step: StepName) -> Result<(), Refusal> {
    let (order, book) = (at.case, at.book);
    for watch in order.running() {
        let due = watch.term.due(&book.calendar).at;
        if at.now() > due {
            return Err(Refusal::PastDeadline { step, due });
        }
        let max = book.rules(watch.term.clock.rules).returns;
        if order.restarts >= max {
            return Err(Refusal::NoMore { step, max });
        }
    }
    if !order.absorbed.is_empty() {
        return Err(Refusal::HasMerged);
    }
    // Who has a card sees the order for as long as it is to be explained.
    let mut cards = order.cards.iter().filter(|card| card.body.is_some());
    if cards.any(|card| card.explained.is_none() && card.lifted.is_none()) {
        return Err(Refusal::CardOpen);
    }
    express::not_on_it(order)?;
    express::not_concluded(order)?;
    task::none_open(order, at.actor, book)
}

pub(in crate::order) fn recall(at: &Attempt<'_>, reason: Reason) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.when.entered;
    let rules = book.rules_at(now);
    Ok(vec![What::Recalled(Recalled {
        reason,
        triage: Clock::start(ClockName::Triage, now, rules.triage, rules),
        parts: order.awaited_bodies(),
    })])
}

impl Order {
    /// The bodies whose parts are open.
    pub(in crate::order) fn awaited_bodies(&self) -> Vec<BodyCode> {
        let parts = self.open_parts();
        parts.map(|(_, part)| part.body.clone()).collect()
    }

    /// Parts end with the time of their lead, also that of a body that has become the lead.
    pub(in crate::order) fn restart(&mut self, at: Instant) {
        self.restarts += 1;
        let cycle = self.cycle;
        let open = |part: &&mut CoHandler| part.cycle == cycle && part.end.is_none();
        let parts = self.co_handlers.iter_mut().filter(open);
        parts.for_each(|part| part.end = Some(End::Recalled { at }));
    }
}

impl CoHandler {
    /// Whether it ended with the time of its lead.
    pub fn is_recalled(&self) -> bool {
        matches!(self.end, Some(End::Recalled { .. }))
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &REASON,
    can: can_recall,
    due: |at| Some(at.starts(ClockName::Triage, at.rules().triage)),
    read: |typed, _| {
        let reason = Reason::parse(Field::Reason, typed.get(Field::Reason))?;
        Wish::step(Step::Recall { reason })
    },
};

/// The centre dispatches it anew, within its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recalled {
    pub reason: Reason,
    pub triage: Clock,
    /// Those whose parts end with it.
    pub parts: Vec<BodyCode>,
}

pub(in crate::order) static RECALLED: Happening<Recalled> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, stage, _, _| match stage {
        Stage::Dispatched {
            taking: Taking::Waits { .. },
            ..
        } => Some(Stage::Submitted {
            triage: it.triage.into(),
        }),
        _ => None,
    },
    apply: |_, order, event| {
        order.recalls += 1;
        order.complexity = None;
        order.restart(event.happened_at);
    },
    told: |it, _| told::bodies(&it.parts),
    json: |it, telling| {
        json!({
            "reason": it.reason,
            "bodies": (!telling.is_outside()).then_some(&it.parts),
            "due_at": telling.due(&it.triage),
        })
    },
};
