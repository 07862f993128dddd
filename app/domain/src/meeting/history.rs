use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use super::agenda::Item;
use super::event::{MeetingEvent, MeetingWhat, events};
use super::guest::{Guest, Invitation};
use super::minutes::Minutes;
use super::number::MeetingNumber;
use super::plan::{MeetingKind, Plan};
use crate::actor::Actor;
use crate::case::history::{History, Position};
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
    position: Position,
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

impl History for Meeting {
    fn begun(first: &MeetingEvent) -> Option<Self> {
        let MeetingWhat::Called(events::Called { number, plan }) = &first.what else {
            return None;
        };
        Some(Self {
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
            // One that was held before it was called has its course before that.
            position: Position::begun(first, first.happened_at.min(plan.starts_at)),
            cancelled: None,
        })
    }

    fn position(&self) -> &Position {
        &self.position
    }

    fn position_mut(&mut self) -> &mut Position {
        &mut self.position
    }

    fn follow(&mut self, event: &MeetingEvent) -> Option<()> {
        self.state = event.what.stage(self.state, self, event)?;
        event.what.apply(self, event);
        Some(())
    }

    fn is_of_its_course(what: &MeetingWhat) -> bool {
        match what {
            MeetingWhat::Called(_)
            | MeetingWhat::Changed(_)
            | MeetingWhat::Invited(_)
            | MeetingWhat::Opened(_)
            | MeetingWhat::Decided(_)
            | MeetingWhat::Deferred(_)
            | MeetingWhat::Ended(_)
            | MeetingWhat::Cancelled(_)
            | MeetingWhat::MinutesWritten(_)
            | MeetingWhat::MinutesApproved(_)
            | MeetingWhat::MinutesAmended(_) => true,
            // What is arranged, or said, keeps nothing from having happened before; nor does
            // what can only be entered as it happens.
            MeetingWhat::PutOn(_)
            | MeetingWhat::TakenOff(_)
            | MeetingWhat::MovedUp(_)
            | MeetingWhat::Assigned(_)
            | MeetingWhat::ChairNamed(_)
            | MeetingWhat::Answered(_)
            | MeetingWhat::Reminded(_)
            | MeetingWhat::Attended(_)
            | MeetingWhat::Noted(_) => false,
        }
    }
}

impl Meeting {
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
