//! What is done with an order by itself: a capability a file.

pub mod appeal;
pub mod approval;
pub mod callback;
pub mod card;
pub(super) mod closure;
pub mod co_handler;
pub mod commitment;
pub mod correction;
pub(super) mod decline;
pub mod dispatch;
pub mod extension;
pub mod handover;
pub(super) mod objection;
pub mod pause;
pub mod rating;
pub(super) mod reassignment;
pub(super) mod recall;
pub mod reply;
pub mod returning;
pub(super) mod supplement;
pub(super) mod take;
pub mod talk;
pub(super) mod urging;
pub(super) mod withdrawal;
