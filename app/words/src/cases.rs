//! What is said of cases beside orders: of each kind what its steps and events are called.

pub mod meeting;
pub mod task;
