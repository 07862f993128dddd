//! One program serves a data directory at a time.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use thiserror::Error;

const FILE: &str = ".lock";

#[derive(Debug, Error)]
pub enum LockError {
    #[error("{} is served by {by} already; stop that one, or name another directory", .dir.display())]
    Taken { dir: PathBuf, by: String },
    #[error("{} cannot be written", .0.display())]
    Disk(PathBuf, #[source] io::Error),
}

/// Held as long as the directory is served; the system lets it go with the process.
pub struct Lock {
    _file: File,
}

impl Lock {
    pub fn take(data: &Path) -> Result<Self, LockError> {
        let disk = |error| LockError::Disk(data.to_owned(), error);
        std::fs::create_dir_all(data).map_err(disk)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(data.join(FILE))
            .map_err(disk)?;
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            let mut pid = String::new();
            let _ = file.read_to_string(&mut pid);
            let by = match pid.trim() {
                // It has taken it just now.
                "" => "another process".to_owned(),
                pid => format!("process {pid}"),
            };
            let dir = data.to_owned();
            return Err(LockError::Taken { dir, by });
        }
        file.set_len(0).map_err(disk)?;
        file.rewind().map_err(disk)?;
        writeln!(file, "{}", std::process::id()).map_err(disk)?;
        Ok(Self { _file: file })
    }

    /// Whether nobody serves the directory; nothing is made in it.
    pub fn is_free(data: &Path) -> Result<(), LockError> {
        if data.join(FILE).is_file() {
            Self::take(data)?;
        }
        Ok(())
    }
}
