//! What an event of a meeting says of itself, beside what all cases' do.

use super::history::{Meeting, MeetingState};
pub use super::lists::{MeetingWhat, events};
use super::wish::MeetingWish;
pub(super) use crate::case::Sight;
pub(super) use crate::case::happening::{nothing, stays};
use crate::case::{self, Case};

/// Something that happened to a meeting.
pub type MeetingEvent = case::Event<MeetingWhat>;

pub(super) type Happening<E> = case::happening::Happening<E, Meeting>;

impl Case for Meeting {
    type What = MeetingWhat;
    type Stage = MeetingState;
    type Wish = MeetingWish;
    type Shown = Meeting;
}
