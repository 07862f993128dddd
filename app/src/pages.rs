//! One screen per file.

mod book;
pub mod express;
pub mod home;
mod knowledge;
pub mod meetings;
pub mod not_found;
pub mod notices;
mod offices;
pub mod orders;
mod people;
pub mod projects;
pub mod tasks;

pub use book::{calendar, directory, rules};
pub use knowledge::{common, guidance, templates};
pub use offices::{ahead, audit, body, cards, city, commitments, deputy, late};
pub use people::{
    account, accounts, gates, hand_over, members, policy, registrations, rights, sessions, sign_in,
};
