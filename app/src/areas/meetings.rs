//! Meetings, and what the mayor's express has for them.

#[cfg(feature = "ssr")]
pub mod agenda;
pub mod edit;
#[cfg(feature = "ssr")]
pub mod express;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod meeting;
pub mod minutes;
