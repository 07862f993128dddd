//! What is known: templates, guidance, common problems.

pub mod common;
pub mod guidance;
pub mod templates;
