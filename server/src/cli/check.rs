use std::path::PathBuf;

use clap::Args;
use store::Store;
use store::audit::Head;

use super::{Failure, print};
use crate::{report, settings};

/// Check a data directory: the database, its references, the audit's chain, that each
/// order is what its history makes of it, and attachments against their digests. Nothing
/// is made or changed.
///
/// Prints the number and the hash of the audit's last line. Noted elsewhere and given
/// to --head later, they prove that nothing was cut off and written anew since. Exit
/// status 1 with what is wrong.
#[derive(Args)]
pub struct Check {
    /// The data directory, or a backup. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
    /// A line of the audit as it was printed before: NUMBER:HASH.
    #[arg(long)]
    head: Option<String>,
}

impl Check {
    pub async fn run(self) -> Result<(), Failure> {
        let noted = self.head.as_deref().map(read).transpose()?;
        let data = settings::data(self.data)?;
        let store = Store::open_to_read(&data).await?;
        let found = report::of(&store, &data, noted).await?;
        store.close().await;
        let (last, hash) = found.head;
        let wrong = [found.broken, found.left_behind].concat();
        if wrong.is_empty() {
            print(format_args!("{last}:{hash}"));
            Ok(())
        } else {
            Err(Failure::say(wrong.join("\n  ")))
        }
    }
}

fn read(head: &str) -> Result<Head, Failure> {
    head.split_once(':')
        .and_then(|(number, hash)| Some((number.parse().ok()?, hash.to_owned())))
        .ok_or_else(|| Failure::usage(format!("--head is {head:?}, but takes NUMBER:HASH")))
}
