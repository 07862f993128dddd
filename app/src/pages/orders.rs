mod filters;
pub mod list;
pub mod order;
pub mod place;
mod steps;
