//! What the security administrator decides: passwords, sessions, guesses. Rows, with
//! bounds that none of them can be moved past.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::actor::RoleName;
use crate::refusal::{Fault, Faults, Field, Refusal};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// In characters, of whatever kind.
    pub password_length: u16,
    /// In characters, of at least three kinds.
    pub password_length_mixed: u16,
    /// So many former passwords are not chosen again.
    pub password_history: u16,
    /// Minutes without use after which a session ends.
    pub session_idle: u16,
    /// Hours after which it ends in any case.
    pub session_longest: u16,
    /// Wrong passwords for one account before the next has to wait.
    pub guesses_account: u16,
    /// Wrong passwords from one address before the next has to wait.
    pub guesses_address: u16,
    /// Minutes that one waits at most.
    pub longest_wait: u16,
    /// Days for which a password holds that somebody else gave.
    pub given_password: u16,
    /// Days for which a bearer token holds.
    pub token: u16,
    /// Days for which an invitation holds.
    pub invitation: u16,
    /// Megabytes that one attachment has at most.
    pub attachment: u16,
    /// Roles that cannot do without a second factor.
    pub second_factor: Vec<RoleName>,
}

/// A row: its name, what it is now, and its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub name: &'static str,
    pub min: u16,
    pub max: u16,
}

const fn row(name: &'static str, min: u16, max: u16) -> Row {
    Row { name, min, max }
}

pub const ROWS: [Row; 12] = [
    row("password_length", 12, 64),
    row("password_length_mixed", 10, 64),
    row("password_history", 5, 24),
    row("session_idle", 5, 720),
    row("session_longest", 1, 24),
    row("guesses_account", 3, 10),
    row("guesses_address", 10, 200),
    row("longest_wait", 1, 60),
    row("given_password", 1, 30),
    row("token", 1, 730),
    row("invitation", 1, 30),
    row("attachment", 1, 50),
];

impl Default for Policy {
    fn default() -> Self {
        Self {
            password_length: 12,
            password_length_mixed: 10,
            password_history: 5,
            session_idle: 120,
            session_longest: 12,
            guesses_account: 5,
            guesses_address: 30,
            longest_wait: 15,
            given_password: 7,
            token: 365,
            invitation: 7,
            attachment: 50,
            second_factor: vec![
                RoleName::Office,
                RoleName::Mayor,
                RoleName::SystemAdmin,
                RoleName::SecurityAdmin,
                RoleName::Auditor,
            ],
        }
    }
}

impl Policy {
    pub fn get(&self, name: &str) -> u16 {
        match name {
            "password_length" => self.password_length,
            "password_length_mixed" => self.password_length_mixed,
            "password_history" => self.password_history,
            "session_idle" => self.session_idle,
            "session_longest" => self.session_longest,
            "guesses_account" => self.guesses_account,
            "guesses_address" => self.guesses_address,
            "longest_wait" => self.longest_wait,
            "given_password" => self.given_password,
            "token" => self.token,
            "invitation" => self.invitation,
            "attachment" => self.attachment,
            _ => 0,
        }
    }

    /// Sets a row; `false` where there is none of that name.
    pub fn set(&mut self, name: &str, amount: u16) -> bool {
        let place = match name {
            "password_length" => &mut self.password_length,
            "password_length_mixed" => &mut self.password_length_mixed,
            "password_history" => &mut self.password_history,
            "session_idle" => &mut self.session_idle,
            "session_longest" => &mut self.session_longest,
            "guesses_account" => &mut self.guesses_account,
            "guesses_address" => &mut self.guesses_address,
            "longest_wait" => &mut self.longest_wait,
            "given_password" => &mut self.given_password,
            "token" => &mut self.token,
            "invitation" => &mut self.invitation,
            "attachment" => &mut self.attachment,
            _ => return false,
        };
        *place = amount;
        true
    }

    /// A policy as it was typed; names every row that is no number within its bounds.
    pub fn edited(
        typed: impl Fn(&str) -> Option<String>,
        second_factor: Vec<RoleName>,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let mut policy = Self {
            second_factor: always(second_factor),
            ..Self::default()
        };
        for Row { name, min, max } in ROWS {
            let text = typed(name).unwrap_or_default();
            match text.trim().parse::<u16>() {
                Ok(amount) if (min..=max).contains(&amount) => {
                    policy.set(name, amount);
                }
                _ => faults.add(
                    Field::Rule,
                    Fault::Rule {
                        name: name.to_owned(),
                        min,
                        max,
                    },
                ),
            }
        }
        if faults.is_empty() {
            Ok(policy)
        } else {
            Err(faults.refusal())
        }
    }

    pub fn needs_second_factor(&self, role: RoleName) -> bool {
        self.second_factor.contains(&role)
    }

    pub fn idle(&self) -> Duration {
        Duration::minutes(self.session_idle.into())
    }

    pub fn longest(&self) -> Duration {
        Duration::hours(self.session_longest.into())
    }

    /// Whether a password that was given then can still be signed in with.
    pub fn still_holds(&self, given: Instant, now: Instant) -> bool {
        now - given < Duration::days(self.given_password.into())
    }

    /// How long the next attempt has to wait after so many wrong ones: nothing at
    /// first, then doubling. It slows a stranger down and locks nobody out for good.
    pub fn wait_after(&self, failures: u32, free: u16) -> Duration {
        let Some(over) = failures.checked_sub(u32::from(free)) else {
            return Duration::zero();
        };
        let seconds = 1_i64.checked_shl(over.min(20) + 2).unwrap_or(i64::MAX);
        Duration::seconds(seconds).min(Duration::minutes(self.longest_wait.into()))
    }
}

/// Administrators and the mayor's office cannot be let off.
fn always(mut chosen: Vec<RoleName>) -> Vec<RoleName> {
    for role in Policy::default().second_factor {
        if !chosen.contains(&role) {
            chosen.push(role);
        }
    }
    chosen.sort();
    chosen.dedup();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_are_slowed_down_and_never_locked_out_for_good() {
        let policy = Policy::default();
        let waits = |failures| policy.wait_after(failures, 5).num_seconds();
        assert_eq!([waits(0), waits(4), waits(5), waits(6)], [0, 0, 4, 8]);
        assert_eq!(waits(1000), 15 * 60);
    }

    #[test]
    fn a_password_that_somebody_else_gave_holds_for_days() {
        let policy = Policy::default();
        let given = Instant::UNIX_EPOCH;
        let after = |hours| policy.still_holds(given, given + Duration::hours(hours));
        assert!(after(7 * 24 - 1));
        assert!(!after(7 * 24));
    }

    #[test]
    fn a_policy_cannot_be_made_weaker_than_the_least() {
        let typed = |name: &str| match name {
            "password_length" => Some("8".to_owned()),
            name => Some(Policy::default().get(name).to_string()),
        };
        assert!(Policy::edited(typed, Vec::new()).is_err());
        let typed = |name: &str| Some(Policy::default().get(name).to_string());
        let policy = Policy::edited(typed, Vec::new()).unwrap_or_default();
        assert!(policy.needs_second_factor(RoleName::Auditor));
        assert!(policy.needs_second_factor(RoleName::Office));
    }
}
