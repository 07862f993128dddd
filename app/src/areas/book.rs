//! Rules, calendars, bodies and categories.

pub mod calendar;
pub mod directory;
pub mod rules;
