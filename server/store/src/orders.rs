//! Orders: placed and moved on through the rules, read through what one may see.

mod columns;
mod counts;
mod find;
mod late;
mod list;
mod place;
mod step;
mod sweep;

pub use columns::Listed;
pub use counts::{StageCount, count, counts, counts_by_lead};
pub use find::{Found, find};
pub use late::{Late, late};
pub use list::{Filter, Page, Sort, list};
pub use place::{form_key, place};
pub use step::step;
pub use sweep::{Swept, sweep};
