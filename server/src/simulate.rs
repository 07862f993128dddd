//! Years on an invented clock: people act on orders through the real store and the
//! real rules, the program stops, crashes and catches up, and an oracle written
//! apart says what should have happened.

mod life;
mod oracle;
mod people;

use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use life::Life;
use oracle::{Key, Oracle};
use people::Town;

/// What is lived through.
#[derive(Debug, Clone)]
pub struct Plan {
    pub seed: u64,
    pub orders: u32,
    /// From January 2025 on.
    pub years: u16,
    pub faults: bool,
    /// Which days of a notice the engine is given, by whether they are worked: all of
    /// them. The simulation is worth something only if it finds out an engine that
    /// does not know of the make-up workdays.
    pub engine_knows: fn(bool) -> bool,
}

/// What the oracle found. All but the first three are faults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub seed: u64,
    pub orders: u32,
    pub escalations_due: u64,
    /// Levels of the ladder that should have fired and did not.
    pub missed: u64,
    pub duplicated: u64,
    /// Fired before their time, or without any.
    pub early: u64,
    pub late: u64,
    /// Acknowledged and not there any more, or not told to whom it concerns.
    pub lost: u64,
}

impl Verdict {
    pub fn is_clean(&self) -> bool {
        let faults = [
            self.missed,
            self.duplicated,
            self.early,
            self.late,
            self.lost,
        ];
        faults.iter().all(|count| *count == 0)
    }
}

#[derive(Debug, Error)]
pub enum SimulationError {
    #[error("the simulation has no folder for its data")]
    Folder(#[from] std::io::Error),
    #[error("the simulated program does not start")]
    Open(#[from] store::OpenError),
    #[error("the simulated program failed")]
    Store(#[from] store::Error),
    #[error("the simulated program does not run")]
    Stopped,
    #[error("the simulated calendar or order is not right")]
    Refused(#[from] domain::Refusal),
}

/// Blocking: call it off the runtime.
pub fn simulate(plan: &Plan) -> Result<Verdict, SimulationError> {
    let folder = tempfile::TempDir::new()?;
    let mut life = Life::begin(folder.path(), plan)?;
    let mut oracle = Oracle::new();
    let mut town = Town::new(plan);
    town.live(&mut life, &mut oracle)?;
    judge(plan, &town, &life, &oracle)
}

/// Compares what the histories say with what the oracle expects.
fn judge(
    plan: &Plan,
    town: &Town,
    life: &Life,
    oracle: &Oracle,
) -> Result<Verdict, SimulationError> {
    let mut verdict = Verdict {
        seed: plan.seed,
        orders: plan.orders,
        escalations_due: oracle.expected().len() as u64,
        ..Verdict::default()
    };
    let mut fired: BTreeMap<Key, Vec<i64>> = BTreeMap::new();
    let mut told = 0;
    for (order, number, acknowledged) in town.placed() {
        match life.history(number)? {
            Some(history) if history.version >= acknowledged => {
                told += history.told_to_supervision;
                for (clock, cycle, round, level, at) in history.fired {
                    let key = Key {
                        order,
                        clock,
                        cycle,
                        round,
                        level,
                    };
                    fired.entry(key).or_default().push(at);
                }
            }
            Some(_) | None => verdict.lost += 1,
        }
    }
    verdict.lost += told.abs_diff(life.told_to_supervision()?);
    for (key, at) in &fired {
        verdict.duplicated += at.len() as u64 - 1;
        match oracle.expected().get(key) {
            None => verdict.early += 1,
            Some(expected) if at[0] < *expected => verdict.early += 1,
            Some(expected) if at[0] > *expected => verdict.late += 1,
            Some(_) => {}
        }
    }
    let missed = oracle
        .expected()
        .keys()
        .filter(|key| !fired.contains_key(key));
    verdict.missed = missed.count() as u64;
    Ok(verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lived(seed: u64, orders: u32, faults: bool, engine_knows: fn(bool) -> bool) -> Verdict {
        let plan = Plan {
            seed,
            orders,
            years: 3,
            faults,
            engine_knows,
        };
        match simulate(&plan) {
            Ok(verdict) => verdict,
            Err(error) => panic!("{error}: {:?}", std::error::Error::source(&error)),
        }
    }

    #[test]
    fn nothing_is_missed_doubled_early_late_or_lost() {
        let verdict = lived(7, 150, true, |_| true);
        assert!(verdict.is_clean(), "{verdict:?}");
        assert!(verdict.escalations_due > 50, "{verdict:?}");
    }

    #[test]
    fn an_engine_that_ignores_make_up_workdays_is_found_out() {
        let verdict = lived(7, 150, false, |worked| !worked);
        assert!(!verdict.is_clean(), "{verdict:?}");
        let real = lived(7, 150, false, |_| true);
        assert!(real.is_clean(), "{real:?}");
    }
}
