//! One screen per file.

pub mod ahead;
pub mod calendar;
pub mod cards;
pub mod home;
pub mod late;
pub mod not_found;
pub mod notices;
pub mod orders;
pub mod rules;
pub mod sign_in;
