//! Cases that their events alone tell.

use thiserror::Error;

use super::{Case, Event, Happens};
use crate::time::Instant;

/// Where the history of a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The number of its events.
    pub version: u32,
    /// The last event that moved something.
    moved: u32,
    /// When something of its course was last done.
    pub(crate) last_step_at: Instant,
}

/// A history that the rules cannot have written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Broken {
    #[error("a history begins otherwise")]
    NoBeginning,
    #[error("event {seq} follows version {version}")]
    Gap { seq: u32, version: u32 },
    #[error("event {seq} cannot follow")]
    OutOfOrder { seq: u32 },
}

/// A kind of case that its events alone tell.
pub trait History: Case + Clone {
    /// As the first event has it; `None` where that begins none.
    fn begun(first: &Event<Self::What>) -> Option<Self>;

    fn position(&self) -> &Position;
    fn position_mut(&mut self) -> &mut Position;

    /// What an event makes of it; `None` where it cannot follow.
    fn follow(&mut self, event: &Event<Self::What>) -> Option<()>;

    /// Whether what is entered afterwards cannot have happened before it.
    fn is_of_its_course(what: &Self::What) -> bool;

    fn replay(events: &[Event<Self::What>]) -> Result<Self, Broken> {
        let (first, rest) = events.split_first().ok_or(Broken::NoBeginning)?;
        let mut case = Self::begun(first).ok_or(Broken::NoBeginning)?;
        for event in rest {
            case.apply(event)?;
        }
        Ok(case)
    }

    fn apply(&mut self, event: &Event<Self::What>) -> Result<(), Broken> {
        let (seq, version) = (event.seq, self.position().version);
        if seq != version + 1 {
            return Err(Broken::Gap { seq, version });
        }
        self.follow(event).ok_or(Broken::OutOfOrder { seq })?;
        let position = self.position_mut();
        position.version = seq;
        if !event.what.is_talk() {
            position.moved = seq;
        }
        if Self::is_of_its_course(&event.what) {
            position.last_step_at = position.last_step_at.max(event.happened_at);
        }
        Ok(())
    }

    fn version(&self) -> u32 {
        self.position().version
    }

    /// Whether `version` shows the case as it stands: what is only said moves nothing.
    fn stands_as_at(&self, version: u32) -> bool {
        let Position {
            version: last,
            moved,
            ..
        } = *self.position();
        (moved..=last).contains(&version)
    }
}

impl Position {
    /// At the first event; `last_step_at` is what nothing of its course comes before.
    pub(crate) fn begun<W>(first: &Event<W>, last_step_at: Instant) -> Self {
        Self {
            version: first.seq,
            moved: first.seq,
            last_step_at,
        }
    }
}
