//! The schema, as it grew from release to release.

use crate::dialect::{self, Conn};
use crate::journal::records;

pub(crate) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// An empty database in memory, with the schema of today.
pub(crate) async fn fresh() -> Result<Conn, sqlx::Error> {
    let mut connection = dialect::in_memory().await?;
    MIGRATIONS
        .run(&mut connection)
        .await
        .map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
    records::watch(&mut connection).await?;
    Ok(connection)
}
