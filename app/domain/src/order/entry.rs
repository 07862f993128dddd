//! 补录: a step can be entered after it happened, within bounds, and is marked. It
//! counts for whoever took it from when it happened; the clocks that it starts for
//! others start when it is entered, for they could not know of it before.

use chrono::NaiveTime;

use super::history::Order;
use super::step::StepName;
use crate::actor::{Actor, Role};
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::time::{Instant, instant, local};

/// When a step happened, and when it was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    pub happened: Instant,
    pub entered: Instant,
}

impl When {
    /// Entered as it happens.
    pub fn now(now: Instant) -> Self {
        Self {
            happened: now,
            entered: now,
        }
    }

    pub fn entered_late(happened: Option<Instant>, now: Instant) -> Self {
        Self {
            happened: happened.unwrap_or(now),
            entered: now,
        }
    }

    /// The times that the history gets: not in the future, not before the step
    /// before it, not longer ago than the rules allow. What is entered as it happens
    /// never goes back behind the step before it, even if the system's clock does.
    pub(super) fn checked(
        self,
        order: &Order,
        actor: &Actor,
        step: StepName,
        book: &Rulebook,
    ) -> Result<Self, Refusal> {
        let Self { happened, entered } = self;
        if happened == entered {
            return Ok(Self::now(entered.max(order.last_step_at)));
        }
        if matches!(actor.role, Role::Enterprise { .. }) {
            // An enterprise acts here itself: there is nothing that it did on paper.
            return Err(fault(Fault::OfficesOnly));
        }
        if !step.can_be_late() {
            return Err(fault(Fault::NotLate));
        }
        if happened > entered {
            return Err(fault(Fault::InTheFuture));
        }
        let last = follows(order, step);
        if happened < last {
            return Err(fault(Fault::BeforeTheLast { last }));
        }
        self.within_bounds(book)?;
        Ok(self)
    }

    /// Not in the future, and not longer ago than the rules allow.
    pub(super) fn within_bounds(self, book: &Rulebook) -> Result<(), Refusal> {
        let Self { happened, entered } = self;
        if happened > entered {
            return Err(fault(Fault::InTheFuture));
        }
        let days = book.rules_at(entered).back_entry;
        let today = local(entered).date();
        let earliest = book.calendar.nth_before(today, days.into());
        if happened < instant(earliest, NaiveTime::MIN) {
            return Err(fault(Fault::TooFarBack { days }));
        }
        Ok(())
    }
}

/// What a step comes after: the step before it; a promise is kept after it was made,
/// whatever else was done meanwhile.
fn follows(order: &Order, step: StepName) -> Instant {
    let open = order.commitments.iter().filter(|one| one.is_open());
    match step {
        StepName::KeepCommitment => open.map(|one| one.made_at).max(),
        _ => None,
    }
    .unwrap_or(order.last_step_at)
}

impl StepName {
    /// What decides about somebody else's time, or answers a card, happens here and now.
    pub fn can_be_late(self) -> bool {
        // Placed at the hall, or a time that had come while nobody looked.
        let by_itself = matches!(self, Self::Place | Self::Elapse);
        by_itself || self.form().is_some_and(|form| form.late)
    }
}

fn fault(fault: Fault) -> Refusal {
    FieldFault {
        field: Field::HappenedAt,
        fault,
    }
    .into()
}
