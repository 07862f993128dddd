mod filters;
pub mod list;
pub mod order;
pub mod paper;
pub mod place;
pub mod receipt;
mod steps;
mod views;
