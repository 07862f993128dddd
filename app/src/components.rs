//! What two pages share.

#[cfg(feature = "ssr")]
pub mod card;
pub mod cell;
pub mod columns;
#[cfg(feature = "ssr")]
pub mod commitment;
pub mod deadline;
pub mod files;
mod forms;
pub mod header;
pub mod keyboard;
pub mod light;
pub mod loaded;
#[cfg(feature = "ssr")]
pub mod matter;
pub mod moved;
pub mod not_found;
pub mod rows;
pub mod sessions;
pub mod table;
#[cfg(feature = "ssr")]
pub mod task;
#[cfg(feature = "ssr")]
pub mod timeline;
#[cfg(feature = "ssr")]
pub mod watch;

pub use forms::{act, fields, firms, form, kept_text, new_password, step_form, template, unsent};
