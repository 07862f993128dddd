//! The bodies of the city and the categories of orders: rows, not constants.

use serde::{Deserialize, Serialize};

use crate::actor::BodyCode;

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub zh: String,
    pub en: String,
}

/// A department, township or office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub code: BodyCode,
    pub name: Named,
    pub short: Named,
    pub kind: BodyKind,
    /// Whether its head approves a handler's replies before they go out.
    #[serde(default)]
    pub approves_replies: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// One of the twelve of the joint approval.
    JointApproval,
    /// Supplies land, money, power, water, gas, heat.
    Factor,
    Other,
    Subdistrict,
    Town,
    Township,
    Centre,
    Supervision,
    MayorOffice,
}

impl BodyKind {
    const ALL: [(Self, &'static str); 9] = [
        (Self::JointApproval, "joint_approval"),
        (Self::Factor, "factor"),
        (Self::Other, "other"),
        (Self::Subdistrict, "subdistrict"),
        (Self::Town, "town"),
        (Self::Township, "township"),
        (Self::Centre, "centre"),
        (Self::Supervision, "supervision"),
        (Self::MayorOffice, "mayor_office"),
    ];

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, c)| *c == code).map(|(k, _)| *k)
    }

    pub fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, code)| code)
    }

    /// The seventeen townships, towns and subdistricts.
    pub fn is_township(self) -> bool {
        matches!(self, Self::Subdistrict | Self::Town | Self::Township)
    }

    /// Whether orders are dispatched to bodies of this kind.
    pub fn fulfils_orders(self) -> bool {
        match self {
            Self::JointApproval
            | Self::Factor
            | Self::Other
            | Self::Subdistrict
            | Self::Town
            | Self::Township => true,
            Self::Centre | Self::Supervision | Self::MayorOffice => false,
        }
    }
}

/// What an order is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub code: String,
    pub name: Named,
    /// Examples, as the tile shows them.
    pub examples: Named,
}

/// Every body and category there is, in the order in which lists show them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Directory {
    pub bodies: Vec<Body>,
    pub categories: Vec<Category>,
}

impl Directory {
    pub fn body(&self, code: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.code.as_str() == code)
    }

    /// A body that orders can be dispatched to.
    pub fn department(&self, code: &str) -> Option<&Body> {
        self.body(code).filter(|body| body.kind.fulfils_orders())
    }

    pub fn township(&self, code: &str) -> Option<&Body> {
        self.body(code).filter(|body| body.kind.is_township())
    }

    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|c| c.code == code)
    }
}
