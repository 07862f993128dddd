//! The real program, driven over HTTP on a real SQLite file; only the time is played.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod after_reply;
mod attachments;
mod attacks;
mod co_handlers;
mod command_line;
mod demo;
mod description;
mod desk;
mod express;
mod faults;
mod forms;
mod hall;
mod ledgers;
mod load;
mod matrix;
mod path;
mod people;
mod refusals;
mod roles;
mod talk;
mod tasks;
mod time;
mod unsent;
mod world;
mod years;
