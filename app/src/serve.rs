//! The server's side of the pages: asks the store and lays out sheets.

pub mod act;
pub mod ahead;
pub mod calendar;
pub mod cards;
pub mod home;
pub mod late;
pub mod list;
mod moved;
pub mod notices;
pub mod placing;
pub mod receipt;
pub mod rows;
pub mod rules;
pub mod sheet;
pub mod visit;

pub use visit::{Visit, answer, desk, visit};
