use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::time::notice::Doubt;
use domain::time::rfc3339;
use domain::{Actor, Fault, Refusal, Role};
use store::cases::Moved;
use store::{Context, calendars};

use super::{Failure, open, print};

/// The calendar of working days.
#[derive(Args)]
pub struct Calendar {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Import(Import),
}

/// Import the State Council's notice of a year: CSV with the columns date, name,
/// kind (off or work). Prints every deadline that moves. Days of the December before
/// join that year's. What does not look like a whole notice is added as a supplement.
#[derive(Args)]
struct Import {
    file: PathBuf,
    /// Only list what would move; change nothing.
    #[arg(long)]
    dry_run: bool,
    /// It is the whole notice of its year, although it does not look so.
    #[arg(long)]
    whole: bool,
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
    /// The time of a rehearsal, as `serve --clock`.
    #[arg(long)]
    clock: Option<PathBuf>,
}

impl Calendar {
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Import(import) => import.run().await,
        }
    }
}

impl Import {
    #[allow(clippy::print_stderr, reason = "a warning is not the answer")]
    async fn run(self) -> Result<(), Failure> {
        let text = std::fs::read(&self.file)
            .map_err(|error| Failure::say(format!("{}: {error}", self.file.display())))?;
        let text = String::from_utf8(text).map_err(|_| {
            Failure::say(format!(
                "{} is not UTF-8; save it as “CSV UTF-8”",
                self.file.display()
            ))
        })?;
        let notice = calendars::read(&text).map_err(|refusal| Failure::say(rows(&refusal)))?;
        let (store, clock) = open(self.data, self.clock).await?;
        let actor = Actor {
            user: None,
            name: "server calendar import".to_owned(),
            role: Role::SystemAdmin,
        };
        let ctx = Context::new(store.clone(), actor, clock.now());
        let preview = calendars::preview(&ctx, notice.clone(), self.whole).await;
        let preview = preview.map_err(refused)?;
        warn(&preview);
        for case in &preview.moved {
            list(case);
        }
        let cases = preview.moved.len();
        if self.dry_run {
            print(format_args!(
                "{cases} orders and tasks would move; nothing was changed"
            ));
        } else {
            let cases = calendars::apply(&ctx, notice, self.whole).await;
            let cases = cases.map_err(refused)?;
            print(format_args!("applied: {cases} orders and tasks moved"));
        }
        for record in store.troubles().names() {
            eprintln!("warning: {record} cannot be read and was left as it is");
        }
        store.close().await;
        Ok(())
    }
}

/// What the page says too, on standard error.
#[allow(clippy::print_stderr, reason = "a warning is not the answer")]
fn warn(preview: &calendars::Preview) {
    let year = preview.notice.year();
    for doubt in &preview.reading.doubts {
        match doubt {
            Doubt::NotNamed { holidays } => {
                eprintln!("warning: it does not name {}", holidays.join(", "));
            }
            Doubt::Count { days, before } => {
                eprintln!("warning: it names {days} days; the last notice named {before}");
            }
        }
    }
    match (preview.reading.whole, preview.known) {
        (false, _) => eprintln!(
            "warning: taken as a supplement: its days are added to those of {year}; \
             if it is the whole notice of {year}, say --whole"
        ),
        (true, Some(before)) => eprintln!(
            "warning: {before} days of {year} were named before; this notice replaces them"
        ),
        (true, None) => {}
    }
}

/// Number, clock, the deadline now, the deadline afterwards.
fn list(order: &Moved) {
    for change in &order.moves {
        let mark = |due: domain::time::Due| {
            let mark = if due.provisional { " provisional" } else { "" };
            format!("{}{mark}", rfc3339(due.at))
        };
        print(format_args!(
            "{}\t{}\t{}\t{}",
            order.number,
            change.clock.code(),
            mark(change.was),
            mark(change.is)
        ));
    }
}

fn refused(error: store::Error) -> Failure {
    match error {
        store::Error::Refused(refusal) => Failure::say(rows(&refusal)),
        error => error.into(),
    }
}

fn rows(refusal: &Refusal) -> String {
    let Refusal::Invalid { faults } = refusal else {
        return refusal.to_string();
    };
    let rows = faults.iter().filter_map(|fault| match &fault.fault {
        Fault::Row { row, wrong } => Some(format!("  row {row}: {wrong}")),
        _ => None,
    });
    let rows: Vec<String> = rows.collect();
    format!("nothing was applied:\n{}", rows.join("\n"))
}
