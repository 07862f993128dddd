//! What bodies were given to do.

#[cfg(feature = "ssr")]
pub mod list;
pub mod task;
