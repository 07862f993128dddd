//! The start of a day.

#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
pub mod today;
