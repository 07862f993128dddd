//! One screen per file.

pub mod account;
pub mod accounts;
pub mod ahead;
pub mod audit;
pub mod body;
pub mod calendar;
pub mod cards;
pub mod commitments;
pub mod common;
pub mod gates;
pub mod guidance;
pub mod hand_over;
pub mod home;
pub mod late;
pub mod members;
pub mod not_found;
pub mod notices;
pub mod orders;
pub mod policy;
pub mod projects;
pub mod registrations;
pub mod rights;
pub mod rules;
pub mod sessions;
pub mod sign_in;
pub mod templates;
