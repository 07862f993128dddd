//! Orders: placed and moved on through the rules, read through what one may see.

mod answered;
mod check;
mod columns;
mod counts;
mod door;
mod enter;
mod express;
mod filter;
mod find;
mod joined;
mod late;
mod list;
mod matching;
mod measures;
mod parts;
mod place;
mod precedents;
mod recount;
mod similar;
mod step;
mod sweep;
mod tally;
mod waits;
pub use words::{MOST_LETTERS, MOST_WORDS, is_too_long};
pub(crate) use words::{fold as fold_words, prepare as prepare_words};
pub(crate) mod words;

pub(crate) use answered::answered_for;
pub(crate) use check::check;
pub use columns::Listed;
pub(crate) use columns::{code, mask as asks_mask};
pub(crate) use counts::push_count;
pub use counts::{
    COUNTED, Counted, StageCount, Stages, count, counts, counts_at_once, counts_by_lead,
};
pub use door::carry_out;
pub use enter::{Row as HallFinding, check_rows, enter_all};
pub(crate) use express::push_on_express;
pub use express::{express_counts, join_matter, on_express};
pub use filter::Filter;
pub(crate) use filter::UNDER_WAY;
pub use find::{Found, find};
pub(crate) use find::{load, replay_many};
pub use joined::{link, merge, merge_all, split, unlink, unmerge};
pub use late::{Late, late, under_way};
pub use list::{List, Page, Sort, list, listed_of};
pub use measures::{Week, measures, reds_by_week, settled_since};
pub(crate) use parts::{ByOrder, by_order};
pub use place::{form_key, place, place_with};
pub use precedents::{Precedent, precedents, stuck_with};
pub(crate) use recount::{
    joined_for_now, preview_calendar, preview_rules, republish, rerule, rewrite_columns,
};
pub(crate) use similar::most_alike;
pub use similar::{Alike, alike};
pub(crate) use step::{Taken, take, write_down};
pub use step::{step, step_with};
pub use sweep::{Swept, sweep};
pub(crate) use tally::miscounted;
