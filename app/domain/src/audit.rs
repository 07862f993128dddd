//! What the audit keeps: who did or tried what.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::codes::codes;

/// The kinds of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AuditKind {
    SignedIn,
    SignInFailed,
    SignedOut,
    SecondFactorFailed,
    PasswordChanged,
    PasswordReset,
    SecondFactorSet,
    SecondFactorRemoved,
    RecoveryCodeUsed,
    ActsAs,
    SessionEnded,
    TokenMade,
    TokensRevoked,
    AccountAdded,
    AccountDisabled,
    AccountEnabled,
    AccountCorrected,
    MembershipAdded,
    MembershipChanged,
    MembershipEnded,
    HandedOver,
    Registered,
    RegistrationDecided,
    Invited,
    Uninvited,
    Joined,
    IdentityLinked,
    PolicyChanged,
    RulesChanged,
    CalendarApplied,
    BodyChanged,
    CategoryChanged,
    ProjectChanged,
    GuidancePublished,
    GuidanceWithdrawn,
    OrdersEntered,
    ContactRead,
    AuditExported,
    OrdersExported,
    Refused,
    /// What happened to a meeting.
    Meetings,
    /// What happened to a task by itself.
    Tasks,
    /// The address of a calendar that programs subscribe to.
    FeedMade,
    /// Events of orders, sealed by this line.
    Steps,
}

codes!(AuditKind);
