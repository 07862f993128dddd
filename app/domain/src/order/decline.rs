use super::Reason;
use super::event::What;

/// 不予受理, with the reason and where to go instead.
pub(super) fn decline(reason: Reason) -> Vec<What> {
    vec![What::Declined { reason }]
}
