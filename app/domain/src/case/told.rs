//! Whom notices go to: they are addressed to offices and enterprises, so that
//! whoever holds the office reads them.

use super::Case;
use crate::actor::{Actor, BodyCode, EnterpriseId, Role, UserId};
use crate::clock::Told;

/// Where a notice goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    Enterprise(EnterpriseId),
    /// Somebody by themselves.
    Person(UserId),
    /// Everybody of a body.
    Body(BodyCode),
    Head(BodyCode),
    Centre,
    Supervision,
    Deputy,
    Office,
    Mayor,
}

impl Address {
    pub fn code(&self) -> String {
        match self {
            Self::Enterprise(id) => format!("enterprise:{id}"),
            Self::Person(id) => format!("person:{id}"),
            Self::Body(body) => format!("body:{body}"),
            Self::Head(body) => format!("head:{body}"),
            Self::Centre => "centre".to_owned(),
            Self::Supervision => "supervision".to_owned(),
            Self::Deputy => "deputy".to_owned(),
            Self::Office => "office".to_owned(),
            Self::Mayor => "mayor".to_owned(),
        }
    }
}

pub(crate) fn nobody<E, C: Case>(_: &E, _: &C) -> Vec<Address> {
    Vec::new()
}

pub(crate) fn bodies(bodies: &[BodyCode]) -> Vec<Address> {
    bodies.iter().cloned().map(Address::Body).collect()
}

/// Whom a level of the ladder tells, where `late` is the body that is late.
pub(crate) fn by_ladder(told: Told, late: Option<&BodyCode>) -> Address {
    match (told, late) {
        (Told::Body, Some(body)) => Address::Body(body.clone()),
        (Told::Head, Some(body)) => Address::Head(body.clone()),
        (Told::Body | Told::Head, None) | (Told::Centre, _) => Address::Centre,
        (Told::Supervision, _) => Address::Supervision,
        (Told::Deputy, _) => Address::Deputy,
        (Told::Office, _) => Address::Office,
        (Told::Mayor, _) => Address::Mayor,
    }
}

impl Actor {
    /// The addresses whose notices they read.
    pub fn addresses(&self) -> Vec<Address> {
        let mut addresses = self.role.addresses();
        addresses.extend(self.user.map(Address::Person));
        addresses
    }
}

impl Role {
    fn addresses(&self) -> Vec<Address> {
        match self {
            Role::Enterprise { enterprise, .. } => vec![Address::Enterprise(*enterprise)],
            Role::Handler { body } => vec![Address::Body(body.clone())],
            Role::Head { body } | Role::Township { body } => {
                vec![Address::Body(body.clone()), Address::Head(body.clone())]
            }
            Role::Centre { .. } => vec![Address::Centre],
            Role::Supervision => vec![Address::Supervision],
            Role::Deputy => vec![Address::Deputy],
            Role::Office => vec![Address::Office],
            Role::Mayor => vec![Address::Mayor],
            // By themselves only.
            Role::Leader => Vec::new(),
            Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor | Role::Clockwork => Vec::new(),
        }
    }
}
