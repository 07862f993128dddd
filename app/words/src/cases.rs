//! What is said of cases: of each kind what its steps and events are called.

pub mod consequence;
pub mod express;
pub mod history;
pub mod meeting;
pub mod order;
pub mod task;
