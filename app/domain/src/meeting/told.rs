//! Who is told of what happens to a meeting.

use super::event::{MeetingEvent, MeetingWhat};
use super::guest::Guest;
use super::history::Meeting;
use crate::actor::RoleName;
use crate::order::told::Address;

impl Meeting {
    /// Who is told of an event (of the meeting as it stands afterwards). Before the
    /// invitations have gone out, nobody is.
    pub fn addresses(&self, event: &MeetingEvent) -> Vec<Address> {
        let guests = self.plan.guests().map(address);
        let chair = Address::Person(self.plan.chair.user);
        match &event.what {
            MeetingWhat::Invited | MeetingWhat::Reminded => guests.chain([chair]).collect(),
            MeetingWhat::Changed { .. } | MeetingWhat::Cancelled { .. } if self.invited => {
                guests.chain([chair]).collect()
            }
            MeetingWhat::Answered { .. } => vec![Address::Office],
            MeetingWhat::MinutesWritten { .. } | MeetingWhat::ChairNamed { .. } => vec![chair],
            // Enterprises read what was decided in their orders.
            MeetingWhat::MinutesApproved { .. } => {
                let bodies = guests.filter(|guest| matches!(guest, Address::Body(_)));
                bodies.chain([Address::Office]).collect()
            }
            MeetingWhat::Called { .. }
            | MeetingWhat::Changed { .. }
            | MeetingWhat::Cancelled { .. }
            | MeetingWhat::PutOn { .. }
            | MeetingWhat::TakenOff { .. }
            | MeetingWhat::MovedUp { .. }
            | MeetingWhat::Opened
            | MeetingWhat::Attended { .. }
            | MeetingWhat::Decided { .. }
            | MeetingWhat::Deferred { .. }
            | MeetingWhat::Ended
            | MeetingWhat::MinutesAmended { .. } => Vec::new(),
        }
    }
}

impl Meeting {
    /// Who is told that they are not expected any more, of a meeting that stood as `before`.
    pub fn dropped(&self, before: &Self) -> Vec<Address> {
        if !before.invited {
            return Vec::new();
        }
        let still = self.expected();
        let mut dropped = before.expected();
        dropped.retain(|one| !still.contains(one));
        dropped
    }

    fn expected(&self) -> Vec<Address> {
        let chair = Address::Person(self.plan.chair.user);
        self.plan.guests().map(address).chain([chair]).collect()
    }
}

fn address(guest: Guest) -> Address {
    match guest {
        Guest::Body(body) => Address::Body(body),
        Guest::Enterprise(enterprise) => Address::Enterprise(enterprise),
    }
}

impl RoleName {
    /// Whether somebody in this role can have the chair of a meeting.
    pub fn can_preside(self) -> bool {
        match self {
            Self::Mayor | Self::Deputy | Self::Office | Self::Leader => true,
            Self::Enterprise
            | Self::Centre
            | Self::Handler
            | Self::Head
            | Self::Township
            | Self::Supervision
            | Self::SystemAdmin
            | Self::SecurityAdmin
            | Self::Auditor
            | Self::Clockwork => false,
        }
    }
}
