//! Orders: lists, pages, placing.

pub mod columns;
pub mod filters;
pub mod hall;
pub mod list;
pub mod many;
pub mod offered;
#[cfg(feature = "ssr")]
pub mod order;
#[cfg(feature = "ssr")]
pub mod paper;
pub mod place;
#[cfg(feature = "ssr")]
pub mod receipt;
#[cfg(feature = "ssr")]
pub mod related;
pub mod views;
