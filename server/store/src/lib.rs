//! SQL and nothing else: one writer, a pool of readers, and the queries, each
//! scoped to what its caller may see.

pub mod accounts;
pub mod attachments;
pub mod audit;
pub mod bodies;
pub mod book;
pub mod calendars;
pub mod cards;
pub mod check;
pub mod commitments;
pub mod contact_reads;
pub mod deputies;
pub mod desk;
pub mod drafts;
pub mod error;
pub mod feeds;
pub mod guesses;
pub mod guidance;
pub mod hand_over;
pub mod identities;
pub mod likeness;
pub mod meetings;
pub mod members;
mod migrations;
pub mod notices;
pub mod open;
pub mod orders;
pub mod passwords;
pub mod people;
pub mod policy;
pub mod projects;
pub mod registrations;
pub mod rules;
mod scope;
pub mod secret;
pub mod seed;
pub mod sessions;
pub mod templates;
mod times;
pub mod unsent;
pub mod views;
pub mod watching;
pub mod writer;

pub use desk::Desk;
pub use error::Error;
pub use open::{OpenError, Purpose, Store};
