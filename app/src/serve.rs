//! The server's side of the pages: asks the store and lays out sheets.

mod book;
pub mod door;
pub mod express;
pub mod files;
mod forms;
pub mod home;
mod knowledge;
mod layout;
pub mod meetings;
pub mod minutes;
pub mod notices;
mod offices;
mod orders;
mod people;
mod problem;
pub mod projects;
pub mod tasks;
pub mod unsent;
pub mod visit;
pub mod watching;

pub(crate) use book::moved;
pub use book::{calendar, directory, rules};
pub use knowledge::{common, guidance, templates};
pub use offices::{ahead, audit, body, cards, city, commitments, deputy, late};
pub(crate) use orders::related;
pub use orders::{hall, ledger, list, many, placing, receipt, rows, sheet, views};
pub use people::{
    account, accounts, attempts, hand_over, members, one_time, passwords, registrations,
    second_factor, security,
};
pub use problem::Problem;
pub use visit::{Channel, Visit, answer, desk, visit};
