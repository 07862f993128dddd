//! Server functions: who, what, when, then one call. `/act/…` changes something
//! and is a plain form's address too; `/ask/…` only reads.

pub mod administration;
pub mod asks;
pub mod body;
pub mod knowledge;
pub mod many;
pub mod meetings;
pub mod people;
pub mod placing;
pub(crate) mod text;
pub mod unsent;
pub mod views;
