//! Backups: the database as it stood at one moment with every attachment that it names,
//! checked before it counts as one; and the way back. What is damaged in the directory
//! itself stops neither: the backup has a list of it, and nothing beside the list.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{NaiveDate, NaiveTime};
use domain::Instant;
use domain::time::{local, rfc3339};
use store::audit::Head;
use store::{OpenError, Store, attachments};
use thiserror::Error;
use tokio::runtime::Handle;

use crate::clock::Clock;
use crate::files::keep::hold_still;
use crate::files::{Files, digest};
use crate::report::{self, Findings};

/// When the last one was made: a line beside the data.
const LAST: &str = "last-backup";
/// What a backup says of itself: the digest of its database, and what was damaged in the
/// directory when it was made, a line each.
const CONTENTS: &str = "contents";
/// How often the time of the nightly one is looked for.
const LOOK: Duration = Duration::from_secs(60);
/// How the folder of a backup is called until it is whole.
const UNFINISHED: &str = ".unfinished-";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Half past two at night.
const NIGHT: NaiveTime = match NaiveTime::from_hms_opt(2, 30, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

#[derive(Debug, Error)]
pub enum BackupError {
    #[error("{} is not empty; name a directory that is not there yet, or an empty one", .0.display())]
    NotEmpty(PathBuf),
    #[error("{} holds no backup: there is no database in it", .0.display())]
    NoBackup(PathBuf),
    /// What is wrong, a line each.
    #[error("{} is not whole and was not used:\n  {wrong}", .dir.display())]
    Broken { dir: PathBuf, wrong: String },
    #[error(
        "the backup was made by another version of this program; restore it with that \
         version, and start this one with it afterwards, which brings it up to date"
    )]
    OtherVersion(#[source] OpenError),
    #[error(transparent)]
    Open(OpenError),
    #[error("the database cannot be copied")]
    Store(#[from] store::Error),
    #[error("{} cannot be written or read", .0.display())]
    Disk(PathBuf, #[source] io::Error),
}

/// A copy that was made and checked.
pub struct Copied {
    /// The audit's.
    pub head: Head,
    /// What is damaged in the copy as it is where it comes from, a line each.
    pub faults: Vec<String>,
}

/// Copies the data directory `data`, whoever serves it meanwhile, to `to`. Attachments that
/// `earlier`, another backup, has already are shared with it.
pub async fn take(data: &Path, to: &Path, earlier: Option<&Path>) -> Result<Copied, BackupError> {
    if !store::backup::is_there(data) {
        return Err(BackupError::Open(OpenError::Nothing(data.to_owned())));
    }
    // Nothing that the copy will name is tidied away meanwhile.
    let still = hold_still(data).map_err(|error| BackupError::Disk(data.to_owned(), error))?;
    let copied = lay_down(data, to, earlier, list).await?;
    drop(still);
    let line = format!("{}\n", rfc3339(Clock::wall()));
    let last = data.join(LAST);
    fs::write(&last, line).map_err(|error| BackupError::Disk(last, error))?;
    Ok(copied)
}

/// Brings the backup `from` back into `to`, which must be empty. What was damaged already
/// when the backup was made comes along; what has gone bad since is refused.
pub async fn restore(from: &Path, to: &Path) -> Result<Copied, BackupError> {
    if !store::backup::is_there(from) {
        return Err(BackupError::NoBackup(from.to_owned()));
    }
    let known = listed(from)?;
    no_more_than(known, from, &look(from).await?)?;
    lay_down(from, to, None, |_, _| Ok(())).await
}

/// Writes down the digest of a backup's database, and what is damaged in it.
fn list(copy: &Path, faults: &[String]) -> io::Result<()> {
    let digest = digest(&store::backup::database(copy))?;
    let mut file = File::create(copy.join(CONTENTS))?;
    writeln!(file, "{digest}")?;
    for fault in faults {
        writeln!(file, "{fault}")?;
    }
    file.sync_all()?;
    sync(copy)
}

/// What was damaged when the backup was made; refused where its database is another since.
/// Backups of earlier versions have no list.
fn listed(backup: &Path) -> Result<BTreeSet<String>, BackupError> {
    let contents = fs::read_to_string(backup.join(CONTENTS)).unwrap_or_default();
    let mut lines = contents.lines();
    if let Some(known) = lines.next() {
        let found = digest(&store::backup::database(backup));
        let found = found.map_err(|error| BackupError::Disk(backup.to_owned(), error))?;
        if known != found {
            return Err(BackupError::Broken {
                dir: backup.to_owned(),
                wrong: "the database is not the one that was backed up".to_owned(),
            });
        }
    }
    Ok(lines.map(str::to_owned).collect())
}

/// Whether a backup says of itself what it holds.
pub fn has_contents(backup: &Path) -> bool {
    backup.join(CONTENTS).is_file()
}

/// When the last backup of a directory was made.
pub fn last(data: &Path) -> Option<Instant> {
    let line = fs::read_to_string(data.join(LAST)).ok()?;
    domain::time::parse(line.trim())
}

/// Copies one directory to another by way of a folder beside it, and checks the copy before
/// it gets its name: it may have the faults that are there already, and no other.
async fn lay_down(
    from: &Path,
    to: &Path,
    earlier: Option<&Path>,
    list: impl Fn(&Path, &[String]) -> io::Result<()>,
) -> Result<Copied, BackupError> {
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |error| BackupError::Disk(path, error)
    };
    if fs::read_dir(to).is_ok_and(|mut inside| inside.next().is_some()) || to.is_file() {
        return Err(BackupError::NotEmpty(to.to_owned()));
    }
    // Through a link to the directory itself, which can be replaced.
    let real = fs::canonicalize(to);
    let to = real.as_deref().unwrap_or(to);
    let parent = match to.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => parent.to_owned(),
        None => PathBuf::from("."),
    };
    fs::create_dir_all(&parent).map_err(disk(&parent))?;
    // Where another disk is mounted, the directory stays and is filled from within.
    let stays = is_another_disk(to, &parent);
    let beside = if stays { to } else { &parent };
    // Goes by itself where it is broken off; it is nobody else's.
    let unfinished = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempdir_in(beside)
        .map_err(disk(beside))?;
    let partial = unfinished.path().to_owned();
    store::backup::copy(from, &partial).await?;
    let digests = {
        let copy = Store::open_to_read(&partial).await.map_err(open_error)?;
        let (digests, _) = attachments::kept(&copy).await?;
        copy.close().await;
        digests
    };
    let (source, target) = (from.to_owned(), partial.clone());
    let earlier = earlier.map(Path::to_owned);
    let copied = tokio::task::spawn_blocking(move || {
        copy_files(&digests, &source, &target, earlier.as_deref())
    });
    copied
        .await
        .map_err(|error| BackupError::Disk(partial.clone(), io::Error::other(error)))?
        .map_err(disk(&partial))?;
    let found = look(&partial).await?;
    if !found.broken.is_empty() {
        let there = look(from).await?.broken;
        no_more_than(there.into_iter().collect(), &partial, &found)?;
    }
    list(&partial, &found.broken).map_err(disk(&partial))?;
    let copied = Copied {
        head: found.head,
        faults: found.broken,
    };
    if stays {
        for inside in fs::read_dir(&partial).map_err(disk(&partial))? {
            let inside = inside.map_err(disk(&partial))?;
            fs::rename(inside.path(), to.join(inside.file_name())).map_err(disk(to))?;
        }
        sync(to).map_err(disk(to))?;
        return Ok(copied);
    }
    if to.exists() {
        fs::remove_dir(to).map_err(disk(to))?;
    }
    fs::rename(&partial, to).map_err(disk(to))?;
    // It has its name now.
    let _ = unfinished.keep();
    if let Some(parent) = to.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        sync(parent).map_err(disk(parent))?;
    }
    Ok(copied)
}

