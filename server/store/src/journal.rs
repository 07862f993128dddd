//! What counts as a record: the events of cases of every kind, in one shape and one order;
//! what else is written down and when it changed; the chain of lines that seals them; and
//! whether all of it is as it was written.

pub mod audit;
mod chain;
pub mod check;
pub(crate) mod events;
pub(crate) mod records;
pub(crate) mod seal;
pub mod writer;
