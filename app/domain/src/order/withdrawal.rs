use super::Reason;
use super::event::What;
use super::step::Step;
use super::wish::{Form, REASON, Wish};
use crate::refusal::Field;

/// The enterprise no longer asks for it.
pub(super) fn withdraw(reason: Reason) -> What {
    What::Withdrawn { reason }
}

pub(super) static FORM: Form = Form {
    files: false,
    late: true,
    is_said: false,
    fields: &REASON,
    read: |typed, _| Step::withdraw(typed.get(Field::Reason)).map(Wish::Step),
};