fn is_another_disk(to: &Path, parent: &Path) -> bool {
    let disk = |path: &Path| fs::metadata(path).map(|at| at.dev()).ok();
    disk(to).is_some_and(|own| disk(parent) != Some(own))
}

fn copy_files(
    digests: &[String],
    from: &Path,
    to: &Path,
    earlier: Option<&Path>,
) -> io::Result<()> {
    let (from, target) = (Files::to_read(from), Files::open(to)?);
    let earlier = earlier.map(Files::to_read);
    for digest in digests {
        let Some((source, copy)) = from.whole(digest).zip(target.whole(digest)) else {
            continue;
        };
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder)?;
        }
        // What has gone bad there is not handed on.
        let earlier = earlier.as_ref().filter(|files| files.is_sound(digest));
        let before = earlier.and_then(|files| files.whole(digest));
        let shared = before.is_some_and(|before| fs::hard_link(before, &copy).is_ok());
        if !shared && source.exists() {
            match fs::copy(&source, &copy) {
                Ok(_) => File::open(&copy)?.sync_all()?,
                // What cannot be read there is missing here too, and said.
                Err(_) if !from.is_sound(digest) => fs::remove_file(&copy)?,
                Err(error) => return Err(error),
            }
        }
    }
    sync(to)
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Goes through everything that `server check` does.
async fn look(dir: &Path) -> Result<Findings, BackupError> {
    let store = Store::open_to_read(dir).await.map_err(open_error)?;
    let report = report::of(&store, dir, None).await;
    store.close().await;
    Ok(report?)
}

