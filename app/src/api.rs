//! What no single screen asks of the server.

pub(crate) mod text;
pub mod unsent;
pub mod watch;
