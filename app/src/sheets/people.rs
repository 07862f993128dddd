//! Accounts, sessions, policy, audit.

use domain::rights::{Action, Grant};
use domain::{Instant, Named, RoleName};
use serde::{Deserialize, Serialize};

/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyAccount {
    pub account: String,
    pub display: String,
    pub memberships: Vec<MyMembership>,
    pub sessions: Vec<SessionRow>,
    pub has_factor: bool,
    /// Whether the role cannot do without.
    pub needs_factor: bool,
    pub recovery_left: u64,
    pub password_length: u16,
    pub password_length_mixed: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyMembership {
    pub id: i64,
    pub role: RoleName,
    pub place: Option<Named>,
    pub current: bool,
}

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

/// What one scans, or types, to set a second factor up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorOffer {
    pub svg: String,
    pub typed: String,
    pub recovery: Vec<String>,
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

/// Accounts of many people before they are made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountsPreview {
    pub draft: String,
    /// As it was put in.
    pub list: String,
    pub rows: Vec<AccountLine>,
    pub wrong: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// Its line in the list.
    pub row: usize,
    pub name: String,
    pub display: String,
    pub phone: String,
    /// In words; what was typed where there is no such role or body.
    pub role: String,
    pub place: String,
    /// The first one; shown until the account is made.
    pub password: String,
    pub wrong: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSheet {
    pub account: AccountRow,
    /// Whether it is the reader's own.
    pub mine: bool,
    /// Whether they administer the system: nobody resets such an account by page.
    pub administers: bool,
    /// Whether their second factor is taken off on the server only.
    pub keeps_factor: bool,
    pub memberships: Vec<MembershipSheet>,
    pub bodies: Vec<(String, Named)>,
    /// The bodies that a deputy mayor answers for; `None` for others.
    pub answers_for: Option<Vec<String>>,
    pub initial: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipSheet {
    pub id: i64,
    pub role: RoleName,
    pub manages: bool,
    pub place: Option<Named>,
    /// Orders under way that they answer for.
    pub open: u64,
}

/// Somebody who leaves, what they have open, and who could take it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    pub membership: i64,
    pub user: i64,
    pub account: String,
    pub display: String,
    pub role: RoleName,
    /// Whether they administer an enterprise: whoever follows them will.
    pub manages: bool,
    pub place: Option<Named>,
    /// The numbers of the orders that go over.
    pub orders: Vec<String>,
    /// How many orders wait for the role of which nobody is left then.
    pub waiting: u64,
    pub colleagues: Vec<Colleague>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub user: i64,
    pub account: String,
    pub display: String,
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

/// What an applicant types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registering {
    pub enterprise: String,
    pub credit_code: String,
    pub township: String,
    pub display: String,
    pub phone: String,
    pub name: String,
    pub new_password: String,
    pub repeat: String,
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
pub struct Members {
    pub members: Vec<Member>,
    pub invitations: Vec<InvitationSheet>,
    /// Where the program is reached, for links that are passed on.
    pub origin: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub membership: i64,
    pub account: String,
    pub display: String,
    pub phone: String,
    pub manages: bool,
    pub disabled: bool,
    pub mine: bool,
    pub open: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationSheet {
    pub id: i64,
    pub enterprise: String,
    pub display: String,
    pub manages: bool,
    pub until: Instant,
    /// Who looks at it, where they are signed in.
    pub signed_in: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySheet {
    /// (name, now, least, most).
    pub rows: Vec<(String, u16, u16, u16)>,
    /// (role, whether it needs a second factor, whether that cannot be changed).
    pub second_factor: Vec<(RoleName, bool, bool)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    pub rows: Vec<SessionRow>,
    pub count: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    pub rows: Vec<(Action, Vec<Grant>)>,
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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSheet {
    pub lines: Vec<AuditLine>,
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    pub id: i64,
    pub at: Instant,
    pub name: String,
    /// The account, where the name is not that.
    pub account: String,
    pub role: String,
    pub deed: String,
    pub object: String,
    pub detail: String,
    pub address: String,
    pub request: String,
    /// The beginning of it.
    pub hash: String,
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
