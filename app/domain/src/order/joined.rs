//! What concerns two orders.

pub(super) mod link;
pub mod merge;
pub mod split;
