//! Orders: lists, pages, placing.

pub mod hall;
pub mod ledger;
pub mod list;
pub mod many;
pub mod placing;
pub mod receipt;
pub(crate) mod related;
pub mod rows;
pub mod sheet;
pub mod views;
