use std::error::Error as _;
use std::path::PathBuf;

use clap::Args;
use store::Store;
use store::attachments;
use store::audit::Wrong;
use store::check::check;
use store::orders::Differs;

use super::{Failure, print};
use crate::files::Files;
use crate::settings;

/// Check a data directory: the database, its references, the audit's chain, that each
/// order is what its history makes of it, and attachments against their digests.
///
/// Prints the number and the hash of the audit's last line. Noted elsewhere and given
/// to --head later, they prove that nothing was cut off and written anew since. Exit
/// status 1 with what is wrong.
#[derive(Args)]
pub struct Check {
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
        let store = Store::open(&data).await?;
        let number = noted.as_ref().map(|(number, _)| *number);
        let report = check(&store, noted).await?;
        let (digests, _) = attachments::kept(&store).await?;
        store.close().await;
        let files = Files::open(&data)?;
        let unsound = digests.iter().filter(|digest| !files.is_sound(digest));
        let (last, hash) = report.head;
        let mut wrong = report.damage;
        wrong.extend(report.audit.iter().map(said));
        wrong.extend(report.orders.iter().map(differs));
        wrong.extend(unsound.map(|digest| format!("attachment {digest} is missing, or changed")));
        if let (Some(number), false) = (number, report.noted) {
            wrong.push(format!("audit line {number} is not the one that was noted"));
        }
        if wrong.is_empty() {
            print(format_args!("{last}:{hash}"));
            Ok(())
        } else {
            Err(Failure::say(wrong.join("\n  ")))
        }
    }
}

fn read(head: &str) -> Result<(i64, String), Failure> {
    head.split_once(':')
        .and_then(|(number, hash)| Some((number.parse().ok()?, hash.to_owned())))
        .ok_or_else(|| Failure::usage(format!("--head is {head:?}, but takes NUMBER:HASH")))
}

fn differs(wrong: &Differs) -> String {
    let number = &wrong.number;
    match &wrong.cause {
        None => format!("order {number} is not what its history makes of it"),
        Some(cause) => {
            let because = cause.source().map(|source| format!(": {source}"));
            let because = because.unwrap_or_default();
            format!("order {number} cannot be read: {cause}{because}")
        }
    }
}

fn said(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Changed { line } => {
            format!("audit line {line}, or an event that it seals, was changed")
        }
        Wrong::Missing { after } => format!("the audit has no line after {after}"),
        Wrong::CutOff { last, written } => {
            format!("the audit ends with line {last}, but {written} were written")
        }
        Wrong::Unsealed { event } => {
            format!("events of orders from {event} on are not in the audit")
        }
    }
}
