//! The server's side of the pages: asks the store and lays out sheets.

pub mod act;
pub mod home;
pub mod late;
pub mod list;
pub mod placing;
pub mod rows;
pub mod sheet;
pub mod visit;

pub use visit::{Visit, answer, desk, visit};
