//! Every word that people read, in both languages, by the things they speak of.

pub mod consequence;
pub mod frame;
pub mod history;
pub mod home;
pub mod order;
pub mod problem;
pub mod time;
