//! Whoever has an account, and how they are reached and known.

pub mod account;
pub mod contact;
pub mod credit_code;
pub mod policy;
