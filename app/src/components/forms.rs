//! What forms are made of.

pub mod act;
pub mod fields;
pub mod firms;
pub mod form;
pub mod kept_text;
pub mod new_password;
pub mod step_form;
pub mod template;
pub mod unsent;
