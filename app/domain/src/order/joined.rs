//! What concerns two orders.

pub(super) mod link;
pub mod merge;
pub mod split;

/// What two orders have to do with each other, from the one's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// The other is the main order of this one.
    MergedInto,
    /// The other is joined to this one.
    Merged,
    Linked,
    SplitOff,
    SplitFrom,
}
