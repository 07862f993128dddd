use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

use super::agenda::{Item, Outcome};
use super::event::{MeetingEvent, MeetingWhat};
use super::guest::{Guest, Invitation};
use super::minutes::{Approved, Draft, Minutes};
use super::number::MeetingNumber;
use super::plan::{MeetingKind, Plan};
use crate::actor::Actor;
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
    pub opened_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub minutes: Minutes,
    /// The number of its events.
    pub version: u32,
    /// The last event that moved something.
    moved: u32,
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
        let MeetingWhat::Called { number, plan } = &first.what else {
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
            opened_at: None,
            ended_at: None,
            minutes: Minutes::default(),
            version: first.seq,
            moved: first.seq,
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
        self.version = event.seq;
        if event.what.moves() {
            self.moved = event.seq;
        }
        match &event.what {
            MeetingWhat::Called { .. } => return Err(BrokenMeeting::NoBeginning),
            MeetingWhat::Changed { plan, asks_anew } => {
                self.invitations = invitations(plan, &self.invitations);
                if *asks_anew {
                    let all = self.invitations.iter_mut();
                    all.for_each(|invitation| invitation.answer = None);
                }
                // A new time is told of anew.
                self.reminded &= plan.starts_at == self.plan.starts_at;
                self.plan = plan.clone();
            }
            MeetingWhat::Invited => {
                self.state = MeetingState::Invited;
                self.invited = true;
            }
            MeetingWhat::Reminded => self.reminded = true,
            MeetingWhat::Answered { guest, answer } => {
                if let Some(invitation) = self.invitation_mut(guest) {
                    invitation.answer = Some(answer.clone());
                }
            }
            MeetingWhat::PutOn { matter, minutes } => self.agenda.push(Item {
                matter: *matter,
                minutes: *minutes,
                outcome: Outcome::Open,
            }),
            MeetingWhat::TakenOff { matter } => {
                self.agenda.retain(|item| item.matter != *matter);
            }
            MeetingWhat::MovedUp { matter } => {
                let position = self.agenda.iter().position(|item| item.matter == *matter);
                if let Some(position @ 1..) = position {
                    self.agenda.swap(position, position - 1);
                }
            }
            MeetingWhat::Opened => {
                self.state = MeetingState::Open;
                self.opened_at = Some(event.happened_at);
            }
            MeetingWhat::Attended { guest, present } => {
                if let Some(invitation) = self.invitation_mut(guest) {
                    invitation.present = *present;
                }
                if self.state == MeetingState::Ended {
                    // Whoever signs has read the list as it is now.
                    self.minutes.revision += 1;
                }
            }
            MeetingWhat::Decided { matter, decision } => {
                if let Some(item) = self.item_mut(*matter) {
                    match &mut item.outcome {
                        Outcome::Decided { decisions } => decisions.push(*decision),
                        outcome @ (Outcome::Open | Outcome::Deferred { .. }) => {
                            let decisions = vec![*decision];
                            *outcome = Outcome::Decided { decisions };
                        }
                    }
                }
            }
            MeetingWhat::Deferred { matter, reason } => {
                let reason = reason.clone();
                if let Some(item) = self.item_mut(*matter) {
                    item.outcome = Outcome::Deferred { reason };
                }
            }
            MeetingWhat::Ended => {
                self.state = MeetingState::Ended;
                self.ended_at = Some(event.happened_at);
            }
            MeetingWhat::ChairNamed { chair } => self.plan.chair = chair.clone(),
            MeetingWhat::Cancelled { reason } => {
                self.state = MeetingState::Cancelled;
                self.cancelled = Some(reason.clone());
            }
            MeetingWhat::MinutesWritten { text } => {
                self.minutes.revision += 1;
                self.minutes.draft = Some(Draft {
                    text: text.clone(),
                    at: event.happened_at,
                    by: event.by.name.clone(),
                });
            }
            MeetingWhat::MinutesApproved {
                number,
                names_unrecorded,
            } => {
                if let Some(draft) = self.minutes.draft.take() {
                    let roll = self.invitations.clone();
                    let version = self.minutes.approved.len() + 1;
                    self.minutes.approved.push(Approved {
                        version: u16::try_from(version).unwrap_or(u16::MAX),
                        number: *number,
                        text: draft.text,
                        at: event.happened_at,
                        by: event.by.name.clone(),
                        why: self.minutes.amending.take(),
                        roll,
                        names_unrecorded: *names_unrecorded,
                    });
                }
            }
            MeetingWhat::MinutesAmended { reason } => {
                self.minutes.amending = Some(reason.clone());
            }
        }
        Ok(())
    }

    /// Whether `version` shows the meeting as it stands: answers and notes of who is there
    /// move nothing.
    pub fn stands_as_at(&self, version: u32) -> bool {
        (self.moved..=self.version).contains(&version)
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

    fn invitation_mut(&mut self, guest: &Guest) -> Option<&mut Invitation> {
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
fn invitations(plan: &Plan, before: &[Invitation]) -> Vec<Invitation> {
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
