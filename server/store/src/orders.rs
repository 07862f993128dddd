//! Orders: placed and moved on through the rules, read through what one may see.

mod answered;
mod check;
mod columns;
mod counts;
mod find;
mod late;
mod list;
mod parts;
mod place;
mod recount;
mod step;
mod sweep;
mod words;

pub(crate) use answered::answered_for;
pub use check::Differs;
pub(crate) use check::check;
pub use columns::Listed;
pub(crate) use columns::code;
pub use counts::{StageCount, count, counts, counts_by_lead};
pub(crate) use find::{EventRow, load, replay_many};
pub use find::{Found, find};
pub use late::{Late, late, under_way};
pub(crate) use list::UNDER_WAY;
pub use list::{Filter, Page, Sort, list};
pub use place::{form_key, place, place_with};
pub use recount::Moved;
pub(crate) use recount::{preview_calendar, preview_rules, republish, rerule, rewrite_columns};
pub(crate) use step::write_down;
pub use step::{step, step_with};
pub use sweep::{Swept, sweep};
