use super::event::What;

/// 接单. The resolve clock has been running since dispatch.
pub(super) fn take() -> Vec<What> {
    vec![What::Taken]
}
