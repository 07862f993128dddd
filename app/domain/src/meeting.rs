//! Meetings (协调会, 联席会议, 谋划会, 观摩会): called, held matter by matter, ended, and
//! recorded in minutes that the chair approves (mechanisms 5, 35, 36, 38). One capability a
//! file, with its steps and events; `lists` has a line for each, `permission` has its tables.
//!
//! What a meeting decides about a matter is a fact of the order (`order::express`), written
//! in the same transaction as the meeting's own side of it.

pub mod agenda;
mod assignment;
mod attendance;
pub mod calling;
mod deliberation;
pub mod event;
pub mod guest;
pub mod history;
pub mod invitation;
mod lists;
pub mod minutes;
pub mod note;
pub mod number;
pub mod permission;
pub mod plan;
mod session;
pub mod step;
mod told;
pub mod wish;

pub use agenda::{Item, Outcome};
pub use calling::call;
pub use event::{MeetingEvent, MeetingWhat, events};
pub use guest::{Answer, AnswerDraft, Guest, Invitation};
pub use history::{Meeting, MeetingState};
pub use minutes::{Approved, Draft, Minutes, MinutesNumber, MinutesText};
pub use note::MeetingNote;
pub use number::MeetingNumber;
pub use plan::{Chair, MeetingKind, Plan, PlanDraft};
pub use step::{MeetingStep, MeetingStepName};
pub use wish::MeetingWish;
