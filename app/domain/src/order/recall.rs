//! 撤回分派: the centre takes a dispatch back until it is taken, with a reason that everybody
//! reads. Its time to dispatch begins anew; the clocks of the body that had it end.

use super::event::What;
use super::history::Order;
use super::step::{Step, StepName};
use super::wish::{Form, REASON, Wish};
use super::{CoHandler, End, Reason, express, returning, task};
use crate::actor::Actor;
use crate::clock::{Clock, ClockName};
use crate::refusal::{Field, Refusal};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// What was returned is ruled on; what others wait for, or a meeting has decided, stays where
/// it is. Nothing that is late is taken out of sight, and no time is gained without end: not
/// once a clock of the bodies has passed, and not more often than an order may be returned.
pub(super) fn can_recall(
    order: &Order,
    actor: &Actor,
    now: Instant,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let step = StepName::Recall;
    if returning::is_open(order) {
        return Err(Refusal::NothingToDecide { step });
    }
    for watch in order.running() {
        let due = watch.term.due(&book.calendar).at;
        if now > due {
            return Err(Refusal::PastDeadline { step, due });
        }
        let max = book.rules(watch.term.clock.rules).returns;
        if order.recalls >= max {
            return Err(Refusal::NoMore { step, max });
        }
    }
    if !order.absorbed.is_empty() {
        return Err(Refusal::HasMerged);
    }
    express::not_on_it(order)?;
    task::none_open(order, actor, book)
}

pub(super) fn recall(order: &Order, now: Instant, reason: Reason, book: &Rulebook) -> Vec<What> {
    let rules = book.rules_at(now);
    let parts = order.open_parts().map(|(_, part)| part.body.clone());
    vec![What::Recalled {
        reason,
        triage: Clock::start(ClockName::Triage, now, rules.triage, rules),
        parts: parts.collect(),
    }]
}

impl CoHandler {
    /// Whether the dispatch that it belonged to was taken back.
    pub fn is_recalled(&self) -> bool {
        matches!(self.end, Some(End::Recalled { .. }))
    }
}

impl Order {
    /// Parts end with the dispatch, also that of a body that a ruling has made the lead.
    pub(super) fn is_recalled(&mut self, at: Instant) {
        self.recalls += 1;
        self.complexity = None;
        let cycle = self.cycle;
        let open = |part: &&mut CoHandler| part.cycle == cycle && part.end.is_none();
        let parts = self.co_handlers.iter_mut().filter(open);
        parts.for_each(|part| part.end = Some(End::Recalled { at }));
    }
}

pub(super) static FORM: Form = Form {
    files: false,
    late: false,
    is_said: false,
    fields: &REASON,
    read: |typed, _| {
        let reason = Reason::parse(Field::Reason, typed.get(Field::Reason))?;
        Wish::step(Step::Recall { reason })
    },
};
