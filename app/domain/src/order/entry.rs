//! 补录: a step can be entered after it happened, within bounds, and is marked. It
//! counts for whoever took it from when it happened; the clocks that it starts for
//! others start when it is entered, for they could not know of it before.

use super::history::Order;
use super::step::StepName;
use super::wish::Late;
use crate::actor::{Actor, Role};
use crate::case::{When, not_then};
use crate::refusal::{Fault, Refusal};
use crate::rulebook::Rulebook;
use crate::time::Instant;

impl When {
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
            return Err(not_then(Fault::OfficesOnly));
        }
        if !step.can_be_late() {
            return Err(not_then(Fault::NotLate));
        }
        if happened > entered {
            return Err(not_then(Fault::InTheFuture));
        }
        let last = follows(order, step);
        if happened < last {
            return Err(not_then(Fault::BeforeTheLast { last }));
        }
        self.within_bounds(book)?;
        Ok(self)
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
    pub fn is_late(self) -> Late {
        match self {
            // Placed at the hall, or a time that had come while nobody looked.
            Self::Place | Self::Elapse => Late::Allowed,
            step => step.form().map_or(Late::Never, |form| form.late),
        }
    }

    pub fn can_be_late(self) -> bool {
        match self.is_late() {
            Late::Allowed | Late::WhileInTime => true,
            Late::Never => false,
        }
    }
}
