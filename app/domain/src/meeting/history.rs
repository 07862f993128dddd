use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

use super::agenda::Item;
use super::event::{MeetingEvent, MeetingWhat, events};
use super::guest::{Guest, Invitation};
use super::minutes::Minutes;
use super::number::MeetingNumber;
use super::plan::{MeetingKind, Plan};
use crate::actor::Actor;
use crate::case::Happens;
use crate::codes::codes;
use crate::refusal::Fault;
use crate::text::Reason;
use crate::time::Instant;

/// A meeting as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    pub number: MeetingNumber,
    pub plan: Plan,
    pub state: MeetingState,
    pub invitations: Vec<Invitation>,
    pub agenda: Vec<Item>,
    /// Whether the invitations have gone out.
    pub invited: bool,
    pub reminded: bool,
    pub called_at: Instant,
    pub opened_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub minutes: Minutes,
    /// The number of its events.
    pub version: u32,
    /// The last event that moved something.
    moved: u32,
    /// When something of its course was last done.
    pub(super) last_step_at: Instant,
    /// Why it was called off.
    pub cancelled: Option<Reason>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MeetingState {
    /// Being prepared: nobody has been told.
    Planned,
    /// Invitations have gone out.
    Invited,
    /// Under way.
    Open,
    Ended,
    Cancelled,
}

codes!(MeetingState);

/// A history that the rules cannot have written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BrokenMeeting {
    #[error("a history begins with the calling of the meeting")]
    NoBeginning,
    #[error("event {seq} follows version {version}")]
    Gap { seq: u32, version: u32 },
}

impl Meeting {
    pub fn replay(events: &[MeetingEvent]) -> Result<Self, BrokenMeeting> {
        let (first, rest) = events.split_first().ok_or(BrokenMeeting::NoBeginning)?;
        let MeetingWhat::Called(events::Called { number, plan }) = &first.what else {
            return Err(BrokenMeeting::NoBeginning);
        };
        let mut meeting = Self {
            number: *number,
            plan: plan.clone(),
            state: MeetingState::Planned,
            invitations: invitations(plan, &[]),
            agenda: Vec::new(),
            invited: false,
            reminded: false,
            called_at: first.happened_at,
            opened_at: None,
            ended_at: None,
            minutes: Minutes::default(),
            version: first.seq,
            moved: first.seq,
            // One that was held before it was called has its course before that.
            last_step_at: first.happened_at.min(plan.starts_at),
            cancelled: None,
        };
        for event in rest {
            meeting.apply(event)?;
        }
        Ok(meeting)
    }

    pub fn apply(&mut self, event: &MeetingEvent) -> Result<(), BrokenMeeting> {
        if event.seq != self.version + 1 {
            return Err(BrokenMeeting::Gap {
                seq: event.seq,
                version: self.version,
            });
        }
        let state = event.what.stage(self.state, self, event);
        self.state = state.ok_or(BrokenMeeting::NoBeginning)?;
        event.what.apply(self, event);
        self.version = event.seq;
        if !event.what.is_talk() {
            self.moved = event.seq;
        }
        // What is put on an agenda afterwards keeps nothing from having happened before.
        let arranges = matches!(
            event.what,
            MeetingWhat::PutOn(_) | MeetingWhat::TakenOff(_) | MeetingWhat::MovedUp(_)
        );
        if !event.what.is_talk() && !arranges {
            self.last_step_at = self.last_step_at.max(event.happened_at);
        }
        Ok(())
    }

    /// Whether `version` shows the meeting as it stands: answers and notes of who is there
    /// move nothing.
    pub fn stands_as_at(&self, version: u32) -> bool {
        (self.moved..=self.version).contains(&version)
    }

    /// Whether guests know of it: they were invited, or it was opened all the same.
    pub fn is_known(&self) -> bool {
        self.invited || self.opened_at.is_some()
    }

    /// Whether enterprises can place orders at it: at joint meetings, once they are
    /// invited, until they are over.
    pub fn takes_orders(&self) -> Result<(), Fault> {
        let joint = self.plan.kind == MeetingKind::Joint;
        match self.state {
            MeetingState::Invited | MeetingState::Open if joint => Ok(()),
            _ => Err(Fault::Unknown),
        }
    }

    pub fn invitation(&self, guest: &Guest) -> Option<&Invitation> {
        let mut invitations = self.invitations.iter();
        invitations.find(|invitation| invitation.guest == *guest)
    }

    pub(super) fn invitation_mut(&mut self, guest: &Guest) -> Option<&mut Invitation> {
        let mut invitations = self.invitations.iter_mut();
        invitations.find(|invitation| invitation.guest == *guest)
    }

    /// The invitation of whoever asks.
    pub fn invitation_of(&self, actor: &Actor) -> Option<&Invitation> {
        self.invitation(&Guest::of(actor)?)
    }
}

impl Meeting {
    /// Guests of whom it is not recorded whether they came, and who have not excused
    /// themselves.
    pub fn unrecorded(&self) -> impl Iterator<Item = &Invitation> {
        self.invitations.iter().filter(|one| one.is_unrecorded())
    }
}

/// Those of a plan; who was invited before keeps what they answered.
pub(super) fn invitations(plan: &Plan, before: &[Invitation]) -> Vec<Invitation> {
    let guests = plan.guests();
    let invitation = |guest: Guest| {
        let known = before.iter().find(|known| known.guest == guest);
        known.cloned().unwrap_or(Invitation {
            guest,
            answer: None,
            present: None,
        })
    };
    guests.map(invitation).collect()
}

impl MeetingState {
    /// Whether it is still to come.
    pub fn is_ahead(self) -> bool {
        match self {
            Self::Planned | Self::Invited => true,
            Self::Open | Self::Ended | Self::Cancelled => false,
        }
    }
}
