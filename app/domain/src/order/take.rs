use super::event::What;
use super::step::Step;
use super::wish::{Form, Wish};

/// 接单. The resolve clock has been running since dispatch.
pub(super) fn take() -> Vec<What> {
    vec![What::Taken]
}

pub(super) static FORM: Form = Form {
    files: false,
    late: true,
    is_said: false,
    fields: &[],
    read: |_, _| Wish::step(Step::Take),
};
