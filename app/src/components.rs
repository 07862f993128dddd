//! What two pages share.

pub mod deadline;
pub mod fields;
pub mod form;
pub mod header;
pub mod kept_text;
pub mod keyboard;
pub mod light;
pub mod loaded;
pub mod rows;
pub mod timeline;
