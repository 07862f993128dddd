use std::io::BufRead;
use std::path::PathBuf;

use clap::{ArgGroup, Args};
use domain::time::deadline::deadline;
use domain::time::receipt::{Counted, Why, receipt};
use domain::time::{Calendar, Instant, Limit, rfc3339};
use store::Store;

use super::{Failure, print};

/// Print the deadline of a limit by the calendar of working days.
#[derive(Args)]
#[command(group = ArgGroup::new("limit"))]
#[command(group = ArgGroup::new("source").required(true))]
pub struct Due {
    /// When it was received: 2026-09-30T16:20 in Shanghai, or RFC 3339.
    #[arg(long, group = "source", requires = "limit")]
    received: Option<String>,
    /// The limit in working days.
    #[arg(long, group = "limit", value_parser = clap::value_parser!(u16).range(1..=1000))]
    days: Option<u16>,
    /// The limit in hours of business time.
    #[arg(long, group = "limit", value_parser = clap::value_parser!(u16).range(1..=1000))]
    hours: Option<u16>,
    /// The limit in natural days: days off count, but it does not end on one.
    #[arg(long, group = "limit", value_parser = clap::value_parser!(u16).range(1..=1000))]
    natural_days: Option<u16>,
    /// The limit in months.
    #[arg(long, group = "limit", value_parser = clap::value_parser!(u16).range(1..=120))]
    months: Option<u16>,
    /// Also print a line for each day: the date, whether it counted, and why. With
    /// --stdin an empty line ends each.
    #[arg(long)]
    receipt: bool,
    /// Read many from standard input, a line each: `2026-09-30T16:20,days,5`.
    #[arg(long, group = "source", conflicts_with = "limit")]
    stdin: bool,
    /// Use the calendar of this data directory instead of the built-in one.
    #[arg(long)]
    data: Option<PathBuf>,
}

impl Due {
    pub async fn run(self) -> Result<(), Failure> {
        let calendar = match &self.data {
            Some(dir) => {
                let store = Store::open_to_read(dir).await?;
                let calendar = store.book().calendar.clone();
                store.close().await;
                calendar
            }
            None => store::book::first().await?.calendar,
        };
        if self.stdin {
            return each(&calendar, self.receipt);
        }
        let text = self.received.as_deref().unwrap_or_default();
        let received = domain::time::parse(text).ok_or_else(|| {
            Failure::usage(format!(
                "--received is {text:?}, but takes a time such as 2026-09-30T16:20"
            ))
        })?;
        let days = self.days.map(Limit::Days);
        let limit = days
            .or(self.hours.map(Limit::Hours))
            .or(self.natural_days.map(Limit::NaturalDays))
            .or(self.months.map(Limit::Months));
        let limit = limit
            .ok_or_else(|| Failure::usage("give --days, --hours, --natural-days or --months"))?;
        answer(&calendar, received, limit, self.receipt);
        Ok(())
    }
}

fn answer(calendar: &Calendar, received: Instant, limit: Limit, with_receipt: bool) {
    let due = deadline(calendar, received, limit, &[]);
    print(rfc3339(due.at));
    if !with_receipt {
        return;
    }
    for day in receipt(calendar, received, limit, &[]).days {
        let counted = match day.counted {
            Counted::Not => "-".to_owned(),
            Counted::Day(number) => number.to_string(),
            Counted::Seconds(seconds) => format!("{}min", seconds / 60),
        };
        print(format_args!("{}\t{counted}\t{}", day.date, why(&day.why)));
    }
    if due.provisional {
        print("provisional\t-\ta year that it runs through has no published calendar");
    }
}

fn each(calendar: &Calendar, with_receipt: bool) -> Result<(), Failure> {
    for (number, line) in (1..).zip(std::io::stdin().lock().lines()) {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let (received, limit) = asked(&line).ok_or_else(|| {
            Failure::usage(format!(
                "line {number} is {line:?}, but takes 2026-09-30T16:20,days,5 or …,hours,2 \
                 (or natural_days, months)"
            ))
        })?;
        answer(calendar, received, limit, with_receipt);
        if with_receipt {
            print("");
        }
    }
    Ok(())
}

fn asked(line: &str) -> Option<(domain::Instant, Limit)> {
    let mut cells = line.split(',').map(str::trim);
    let received = domain::time::parse(cells.next()?)?;
    let unit = cells.next()?;
    let amount = cells
        .next()?
        .parse()
        .ok()
        .filter(|n| (1..=1000).contains(n))?;
    let limit = Limit::of(unit, amount).filter(|limit| !matches!(limit, Limit::Months(121..)))?;
    cells.next().is_none().then_some((received, limit))
}

fn why(why: &Why) -> String {
    match why {
        Why::Working => "working day".to_owned(),
        Why::MakeUp(name) => format!("make-up workday ({name})"),
        Why::Weekend => "weekend".to_owned(),
        Why::DayOff(name) => format!("day off ({name})"),
        Why::Received => "day of receipt, not counted".to_owned(),
        Why::AfterClosing => "after closing: received on the next working day".to_owned(),
        Why::Paused => "paused".to_owned(),
        Why::MovedOn => "moved on from a day off".to_owned(),
    }
}
