//! The server's side of what screens share: who asks, what forms ask for and send, rows and
//! timelines as HTML.

pub mod attempts;
pub mod door;
pub mod files;
pub mod forms;
pub mod layout;
pub(crate) mod moved;
pub mod one_time;
pub mod passwords;
mod problem;
pub mod rows;
pub mod unsent;
pub mod visit;
pub mod watching;

pub use problem::Problem;
pub use visit::{Channel, Visit, answer, context, visit};
