//! What two pages share.

pub mod act;
pub mod card;
pub mod cell;
pub mod columns;
pub mod commitment;
pub mod confirm;
pub mod deadline;
pub mod fields;
pub mod files;
pub mod firms;
pub mod form;
pub mod header;
pub mod kept_text;
pub mod keyboard;
pub mod light;
pub mod loaded;
pub mod matter;
pub mod meetings;
pub mod moved;
pub mod new_password;
pub mod rows;
pub mod sessions;
pub mod task;
pub mod timeline;
pub mod unsent;
