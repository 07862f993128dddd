//! The content of attachments: by digest in the data directory, outside the database.

pub mod content;
pub mod keep;
pub mod sheet;

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::AttachmentId;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

const LOOKS: usize = 2;
/// A disk is not filled further than this.
const LEAVES_FREE: u64 = 1024 * 1024 * 1024;

/// Where files lie, and which of them somebody is writing.
#[derive(Clone)]
pub struct Files {
    folder: PathBuf,
    busy: Arc<Mutex<HashSet<AttachmentId>>>,
    /// Held while a file is put under its digest and written into the database, and while
    /// what nobody knows is removed: neither sees the other's half.
    pub shelf: Arc<tokio::sync::Mutex<()>>,
    /// How many are looked into at a time.
    pub looks: Arc<Semaphore>,
}

/// A file that one request alone writes, as long as this lives.
pub struct Held {
    id: AttachmentId,
    busy: Arc<Mutex<HashSet<AttachmentId>>>,
}

impl Files {
    /// `data` is the data directory.
    pub fn open(data: &Path) -> io::Result<Self> {
        let files = Self::to_read(data);
        std::fs::create_dir_all(files.folder.join("coming"))?;
        Ok(files)
    }

    /// To look at what lies there; nothing is made.
    pub fn to_read(data: &Path) -> Self {
        Self {
            folder: data.join("attachments"),
            busy: Arc::default(),
            shelf: Arc::default(),
            looks: Arc::new(Semaphore::new(LOOKS)),
        }
    }

    /// `None` while another request writes it.
    pub fn hold(&self, id: AttachmentId) -> Option<Held> {
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        busy.insert(id).then(|| Held {
            id,
            busy: Arc::clone(&self.busy),
        })
    }

    /// Whether the disk has room for so many bytes more.
    pub fn has_room(&self, bytes: u64) -> bool {
        let disk = rustix::fs::statvfs(&self.folder);
        disk.is_ok_and(|disk| {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            free >= LEAVES_FREE.saturating_add(bytes)
        })
    }

    /// A file that is still coming in.
    pub fn coming(&self, id: AttachmentId) -> PathBuf {
        self.folder.join("coming").join(id.to_string())
    }

    /// How much of it is there.
    pub fn received(&self, id: AttachmentId) -> u64 {
        std::fs::metadata(self.coming(id)).map_or(0, |file| file.len())
    }

    /// A file that is whole; `None` where that is no digest.
    pub fn whole(&self, digest: &str) -> Option<PathBuf> {
        let is_digest = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
        let (first, rest) = digest.split_at_checked(2).filter(|_| is_digest)?;
        Some(self.folder.join(first).join(rest))
    }

    /// Puts a file that has come in under its digest, so that it is there after a power
    /// cut; one of the same content stays where it is. Answers the digest.
    pub fn finish(&self, id: AttachmentId) -> io::Result<String> {
        let coming = self.coming(id);
        let digest = digest(&coming)?;
        let whole = self.whole(&digest).ok_or(io::ErrorKind::InvalidData)?;
        if self.is_sound(&digest) {
            std::fs::remove_file(&coming)?;
            return Ok(digest);
        }
        std::fs::File::open(&coming)?.sync_all()?;
        if let Some(folder) = whole.parent() {
            std::fs::create_dir_all(folder)?;
            std::fs::rename(&coming, &whole)?;
            std::fs::File::open(folder)?.sync_all()?;
            std::fs::File::open(&self.folder)?.sync_all()?;
        }
        Ok(digest)
    }

    /// Nothing is left of it.
    pub fn drop_coming(&self, id: AttachmentId) {
        let gone = std::fs::remove_file(self.coming(id));
        if let Err(error) = gone
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::error!(%error, id, "a file that is not wanted cannot be removed");
        }
    }

    /// Whether the file under a digest is what it should be.
    pub fn is_sound(&self, expected: &str) -> bool {
        let found = self.whole(expected).map(|whole| digest(&whole));
        matches!(found, Some(Ok(found)) if found == expected)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        busy.remove(&self.id);
    }
}

/// SHA-256 in hexadecimal digits.
pub fn digest(file: &Path) -> io::Result<String> {
    let mut file = std::fs::File::open(file)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            let digest = hasher.finalize();
            return Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hasher.update(&piece[..read]);
    }
}
