//! Accounts, sessions, policy, audit.

use domain::{Instant, Named, RoleName};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: i64,
    pub account: String,
    pub display: String,
    pub began_at: Instant,
    pub seen_at: Instant,
    pub address: String,
    pub agent: String,
    pub current: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    pub id: i64,
    pub name: String,
    pub display: String,
    pub phone: String,
    pub disabled: bool,
    pub has_factor: bool,
    /// Each with the body or enterprise that it is held in.
    pub roles: Vec<(RoleName, Option<Named>)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    pub rows: Vec<AccountRow>,
    pub next: Option<String>,
    /// (code, name).
    pub bodies: Vec<(String, Named)>,
    /// A password for the next account.
    pub initial: String,
}

/// What the page for registering needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationForm {
    /// A declined application, to be mended.
    pub again: Option<RegistrationSheet>,
    pub townships: Vec<(String, Named)>,
    pub password_length: u16,
    pub password_length_mixed: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationSheet {
    pub id: i64,
    pub enterprise: String,
    pub code: String,
    pub township_code: String,
    pub township: Option<Named>,
    pub display: String,
    pub phone: String,
    /// As they wished.
    pub wish: String,
    /// As it is.
    pub account: String,
    pub at: Instant,
    pub decided_at: Option<Instant>,
    pub approved: Option<bool>,
    pub reason: Option<String>,
    /// Whether the enterprise is there already.
    pub known: bool,
    /// Whether another application that waits is for the same enterprise.
    pub doubled: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registrations {
    pub open: Vec<RegistrationSheet>,
    /// How many wait in all.
    pub waiting: u64,
    pub decided: Vec<RegistrationSheet>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    pub rows: Vec<SessionRow>,
    pub count: u64,
}

/// What the audit is narrowed to, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditQuery {
    pub q: String,
    pub deed: String,
    /// Days, both included.
    pub from: String,
    pub until: String,
    pub before: String,
}

/// The accounts of the demo that are named; the others go by the codes of their bodies.
pub const DEMO_ACCOUNTS: [&str; 17] = [
    "enterprise",
    "enterprise2",
    "centre",
    "zrzy",
    "zrzy-head",
    "sthj",
    "zjj",
    "gd",
    "laiji",
    "supervision",
    "deputy",
    "office",
    "mayor",
    "leader",
    "admin",
    "security",
    "auditor",
];
