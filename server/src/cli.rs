mod backup;
mod calendar;
mod check;
mod directory;
mod due;
mod serve;
mod simulate;
mod token;
mod user;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use store::Store;

use crate::clock::Clock;
use crate::settings;

/// Zhitong 直通: an enterprise orders, a department fulfils, in time.
///
/// Settings come from flags, then environment ZHITONG_…, then zhitong.toml in the
/// working directory. Times are RFC 3339 with +08:00. The exit status is 2 for
/// wrong use and 1 for failure.
#[derive(Parser)]
#[command(name = "server", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Serve),
    Due(due::Due),
    Calendar(calendar::Calendar),
    Bodies(directory::Bodies),
    Categories(directory::Categories),
    Check(check::Check),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Simulate(simulate::Simulate),
    User(user::User),
    Token(token::Token),
}

/// Why a command failed; said on standard error with its causes.
pub struct Failure {
    error: Box<dyn Error + Send + Sync>,
    code: u8,
}

impl Cli {
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Serve(serve) => serve.run().await,
            Command::Due(due) => due.run().await,
            Command::Calendar(calendar) => calendar.run().await,
            Command::Bodies(bodies) => bodies.run().await,
            Command::Categories(categories) => categories.run().await,
            Command::Check(check) => check.run().await,
            Command::Backup(backup) => backup.run().await,
            Command::Restore(restore) => restore.run().await,
            Command::Simulate(simulate) => simulate.run().await,
            Command::User(user) => user.run().await,
            Command::Token(token) => token.run().await,
        }
    }
}

impl Failure {
    /// Wrong use, like what clap itself refuses.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            error: message.into().into(),
            code: 2,
        }
    }

    pub fn say(message: impl Into<String>) -> Self {
        Self {
            error: message.into().into(),
            code: 1,
        }
    }

    #[allow(clippy::print_stderr, reason = "where a command says why it failed")]
    pub fn report(self) -> ExitCode {
        eprintln!("server: {}", self.error);
        let mut cause = self.error.source();
        while let Some(error) = cause {
            eprintln!("  because: {error}");
            cause = error.source();
        }
        ExitCode::from(self.code)
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self {
            error: Box::new(error),
            code: 1,
        }
    }
}

/// Opens the data that are there, with the clock that they go by.
pub async fn open(
    data: Option<PathBuf>,
    clock: Option<PathBuf>,
) -> Result<(Store, Clock), Failure> {
    let rehearsed = clock.is_some();
    let clock = match clock {
        Some(file) => Clock::rehearsal(file)?,
        None => Clock::System,
    };
    let data = settings::data(data)?;
    let store = Store::open_existing(&data).await?;
    if let Some(purpose) = store.purpose().await?
        && purpose.rehearsal != rehearsed
    {
        return Err(Failure::say(format!(
            "{} is for {}: --clock goes with a rehearsal, and only with one",
            data.display(),
            if purpose.rehearsal {
                "a rehearsal"
            } else {
                "real work"
            }
        )));
    }
    Ok((store, clock))
}

/// What scripts read goes alone to standard output. Who reads no further is not told more.
pub fn print(line: impl std::fmt::Display) {
    if writeln!(std::io::stdout(), "{line}").is_err() {
        std::process::exit(0);
    }
}
