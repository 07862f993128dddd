use std::path::PathBuf;

use clap::Args;

use super::{Failure, print};
use crate::lock::Lock;
use crate::{backup, settings};

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
        let (line, hash) = backup::take(&data, &self.to, None).await?;
        print(format_args!("{line}:{hash}"));
        Ok(())
    }
}

impl Restore {
    pub async fn run(self) -> Result<(), Failure> {
        let data = settings::data(self.data)?;
        Lock::is_free(&data)?;
        let (line, hash) = backup::restore(&self.from, &data).await?;
        print(format_args!("{line}:{hash}"));
        Ok(())
    }
}
