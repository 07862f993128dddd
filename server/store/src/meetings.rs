//! Meetings: called, held and recorded through the rules, read through who is invited.

mod door;
mod find;
mod kept;
mod list;
mod matters;
mod notices;
mod step;
mod sweep;
mod waiting;

pub use door::carry_out;
pub(crate) use find::takes_orders;
pub use find::{Found, find};
pub(crate) use kept::{check, recount};
pub(crate) use list::PUT_ON;
pub use list::{List, Listed, Which, list, of_matter};
pub use matters::{Heard, decide_matter, defer_matter, elsewhere, heard, put_on};
pub(crate) use notices::push_unread;
pub use notices::{MeetingNotice, Told, mark_read, notices, unread};
pub use step::{approve_minutes, call, chairs, change, name_chair, step};
pub(crate) use sweep::remind;
pub use waiting::{Waiting, WaitingFor, Waits};
