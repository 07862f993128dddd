//! Rules, calendars, bodies and categories.

pub mod calendar;
pub mod directory;
pub(crate) mod moved;
pub mod rules;
