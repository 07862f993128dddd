use super::Reason;
use super::event::What;
use super::step::Step;
use super::wish::{Form, REASON, Wish};
use crate::refusal::Field;

/// 不予受理, with the reason and where to go instead.
pub(super) fn decline(reason: Reason) -> Vec<What> {
    vec![What::Declined { reason }]
}

pub(super) static FORM: Form = Form {
    files: true,
    late: true,
    is_said: false,
    fields: &REASON,
    read: |typed, _| Step::decline(typed.get(Field::Reason)).map(Wish::Step),
};
