//! The server's side of the pages: asks the store and lays out sheets.

pub mod account;
pub mod accounts;
pub mod act;
pub mod ahead;
pub mod attempts;
pub mod audit;
pub mod body;
pub mod calendar;
pub mod cards;
pub mod commitments;
pub mod files;
pub mod hand_over;
pub mod home;
pub mod late;
pub mod ledger;
pub mod list;
pub mod members;
mod moved;
pub mod notices;
pub mod one_time;
pub mod passwords;
pub mod placing;
pub mod receipt;
pub mod registrations;
pub mod rows;
pub mod rules;
pub mod second_factor;
pub mod security;
pub mod sheet;
pub mod unsent;
pub mod views;
pub mod visit;

pub use visit::{Channel, Visit, answer, desk, visit};
