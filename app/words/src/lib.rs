//! Every word that people read, in both languages, by the things they speak of.

pub mod ahead;
pub mod audit;
pub mod body;
pub mod calendar;
pub mod cards;
pub mod cases;
pub mod commitments;
pub mod directory;
pub mod fault;
pub mod files;
pub mod frame;
pub mod home;
pub mod knowledge;
pub mod lang;
pub mod ledger;
pub mod paper;
pub mod people;
pub mod problem;
pub mod receipt;
pub mod refusal;
pub mod rights;
pub mod rules;
pub mod time;
pub use cases::{consequence, express, history, meeting, order, task};
