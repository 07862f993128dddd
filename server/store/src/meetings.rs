//! Meetings: called, held and recorded through the rules, read through who is invited.

mod find;
mod list;
mod matters;
mod notices;
mod step;
mod sweep;

pub use find::{Found, find};
pub use list::{Listed, Which, list, of_matter};
pub use matters::{decide_matter, put_on};
pub use notices::{MeetingNotice, mark_read, notices, unread};
pub use step::{approve_minutes, call, chairs, change, step};
pub(crate) use sweep::remind;
