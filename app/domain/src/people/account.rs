//! Accounts: what they are called, and what their passwords must be like.

use serde::{Deserialize, Serialize};

use crate::actor::RoleName;
use crate::policy::Policy;
use crate::refusal::{Fault, Field, FieldFault};
use crate::text::plain;

/// What is typed to sign in: 2 to 40 of small letters, digits, `-`, `_` and `.`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountName(String);

impl AccountName {
    pub fn parse(field: Field, input: &str) -> Result<Self, FieldFault> {
        let fault = |fault| FieldFault { field, fault };
        let name = folded_name(input);
        if name.is_empty() {
            return Err(fault(Fault::Empty));
        }
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        let starts = name.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !starts || !name.chars().all(allowed) || !(2..=40).contains(&name.len()) {
            return Err(fault(Fault::NotAnAccountName));
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An account's name as it is kept and looked up, however a keyboard for Chinese wrote
/// it: in small letters of half width.
pub fn folded_name(typed: &str) -> String {
    plain(typed).trim().to_lowercase()
}

/// Longer ones only cost time to hash.
pub const LONGEST_PASSWORD: usize = 128;

/// Whether a password may be chosen: long enough, or mixed enough, and not made of
/// the account's name. Whether it is a common one is looked up elsewhere.
pub fn check_password(password: &str, account: &str, policy: &Policy) -> Result<(), Fault> {
    let length = password.chars().count();
    if length == 0 {
        return Err(Fault::Empty);
    }
    if length > LONGEST_PASSWORD {
        return Err(Fault::TooLong {
            max: LONGEST_PASSWORD,
            is: length,
        });
    }
    let long = usize::from(policy.password_length);
    let mixed = usize::from(policy.password_length_mixed);
    if length < long && (length < mixed || classes(password) < 3) {
        return Err(Fault::WeakPassword {
            long: policy.password_length,
            mixed: policy.password_length_mixed,
        });
    }
    let lower = password.to_lowercase();
    let name = account.to_lowercase();
    let is_name = lower == name || lower.chars().rev().eq(name.chars());
    // Of a name as short as that, a long password may well contain it.
    if is_name || (name.chars().count() >= 4 && lower.contains(&name)) {
        return Err(Fault::LikeTheName);
    }
    Ok(())
}

/// How many of: small letters, capitals, digits, everything else.
fn classes(password: &str) -> usize {
    let kinds: [fn(char) -> bool; 4] = [
        |c| c.is_lowercase(),
        |c| c.is_uppercase(),
        |c| c.is_numeric(),
        |c| !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric(),
    ];
    let there = kinds.into_iter().filter(|kind| password.chars().any(kind));
    there.count()
}

/// What still stands between a right password and the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// The code of the second factor is asked for.
    SecondFactor,
    /// The password was given by somebody else: it is changed first.
    NewPassword,
    /// The role needs a second factor, and there is none yet.
    Enrol,
    /// They belong to nothing any more, or not yet.
    NoMembership,
}

/// What is known of somebody who has signed in with their password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub has_second_factor: bool,
    pub proved_second_factor: bool,
    pub must_change_password: bool,
    pub role: Option<RoleName>,
}

impl Standing {
    /// The next gate, or none.
    pub fn gate(self, policy: &Policy) -> Option<Gate> {
        if self.has_second_factor && !self.proved_second_factor {
            return Some(Gate::SecondFactor);
        }
        if self.must_change_password {
            return Some(Gate::NewPassword);
        }
        let Some(role) = self.role else {
            return Some(Gate::NoMembership);
        };
        if !self.has_second_factor && policy.needs_second_factor(role) {
            return Some(Gate::Enrol);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_or_mixed_and_not_the_name() {
        let policy = Policy::default();
        let weak = || {
            Err(Fault::WeakPassword {
                long: 12,
                mixed: 10,
            })
        };
        let cases = [
            ("correct horse", Ok(()), "twelve of any kind"),
            ("Abcdefgh12", Ok(()), "ten of three kinds"),
            ("abcdefgh12", weak(), "ten of two kinds"),
            ("Abcdefg12", weak(), "nine"),
            (
                "密码要足够长才行呀哈哈",
                weak(),
                "eleven characters of one kind",
            ),
            (
                "密码要足够长才行呀哈哈哈",
                Ok(()),
                "characters count, not bytes",
            ),
            (
                "my-wangmin-2026",
                Err(Fault::LikeTheName),
                "the name is in it",
            ),
            (
                "MY-WANGMIN-2026",
                Err(Fault::LikeTheName),
                "in capitals too",
            ),
            ("", Err(Fault::Empty), "nothing"),
        ];
        for (password, expected, why) in cases {
            assert_eq!(
                check_password(password, "wangmin", &policy),
                expected,
                "{why}"
            );
        }
        let endless = "a".repeat(129);
        assert!(check_password(&endless, "wangmin", &policy).is_err());
    }

    #[test]
    fn gates_stand_in_the_right_order() {
        let policy = Policy::default();
        let standing = |has, proved, must, role| Standing {
            has_second_factor: has,
            proved_second_factor: proved,
            must_change_password: must,
            role,
        };
        let centre = Some(RoleName::Centre);
        let admin = Some(RoleName::SystemAdmin);
        let cases = [
            (standing(false, false, false, centre), None, "a clerk"),
            (
                standing(true, false, true, centre),
                Some(Gate::SecondFactor),
                "nothing before the second factor, not even a new password",
            ),
            (
                standing(true, true, true, centre),
                Some(Gate::NewPassword),
                "then that",
            ),
            (
                standing(false, false, false, admin),
                Some(Gate::Enrol),
                "an administrator",
            ),
            (standing(true, true, false, admin), None, "with both"),
            (
                standing(false, false, false, None),
                Some(Gate::NoMembership),
                "nobody's",
            ),
        ];
        for (standing, gate, why) in cases {
            assert_eq!(standing.gate(&policy), gate, "{why}");
        }
    }
}
