//! A copy of the database as it stood at one moment, made while others write.

use std::path::{Path, PathBuf};

use sqlx::Connection;

use crate::Error;
use crate::dialect::{self, FILE};

/// Copies the database of `from` into the folder `to`, which must not have one. Nobody who
/// reads or writes `from` waits for it.
pub async fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let mut connection = dialect::beside(from).await?;
    let target = to.join(FILE).to_string_lossy().into_owned();
    dialect::copy(&mut connection, target).await?;
    Ok(connection.close().await?)
}

/// The database of a folder.
pub fn database(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

/// Whether a database lies in the folder.
pub fn is_there(dir: &Path) -> bool {
    database(dir).is_file()
}
