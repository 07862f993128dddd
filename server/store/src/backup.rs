//! A copy of the database as it stood at one moment, made while others write.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::Error;
use crate::open::FILE;

/// Copies the database of `from` into the folder `to`, which must not have one. Nobody who
/// reads or writes `from` waits for it.
pub async fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let mut connection = SqliteConnectOptions::new()
        .filename(from.join(FILE))
        .busy_timeout(Duration::from_secs(30))
        .disable_statement_logging()
        .connect()
        .await?;
    let target = to.join(FILE).to_string_lossy().into_owned();
    sqlx::query("VACUUM INTO $1")
        .bind(target)
        .execute(&mut connection)
        .await?;
    Ok(connection.close().await?)
}

/// Whether a database lies in the folder.
pub fn is_there(dir: &Path) -> bool {
    dir.join(FILE).is_file()
}
