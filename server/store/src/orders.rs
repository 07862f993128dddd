//! Orders: placed and moved on through the rules, read through what one may see.

mod answered;
mod check;
mod columns;
mod counts;
mod enter;
mod find;
mod joined;
mod late;
mod list;
mod parts;
mod place;
mod recount;
mod similar;
mod step;
mod sweep;
mod tally;
pub(crate) mod words;

pub(crate) use answered::answered_for;
pub use check::Differs;
pub(crate) use check::check;
pub use columns::Listed;
pub(crate) use columns::code;
pub use counts::{
    COUNTED, Counted, StageCount, count, counts, counts_at_once, counts_by_lead,
};
pub use enter::{Row as HallFinding, check_rows, enter_all};
pub(crate) use find::{EventRow, load, replay_many};
pub use find::{Found, find};
pub use joined::{link, merge, split, unlink, unmerge};
pub use late::{Late, late, under_way};
pub(crate) use list::UNDER_WAY;
pub use list::{Filter, Page, Sort, list, listed_of};
pub use place::{form_key, place, place_with};
pub use recount::Moved;
pub(crate) use recount::{preview_calendar, preview_rules, republish, rerule, rewrite_columns};
pub(crate) use similar::most_alike;
pub use similar::{Alike, alike};
pub(crate) use step::write_down;
pub use step::{step, step_with};
pub use sweep::{Swept, sweep};
pub(crate) use tally::miscounted;
