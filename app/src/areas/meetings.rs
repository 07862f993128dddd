//! Meetings, and what the mayor's express has for them.

pub mod agenda;
pub mod edit;
#[cfg(feature = "ssr")]
pub mod express;
#[cfg(feature = "ssr")]
pub mod list;
pub mod meeting;
pub mod minutes;
