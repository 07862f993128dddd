//! One screen per file.

pub mod home;
pub mod late;
pub mod not_found;
pub mod orders;
pub mod sign_in;
