//! What two pages share.

pub mod cell;
pub mod columns;
pub mod deadline;
pub mod files;
mod forms;
pub mod header;
pub mod keyboard;
pub mod loaded;
pub mod moved;
pub mod not_found;
pub mod rows;
pub mod sessions;
pub mod table;

pub use forms::{act, fields, firms, form, kept_text, new_password, step_form, template, unsent};
