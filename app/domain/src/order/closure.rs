use super::event::What;
use super::step::Step;
use super::wish::{Form, Wish};

/// 销号.
pub(super) fn close() -> Vec<What> {
    vec![What::Closed]
}

pub(super) static FORM: Form = Form {
    files: false,
    late: true,
    is_said: false,
    fields: &[],
    read: |_, _| Wish::step(Step::Close),
};
