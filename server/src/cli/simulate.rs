use clap::Args;

use super::{Failure, print};
use crate::simulate::{Ignorance, Plan, simulate};

/// Live through years on an invented clock with invented people, by the real rules
/// and the real store, and let an oracle that shares no code with them judge what
/// was due. Prints one JSON object; fails if anything was missed, done twice, early,
/// late or lost.
#[derive(Args)]
pub struct Simulate {
    /// The same seed lives the same lives.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    orders: u32,
    /// From January 2025 on.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=20))]
    years: u16,
    /// Also restarts, crashes, standstills, clocks that jump, calendars published late.
    #[arg(long)]
    faults: bool,
}

impl Simulate {
    pub async fn run(self) -> Result<(), Failure> {
        let plan = Plan {
            seed: self.seed,
            orders: self.orders,
            years: self.years,
            faults: self.faults,
            engine_knows: |_| true,
            tamper: None,
            ignorance: Ignorance::Nothing,
        };
        // Each life of the program has a runtime of its own, so that it can crash.
        let verdict = tokio::task::spawn_blocking(move || simulate(&plan)).await??;
        print(serde_json::to_string(&verdict)?);
        if verdict.is_clean() {
            Ok(())
        } else {
            Err(Failure::say("the oracle and the engine do not agree"))
        }
    }
}
