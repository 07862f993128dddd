//! Whom what happens to a meeting is told. Before the invitations have gone out, nobody is.

use super::guest::Guest;
use super::history::Meeting;
use crate::actor::RoleName;
use crate::case::told::Address;

/// Whoever is on the plan, and the chair.
pub(super) fn everybody<E>(_: &E, meeting: &Meeting) -> Vec<Address> {
    meeting.expected()
}

pub(super) fn once_invited<E>(_: &E, meeting: &Meeting) -> Vec<Address> {
    match meeting.invited {
        true => meeting.expected(),
        false => Vec::new(),
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

pub(super) fn address(guest: Guest) -> Address {
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