fn no_more_than(known: BTreeSet<String>, dir: &Path, found: &Findings) -> Result<(), BackupError> {
    let more = found.broken.iter().filter(|line| !known.contains(*line));
    let more: Vec<&str> = more.map(String::as_str).collect();
    if more.is_empty() {
        return Ok(());
    }
    Err(BackupError::Broken {
        dir: dir.to_owned(),
        wrong: more.join("\n  "),
    })
}

fn open_error(error: OpenError) -> BackupError {
    match error {
        error @ (OpenError::Older(_) | OpenError::Newer(..)) => BackupError::OtherVersion(error),
        error => BackupError::Open(error),
    }
}

/// Where nightly backups go, and how many stay.
#[derive(Debug, Clone)]
pub struct Nightly {
    pub to: PathBuf,
    /// 0: none are made.
    pub keep: usize,
}

impl Nightly {
    /// Makes one each night, and lets the oldest go; what fails is named among the troubles.
    pub async fn run(&self, store: &Store, data: &Path) {
        let mut looks = tokio::time::interval(LOOK);
        loop {
            looks.tick().await;
            let now = local(Clock::wall());
            let today = self.to.join(now.date().to_string());
            if now.time() < NIGHT || today.exists() {
                continue;
            }
            // A thread of its own: it goes through everything.
            let (nightly, data) = (self.clone(), data.to_owned());
            let made = tokio::task::spawn_blocking(move || {
                Handle::current().block_on(nightly.make(&data, &today))
            });
            let made = made.await;
            let made = made.unwrap_or_else(|error| {
                Err(BackupError::Disk(self.to.clone(), io::Error::other(error)))
            });
            match made {
                Ok(made) => {
                    let (line, hash) = made.head;
                    tracing::info!(head = %format!("{line}:{hash}"), "backed up");
                    match made.faults.as_slice() {
                        [] => store.troubles().mend("nightly backup"),
                        faults => store.troubles().name(
                            "nightly backup",
                            &format!("made with what is damaged: {}", faults.join("; ")),
                        ),
                    }
                }
                Err(error) => store.troubles().name("nightly backup", &said(&error)),
            }
        }
    }

    async fn make(&self, data: &Path, today: &Path) -> Result<Copied, BackupError> {
        let disk = |error| BackupError::Disk(self.to.clone(), error);
        fs::create_dir_all(&self.to).map_err(disk)?;
        self.clear_up().map_err(disk)?;
        let before = self.made().map_err(disk)?;
        let copied = take(data, today, before.last().map(PathBuf::as_path)).await?;
        let mut made = self.made().map_err(disk)?;
        let kept = made.split_off(made.len().saturating_sub(self.keep));
        // The last one without faults stays until there is another.
        if !kept.iter().any(|one| is_sound(one))
            && let Some(sound) = made.iter().rposition(|one| is_sound(one))
        {
            made.remove(sound);
        }
        for old in made {
            fs::remove_dir_all(&old).map_err(|error| BackupError::Disk(old, error))?;
        }
        Ok(copied)
    }

    /// Removes what backups that were killed have left; one of today may be under way.
    fn clear_up(&self) -> io::Result<()> {
        let old = SystemTime::from(Clock::wall()) - DAY;
        for entry in fs::read_dir(&self.to)? {
            let entry = entry?;
            let is_left = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
            if is_left && entry.metadata()?.modified()? < old {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    /// The nightly ones that are there, the oldest first; other folders are left alone.
    fn made(&self) -> io::Result<Vec<PathBuf>> {
        let is_one = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.parse::<NaiveDate>().is_ok()
        };
        let inside = fs::read_dir(&self.to)?.map(|entry| entry.map(|entry| entry.path()));
        let mut made: Vec<PathBuf> = inside.collect::<io::Result<_>>()?;
        made.retain(is_one);
        made.sort();
        Ok(made)
    }
}

fn is_sound(backup: &Path) -> bool {
    let contents = fs::read_to_string(backup.join(CONTENTS)).unwrap_or_default();
    contents.lines().count() <= 1
}

fn said(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
