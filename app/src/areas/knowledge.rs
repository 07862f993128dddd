//! What is known: templates, guidance, common problems.

#[cfg(feature = "ssr")]
pub mod common;
pub mod guidance;
pub mod templates;
