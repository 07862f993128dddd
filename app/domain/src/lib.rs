//! The rules: what may happen to an order, by whom, and until when.
//!
//! Pure: no clock, no I/O, no database. `now` is always an argument, so that a
//! year can be lived through in a test. Compiles for the server and the browser.

mod codes;

pub mod actor;
pub mod attachment;
pub mod audit;
pub mod case;
pub mod clock;
pub mod directory;
pub mod form;
pub mod guidance;
pub mod hall;
pub mod meeting;
pub mod order;
pub mod people;
pub mod project;
pub mod refusal;
pub mod rights;
pub mod rulebook;
pub mod similar;
pub mod task;
pub mod template;
pub mod text;
pub mod time;

pub use people::{account, contact, credit_code, policy};

pub use account::AccountName;
pub use actor::{Actor, BodyCode, EnterpriseId, Role, RoleName, UserId};
pub use attachment::{Attachment, AttachmentId, FileKind, FileName};
pub use audit::AuditKind;
pub use contact::Contact;
pub use credit_code::CreditCode;
pub use directory::{Body, BodyKind, Category, Directory, Named};
pub use form::Typed;
pub use policy::Policy;
pub use project::{Project, ProjectNumber};
pub use refusal::{Fault, Faults, Field, FieldFault, Refusal};
pub use rights::Action;
pub use rulebook::{Rulebook, Rules};
pub use time::Instant;
