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
pub use oracle::Ignorance;
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
    /// Breaks the data directory before life begins, in tests of the simulation itself.
    pub tamper: Option<fn(&std::path::Path)>,
    pub ignorance: Ignorance,
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
    fn add(&mut self, other: &Self) {
        self.escalations_due += other.escalations_due;
        self.missed += other.missed;
        self.duplicated += other.duplicated;
        self.early += other.early;
        self.late += other.late;
        self.lost += other.lost;
    }

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

/// Orders of one town: each has a data directory and lives of its own, so that towns are
/// lived side by side.
const TOWN: u32 = 5000;

/// Blocking: call it off the runtime. The same plan gives the same verdict, on however
/// many cores.
pub fn simulate(plan: &Plan) -> Result<Verdict, SimulationError> {
    let towns: Vec<Plan> = (0..plan.orders.div_ceil(TOWN))
        .map(|town| Plan {
            seed: plan.seed.wrapping_add(u64::from(town) * 1_000_003),
            orders: TOWN.min(plan.orders - town * TOWN),
            ..plan.clone()
        })
        .collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut whole = Verdict {
        seed: plan.seed,
        orders: plan.orders,
        ..Verdict::default()
    };
    for side_by_side in towns.chunks(cores) {
        let verdicts: Vec<_> = std::thread::scope(|scope| {
            let lives = side_by_side.iter().map(|town| scope.spawn(|| live(town)));
            let lives: Vec<_> = lives.collect();
            lives.into_iter().map(|life| life.join()).collect()
        });
        for verdict in verdicts {
            whole.add(&verdict.map_err(|_| SimulationError::Stopped)??);
        }
    }
    Ok(whole)
}

fn live(plan: &Plan) -> Result<Verdict, SimulationError> {
    let folder = tempfile::TempDir::new()?;
    let mut life = Life::begin(folder.path(), plan)?;
    let years = 2025..2027 + i32::from(plan.years);
    let mut oracle = Oracle::new(life.statutory(years)?, plan.ignorance);
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
    type Read = Result<(usize, u32, Option<life::History>), SimulationError>;
    let orders = town.placed().map(|(order, number, acknowledged)| {
        let history = life.history(number)?;
        Read::Ok((order, acknowledged, history))
    });
    let tasks = town.given().map(|(task, number, acknowledged)| {
        let history = life.task_history(number)?;
        Read::Ok((task, acknowledged, history))
    });
    for read in orders.chain(tasks) {
        let (order, acknowledged, history) = read?;
        match history {
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
    use std::path::Path;

    fn plan(seed: u64, orders: u32, faults: bool) -> Plan {
        Plan {
            seed,
            orders,
            years: 2,
            faults,
            engine_knows: |_| true,
            tamper: None,
            ignorance: Ignorance::Nothing,
        }
    }

    fn lived(plan: &Plan) -> Verdict {
        match simulate(plan) {
            Ok(verdict) => verdict,
            Err(error) => panic!("{error}: {:?}", std::error::Error::source(&error)),
        }
    }

    /// `make test` lives through thousands of orders with the optimised program.
    fn is_right(seed: u64, faults: bool) {
        let verdict = lived(&plan(seed, 150, faults));
        assert!(verdict.is_clean(), "{verdict:?}");
        assert!(verdict.escalations_due > 100, "{verdict:?}");
    }

    #[test]
    fn nothing_is_missed_doubled_early_late_or_lost() {
        is_right(7, false);
    }

    #[test]
    fn nothing_is_with_crashes_and_standstills_of_the_program() {
        is_right(1, true);
    }

    #[test]
    fn the_same_seed_lives_the_same_lives_with_crashes_too() {
        let plan = plan(3, 60, true);
        assert_eq!(lived(&plan), lived(&plan));
    }

    #[test]
    fn an_engine_that_ignores_make_up_workdays_is_found_out() {
        let broken = Plan {
            engine_knows: |worked| !worked,
            ..plan(7, 150, false)
        };
        assert!(!lived(&broken).is_clean());
        let real = lived(&plan(7, 150, false));
        assert!(real.is_clean(), "{real:?}");
    }

    #[test]
    fn an_engine_that_forgets_standstills_at_a_level_is_found_out() {
        let apart = Plan {
            ignorance: Ignorance::Standstills,
            ..plan(7, 400, false)
        };
        assert!(!lived(&apart).is_clean());
    }

    /// Its rules say that lunch is over as it begins.
    fn no_lunch(folder: &Path) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap_or_else(|error| panic!("{error}"));
        let done = runtime.block_on(store::cut::change_hours(folder, "resumes", 721));
        done.unwrap_or_else(|error| panic!("{error}"));
    }

    #[test]
    fn an_engine_that_fires_at_lunch_is_found_out() {
        let broken = Plan {
            tamper: Some(no_lunch),
            ..plan(7, 400, false)
        };
        assert!(!lived(&broken).is_clean());
    }
}
