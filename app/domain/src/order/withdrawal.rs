use super::Reason;
use super::event::What;

/// The enterprise no longer asks for it.
pub(super) fn withdraw(reason: Reason) -> What {
    What::Withdrawn { reason }
}
