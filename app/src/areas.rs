//! The screens, by area: one screen, one place. Those that the server lays out (`page`) are
//! files of its own side alone; the others live in the browser, and have their server's side
//! beneath them (`server.rs`).

pub mod book;
pub mod home;
pub mod knowledge;
#[cfg(feature = "ssr")]
pub mod laid;
pub mod meetings;
pub mod offices;
pub mod orders;
pub mod people;
pub mod projects;
pub mod tasks;
