use super::event::What;

/// 销号.
pub(super) fn close() -> Vec<What> {
    vec![What::Closed]
}
