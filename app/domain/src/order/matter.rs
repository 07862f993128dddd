//! What the mayor's office and its meetings decide.

pub mod conclusion;
pub mod decision;
pub mod express;
pub mod task;
