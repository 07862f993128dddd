//! Accounts, and who may act as what.

pub mod account;
pub mod accounts;
pub mod gates;
pub mod hand_over;
pub mod members;
pub mod policy;
pub mod registrations;
#[cfg(feature = "ssr")]
pub mod rights;
pub mod sessions;
pub mod sign_in;
