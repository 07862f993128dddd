//! SQL and nothing else: one writer, a pool of readers, and the queries, each
//! scoped to what its caller may see.

pub mod book;
pub mod desk;
pub mod error;
pub mod open;
pub mod orders;
pub mod people;
mod scope;
pub mod seed;
pub mod sessions;
mod times;
pub mod writer;

pub use desk::Desk;
pub use error::Error;
pub use open::{OpenError, Purpose, Store};
