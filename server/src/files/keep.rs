//! What never came to hang on anything goes again, from the database and the disk.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use chrono::Days;
use rustix::fs::{FlockOperation, flock};
use store::{Store, attachments};
use tokio::task::JoinHandle;

use super::Files;
use crate::beats::supervise;
use crate::clock::Clock;

/// As long as what was typed and not sent.
const WAITS: Days = Days::new(30);
const EVERY: Duration = Duration::from_secs(60 * 60);
/// What has just come in may not be in the database yet.
const FRESH: Duration = Duration::from_secs(60 * 60);

pub fn start(store: Store, files: Files) -> JoinHandle<()> {
    supervise("tidying", move || {
        let (store, files) = (store.clone(), files.clone());
        async move {
            let mut ticks = tokio::time::interval(EVERY);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                if let Err(error) = tidy(&store, &files).await {
                    tracing::error!(%error, "attachments cannot be tidied up");
                }
            }
        }
    })
}

/// As long as it lives nothing is tidied away, in whichever program: for a backup, which
/// copies the database before the files.
pub fn hold_still(data: &Path) -> io::Result<File> {
    let lock = gate(&data.join("attachments"))?;
    flock(&lock, FlockOperation::LockShared)?;
    Ok(lock)
}

fn gate(folder: &Path) -> io::Result<File> {
    std::fs::create_dir_all(folder)?;
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    options.open(folder.join(".lock"))
}

async fn tidy(store: &Store, files: &Files) -> Result<(), store::Error> {
    let alone = gate(&files.folder).and_then(|lock| {
        flock(&lock, FlockOperation::NonBlockingLockExclusive)?;
        Ok(lock)
    });
    // Somebody makes a backup; the next turn will do.
    let Ok(_alone) = alone else { return Ok(()) };
    let now = Clock::wall();
    let before = now.checked_sub_days(WAITS).unwrap_or(now);
    attachments::forget_stale(store, before).await?;
    let _shelf = files.shelf.lock().await;
    let (digests, coming) = attachments::kept(store).await?;
    let digests: HashSet<String> = digests.into_iter().collect();
    let coming: HashSet<String> = coming.iter().map(ToString::to_string).collect();
    let folder = files.folder.clone();
    let fresh = SystemTime::from(now) - FRESH;
    let tidied = tokio::task::spawn_blocking(move || {
        remove(&folder.join("coming"), fresh, |name| !coming.contains(name));
        for shelf in folders(&folder) {
            let first = name_of(&shelf);
            let is_unknown = |rest: &str| !digests.contains(&format!("{first}{rest}"));
            remove(&shelf, fresh, is_unknown);
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

/// What was changed after `fresh` is left alone.
fn remove(folder: &Path, fresh: SystemTime, is_unknown: impl Fn(&str) -> bool) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let changed = entry.metadata().and_then(|file| file.modified());
        if is_unknown(&name_of(&path))
            && changed.is_ok_and(|changed| changed < fresh)
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
