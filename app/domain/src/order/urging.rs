//! 催办: an office asks the lead to be quicker. It moves nothing; the history keeps it.

use super::Reason;
use super::event::What;

pub(super) fn urge(text: Reason) -> Vec<What> {
    vec![What::Urged { text }]
}
