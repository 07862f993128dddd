//! Meetings: called, held and recorded through the rules, read through who is invited.

mod calling;
mod door;
pub mod feeds;
mod find;
mod kept;
mod list;
mod matters;
mod waiting;

pub use calling::{call, chairs};
pub use door::carry_out;
pub use find::{Found, find};
pub(crate) use find::{replayed, takes_orders, visible};
pub(crate) use kept::{recount, remind};
pub(crate) use list::PUT_ON;
pub use list::{List, Listed, Which, list, of_matter};
pub use matters::{Heard, elsewhere, heard};
pub use waiting::{Waiting, WaitingFor, Waits};
