//! What the audit keeps: who did or tried what.

use serde::{Deserialize, Serialize};

/// The kinds of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
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
    ContactRead,
    AuditExported,
    Refused,
    /// Events of orders, sealed by this line.
    Steps,
}

impl Deed {
    pub const ALL: [Self; 33] = [
        Self::SignedIn,
        Self::SignInFailed,
        Self::SignedOut,
        Self::SecondFactorFailed,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::SecondFactorSet,
        Self::SecondFactorRemoved,
        Self::RecoveryCodeUsed,
        Self::ActsAs,
        Self::SessionEnded,
        Self::TokenMade,
        Self::AccountAdded,
        Self::AccountDisabled,
        Self::AccountEnabled,
        Self::AccountCorrected,
        Self::MembershipAdded,
        Self::MembershipChanged,
        Self::MembershipEnded,
        Self::HandedOver,
        Self::Registered,
        Self::RegistrationDecided,
        Self::Invited,
        Self::Uninvited,
        Self::Joined,
        Self::IdentityLinked,
        Self::PolicyChanged,
        Self::RulesChanged,
        Self::CalendarApplied,
        Self::ContactRead,
        Self::AuditExported,
        Self::Refused,
        Self::Steps,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SignedOut => "signed_out",
            Self::SecondFactorFailed => "second_factor_failed",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::SecondFactorSet => "second_factor_set",
            Self::SecondFactorRemoved => "second_factor_removed",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::ActsAs => "acts_as",
            Self::SessionEnded => "session_ended",
            Self::TokenMade => "token_made",
            Self::AccountAdded => "account_added",
            Self::AccountDisabled => "account_disabled",
            Self::AccountEnabled => "account_enabled",
            Self::AccountCorrected => "account_corrected",
            Self::MembershipAdded => "membership_added",
            Self::MembershipChanged => "membership_changed",
            Self::MembershipEnded => "membership_ended",
            Self::HandedOver => "handed_over",
            Self::Registered => "registered",
            Self::RegistrationDecided => "registration_decided",
            Self::Invited => "invited",
            Self::Uninvited => "uninvited",
            Self::Joined => "joined",
            Self::IdentityLinked => "identity_linked",
            Self::PolicyChanged => "policy_changed",
            Self::RulesChanged => "rules_changed",
            Self::CalendarApplied => "calendar_applied",
            Self::ContactRead => "contact_read",
            Self::AuditExported => "audit_exported",
            Self::Refused => "refused",
            Self::Steps => "steps",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.code() == code)
    }
}
