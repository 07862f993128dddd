//! Projects, orders that belong together, templates and published answers.

use domain::order::StageName;
use domain::project::ProjectLevel;
use domain::{Category, Instant, Named};
use serde::{Deserialize, Serialize};

use super::{FileSheet, Laid};

/// Another order that has to do with the one on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedSheet {
    pub number: String,
    pub title: String,
    pub enterprise: String,
    pub stage: StageName,
    pub why: Why,
    /// Files of the order itself.
    pub files: Vec<FileSheet>,
}

/// What two orders have to do with each other, from this one's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The main order of this one.
    MergedInto,
    /// It is joined to this one.
    Merged,
    Linked,
    SplitOff,
    SplitFrom,
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

/// A page of published answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceList {
    pub items: Vec<GuidanceSheet>,
    /// Whether there are more than are shown.
    pub more: bool,
    pub categories: Vec<Category>,
    pub can_publish: bool,
}

/// What published answers are narrowed to, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuidanceQuery {
    pub q: String,
    pub category: String,
}

/// The form for publishing an answer, filled in from an order where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceForm {
    pub number: String,
    pub title: String,
    pub category: String,
    pub department: String,
    pub text: String,
    pub basis: String,
    pub categories: Vec<Category>,
    /// (code, name).
    pub departments: Vec<(String, Named)>,
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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Projects {
    pub rows: Vec<ProjectRow>,
    pub next: Option<String>,
    pub can_manage: bool,
}

/// Which projects a page shows, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectQuery {
    pub q: String,
    pub after: String,
}

/// One project with its orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectSheet {
    pub project: ProjectRow,
    /// The newest of its orders; the list has the others.
    pub orders: Laid,
    pub can_manage: bool,
}

/// The form for a project; what stands in it where there is one already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectForm {
    pub there: Option<ProjectRow>,
    pub township: String,
    pub leader: String,
    /// (code, name).
    pub townships: Vec<(String, Named)>,
    /// (number of the account, how they are called).
    pub leaders: Vec<(String, String)>,
}

/// Several orders that were chosen in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Many {
    pub rows: Laid,
    /// (number, title).
    pub orders: Vec<(String, String)>,
    /// The numbers, as the address has them.
    pub numbers: String,
    /// How many of the chosen there are not, or not to be seen.
    pub missing: usize,
    pub can_dispatch: bool,
    pub can_urge: bool,
    pub can_merge: bool,
    pub can_take: bool,
    pub can_note: bool,
    pub can_message: bool,
    pub can_extend: bool,
    /// What urging all of them does, and joining them.
    pub urge_consequence: String,
    pub merge_consequence: String,
    /// (code, name).
    pub departments: Vec<(String, Named)>,
}

/// Alike orders of different enterprises, as one matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommonSheet {
    pub first: String,
    pub title: String,
    pub enterprises: u64,
    pub rows: Laid,
    /// Those under way, as the address of several orders has them.
    pub open: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// A list of the hall before it is entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallPreview {
    pub draft: String,
    pub rows: Vec<HallLine>,
    pub wrong: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallLine {
    /// As the spreadsheet numbers it.
    pub row: usize,
    pub enterprise: String,
    pub title: String,
    /// As they would be kept; as they were typed where they are wrong.
    pub phone: String,
    pub category: String,
    pub township: String,
    pub urgency: String,
    pub happened: String,
    /// What is wrong with it, a sentence each.
    pub wrong: Vec<String>,
    /// An order under way that says the same.
    pub like: Option<String>,
}
