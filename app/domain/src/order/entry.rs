//! 补录: a step can be entered after it happened, within bounds, and is marked. It
//! counts for whoever took it from when it happened; the clocks that it starts for
//! others start when it is entered, for they could not know of it before.

use super::history::Order;
use super::step::StepName;
use super::wish::Late;
use crate::time::Instant;

/// What a step comes after: the step before it; a promise is kept after it was made,
/// whatever else was done meanwhile.
pub(super) fn follows(order: &Order, step: StepName) -> Instant {
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
        self.is_late().is_possible()
    }
}
