//! Projects, orders that belong together, templates and published answers.

use domain::order::{Relationship, StageName};
use domain::project::ProjectLevel;
use domain::{Instant, Named};
use serde::{Deserialize, Serialize};

use super::{FileSheet, Laid};

/// Another order that has to do with the one on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedSheet {
    pub number: String,
    pub title: String,
    pub enterprise: String,
    pub stage: StageName,
    pub relationship: Relationship,
    /// Files of the order itself.
    pub files: Vec<FileSheet>,
}

/// An order that is like the one on the page, or like what somebody types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeSheet {
    pub number: String,
    pub title: String,
    pub enterprise: String,
    pub stage: StageName,
    pub percent: u16,
    pub same_enterprise: bool,
    /// Whether another can be merged into it, as it stands.
    pub takes_in: bool,
}

/// What is offered to somebody who types an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    pub guidance: Vec<GuidanceSheet>,
    /// Their own orders that say much the same.
    pub own: Vec<AlikeSheet>,
}

/// An answer that was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceSheet {
    pub id: i64,
    pub title: String,
    pub category: Named,
    pub body: Named,
    pub text: String,
    pub basis: Option<String>,
    pub at: Instant,
    /// Whether the reader can take it back.
    pub own: bool,
}

/// A way in which a body begins its replies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateSheet {
    pub id: i64,
    pub title: String,
    /// As it was written; on an order's page with its fields filled in.
    pub text: String,
}

/// A project in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRow {
    pub number: String,
    pub name: String,
    pub enterprise: String,
    pub level: ProjectLevel,
    pub township: Named,
    /// `None`: nobody, which is flagged.
    pub leader: Option<String>,
    /// That the reader may see.
    pub orders: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projects {
    pub rows: Vec<ProjectRow>,
    pub next: Option<String>,
    pub can_manage: bool,
}

/// Which projects a page shows, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectQuery {
    pub q: String,
    pub after: String,
}

/// One project with its orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectSheet {
    pub project: ProjectRow,
    /// The newest of its orders; the list has the others.
    pub orders: Laid,
    pub can_manage: bool,
}

/// Alike orders of different enterprises, as one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonSheet {
    pub first: String,
    pub title: String,
    pub enterprises: u64,
    pub rows: Laid,
    /// Those under way, as the address of several orders has them.
    pub open: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonProblems {
    pub groups: Vec<CommonSheet>,
    pub total: u64,
    /// Those put aside: (number of the first, its title).
    pub asides: Vec<(String, String)>,
    /// By the rules.
    pub enterprises: u16,
    pub days: u16,
    pub percent: u16,
}
