//! Who acts. What a role may do with an order stands in `order::permission`.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::codes::codes;

pub type UserId = i64;
pub type EnterpriseId = i64;

/// The code of a department, township or office, as in the directory.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BodyCode(String);

impl BodyCode {
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for BodyCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody who acts, in one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// `None` is the program itself: the sweep.
    pub user: Option<UserId>,
    /// As the history shows them.
    pub name: String,
    pub role: Role,
}

impl Actor {
    /// Whether the only orders that they see are those of their projects: what they
    /// have found, they are in charge of.
    pub(crate) fn sees_only_in_charge(&self) -> bool {
        self.role.name() == RoleName::Leader
    }

    /// The sweep, which acts by the rules and for nobody.
    pub fn clockwork() -> Self {
        Self {
            user: None,
            name: String::new(),
            role: Role::Clockwork,
        }
    }
}

/// A role with the place that it is held in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Role {
    /// A member of an enterprise.
    Enterprise {
        enterprise: EnterpriseId,
        /// Whether they invite its other members and end their membership.
        manages: bool,
    },
    /// The dispatch centre (推进中心).
    Centre {
        body: BodyCode,
    },
    /// Handles orders in a department or township.
    Handler {
        body: BodyCode,
    },
    /// Answers for a department.
    Head {
        body: BodyCode,
    },
    /// A township: handles what is dispatched to it, sees what lies in it.
    Township {
        body: BodyCode,
    },
    /// The supervision office (督查室).
    Supervision,
    /// The deputy mayor in charge (分管副市长).
    Deputy,
    /// The mayor's office.
    Office,
    Mayor,
    /// A leader in charge (分包领导): answers for the projects that name them.
    Leader,
    SystemAdmin,
    SecurityAdmin,
    Auditor,
    /// The program itself, when a time has come.
    Clockwork,
}

/// A role without its place, as histories and tables name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RoleName {
    Enterprise,
    Centre,
    Handler,
    Head,
    Township,
    Supervision,
    Deputy,
    Office,
    Mayor,
    Leader,
    SystemAdmin,
    SecurityAdmin,
    Auditor,
    Clockwork,
}

codes!(RoleName);

impl Role {
    pub fn name(&self) -> RoleName {
        match self {
            Self::Enterprise { .. } => RoleName::Enterprise,
            Self::Centre { .. } => RoleName::Centre,
            Self::Handler { .. } => RoleName::Handler,
            Self::Head { .. } => RoleName::Head,
            Self::Township { .. } => RoleName::Township,
            Self::Supervision => RoleName::Supervision,
            Self::Deputy => RoleName::Deputy,
            Self::Office => RoleName::Office,
            Self::Mayor => RoleName::Mayor,
            Self::Leader => RoleName::Leader,
            Self::SystemAdmin => RoleName::SystemAdmin,
            Self::SecurityAdmin => RoleName::SecurityAdmin,
            Self::Auditor => RoleName::Auditor,
            Self::Clockwork => RoleName::Clockwork,
        }
    }

    /// The body that the role is held in.
    pub fn body(&self) -> Option<&BodyCode> {
        match self {
            Self::Centre { body }
            | Self::Handler { body }
            | Self::Head { body }
            | Self::Township { body } => Some(body),
            Self::Enterprise { .. }
            | Self::Supervision
            | Self::Deputy
            | Self::Office
            | Self::Mayor
            | Self::Leader
            | Self::SystemAdmin
            | Self::SecurityAdmin
            | Self::Auditor
            | Self::Clockwork => None,
        }
    }
}
