use std::path::PathBuf;

use clap::{ArgGroup, Args};
use domain::time::deadline::deadline;
use domain::time::{Limit, rfc3339};
use store::Store;

use super::{Failure, print};

/// Print the deadline of a limit by the calendar of working days.
#[derive(Args)]
#[command(group = ArgGroup::new("limit").required(true))]
pub struct Due {
    /// When it was received: 2026-09-30T16:20 in Shanghai, or RFC 3339.
    #[arg(long)]
    received: String,
    /// The limit in working days.
    #[arg(long, group = "limit", value_parser = clap::value_parser!(u16).range(1..=1000))]
    days: Option<u16>,
    /// The limit in hours of business time.
    #[arg(long, group = "limit", value_parser = clap::value_parser!(u16).range(1..=1000))]
    hours: Option<u16>,
    /// Use the calendar of this data directory instead of the built-in one.
    #[arg(long)]
    data: Option<PathBuf>,
}

impl Due {
    pub async fn run(self) -> Result<(), Failure> {
        let received = domain::time::parse(&self.received).ok_or_else(|| {
            Failure::usage(format!(
                "--received is {:?}, but takes a time such as 2026-09-30T16:20",
                self.received
            ))
        })?;
        let limit = match (self.days, self.hours) {
            (Some(days), _) => Limit::Days(days),
            (None, Some(hours)) => Limit::Hours(hours),
            (None, None) => return Err(Failure::usage("give --days or --hours")),
        };
        let calendar = match self.data {
            Some(dir) => Store::open(&dir).await?.book().calendar.clone(),
            None => store::book::first().await?.calendar,
        };
        print(rfc3339(deadline(&calendar, received, limit).at));
        Ok(())
    }
}
