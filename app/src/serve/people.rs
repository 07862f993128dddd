//! Accounts, and who may act as what.

pub mod account;
pub mod accounts;
pub mod attempts;
pub mod hand_over;
pub mod members;
pub mod one_time;
pub mod passwords;
pub mod registrations;
pub mod second_factor;
pub mod security;
