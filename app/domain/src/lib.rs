//! The rules: what may happen to an order, by whom, and until when.
//!
//! Pure: no clock, no I/O, no database. `now` is always an argument, so that a
//! year can be lived through in a test. Compiles for the server and the browser.

pub mod actor;
pub mod contact;
pub mod directory;
pub mod order;
pub mod refusal;
pub mod rulebook;
pub mod text;
pub mod time;

pub use actor::{Actor, BodyCode, EnterpriseId, Role, RoleName, UserId};
pub use contact::Contact;
pub use directory::{Body, BodyKind, Category, Directory, Named};
pub use refusal::{Fault, Field, FieldFault, Refusal};
pub use rulebook::{Rulebook, Rules};
pub use time::Instant;
