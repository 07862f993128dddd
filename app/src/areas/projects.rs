//! The register of projects.

pub mod edit;
#[cfg(feature = "ssr")]
pub mod list;
