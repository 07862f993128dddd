use std::path::PathBuf;

use clap::Args;

use super::{Failure, print};
use crate::backup::{self, Copied};
use crate::lock::Lock;
use crate::settings;

/// Copy a data directory, attachments included, also while it is served. The copy is
/// checked; the audit's last line is printed as `check` does.
#[derive(Args)]
pub struct Backup {
    /// Where the copy goes: a directory that is not there yet, or an empty one.
    #[arg(long)]
    to: PathBuf,
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
}

/// Bring a backup back into an empty data directory. The backup is checked before, and
/// the copy after; the audit's last line is printed as `check` does.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    #[arg(long)]
    from: PathBuf,
    /// The data directory: not there yet, or empty. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
}

impl Backup {
    pub async fn run(self) -> Result<(), Failure> {
        let data = settings::data(self.data)?;
        tell(backup::take(&data, &self.to, None).await?);
        Ok(())
    }
}

impl Restore {
    pub async fn run(self) -> Result<(), Failure> {
        let data = settings::data(self.data)?;
        Lock::is_free(&data)?;
        let copied = backup::restore(&self.from, &data).await?;
        if !backup::has_contents(&self.from) {
            eprintln!(
                "warning: the backup does not say what it held: it was made by an earlier \
                 version, or its list was taken away"
            );
        }
        tell(copied);
        Ok(())
    }
}

/// The audit's head on standard output; what is damaged in what was copied beside it.
fn tell(copied: Copied) {
    let (line, hash) = copied.head;
    print(format_args!("{line}:{hash}"));
    if !copied.faults.is_empty() {
        let faults = copied.faults.join("\n  ");
        eprintln!("warning: the copy is whole, and has what is damaged already:\n  {faults}");
    }
}
