//! SQL and nothing else: one writer, a pool of readers, and the queries, each
//! scoped to what its caller may see.

pub mod attachments;
pub mod book;
pub mod cards;
pub mod cases;
pub mod commitments;
pub mod context;
pub mod dialect;
pub mod error;
pub mod guidance;
pub mod journal;
pub mod likeness;
pub mod lines;
pub mod meetings;
pub mod notices;
pub mod open;
pub mod orders;
pub mod people;
pub mod projects;
mod readers;
mod scope;
pub mod tasks;
pub mod templates;
mod times;
pub mod troubles;

pub use book::{bodies, calendars, directory, drafts, rules};
pub use context::{Asked, Context, unsent, views, watching};
pub use error::Error;
pub use journal::{audit, check, writer};
pub use meetings::feeds;
pub(crate) use open::migrations;
pub use open::{OpenError, Purpose, Store, backup, cut, seed};
pub use people::{
    accounts, contact_reads, deputies, guesses, hand_over, identities, members, passwords, policy,
    registrations, secret, sessions,
};
pub use readers::ask::{self, ask};
pub use readers::counts;
