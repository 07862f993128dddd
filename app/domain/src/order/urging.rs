//! 催办: an office asks the lead to be quicker. It moves nothing; the history keeps it.

use super::Reason;
use super::event::What;
use super::step::Step;
use super::wish::{Form, REASON, Wish};
use crate::refusal::Field;

pub(super) fn urge(text: Reason) -> Vec<What> {
    vec![What::Urged { text }]
}

pub(super) static FORM: Form = Form {
    files: false,
    late: false,
    is_said: true,
    fields: &REASON,
    read: |typed, _| Step::urge(typed.get(Field::Reason)).map(Wish::Step),
};
