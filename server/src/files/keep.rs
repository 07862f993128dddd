//! What never came to hang on anything goes again, from the database and the disk.

use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, SystemTime};

use chrono::Days;
use store::{Store, attachments};
use tokio::task::JoinHandle;

use super::Files;
use crate::clock::Clock;

/// As long as what was typed and not sent.
const WAITS: Days = Days::new(30);
const EVERY: Duration = Duration::from_secs(60 * 60);
/// Between being put under its digest and being in the database, a file has this long.
const FRESH: Duration = Duration::from_secs(60 * 60);

pub fn start(store: Store, files: Files) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = tidy(&store, &files).await {
                tracing::error!(%error, "attachments cannot be tidied up");
            }
        }
    })
}

async fn tidy(store: &Store, files: &Files) -> Result<(), store::Error> {
    let now = Clock::wall();
    let before = now.checked_sub_days(WAITS).unwrap_or(now);
    attachments::forget_stale(store, before).await?;
    let (digests, coming) = attachments::kept(store).await?;
    let digests: HashSet<String> = digests.into_iter().collect();
    let coming: HashSet<String> = coming.iter().map(ToString::to_string).collect();
    let folder = files.folder.clone();
    let tidied = tokio::task::spawn_blocking(move || {
        remove(&folder.join("coming"), |name| !coming.contains(name));
        for shelf in folders(&folder) {
            let first = name_of(&shelf);
            remove(&shelf, |rest| !digests.contains(&format!("{first}{rest}")));
        }
    });
    if let Err(error) = tidied.await {
        tracing::error!(%error, "attachments cannot be tidied up");
    }
    Ok(())
}

/// The folders of whole files.
fn folders(folder: &Path) -> Vec<std::path::PathBuf> {
    let inside = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let inside = inside.map(|entry| entry.path());
    inside.filter(|path| name_of(path).len() == 2).collect()
}

fn remove(folder: &Path, is_unknown: impl Fn(&str) -> bool) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let changed = entry.metadata().and_then(|file| file.modified());
        let age = changed
            .ok()
            .and_then(|at| SystemTime::now().duration_since(at).ok());
        if is_unknown(&name_of(&path))
            && age.is_some_and(|age| age > FRESH)
            && let Err(error) = std::fs::remove_file(&path)
        {
            tracing::error!(%error, "a file that is not wanted cannot be removed");
        }
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
