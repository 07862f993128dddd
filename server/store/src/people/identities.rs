//! Accounts of an identity provider, and whose they are.

use domain::UserId;

use crate::audit::{self, Entry};
use crate::{Error, Store};

/// Whose identity it is; `None` where it is linked to nobody.
pub async fn user_of(store: &Store, issuer: &str, subject: &str) -> Result<Option<UserId>, Error> {
    let user = sqlx::query_scalar("SELECT user FROM identities WHERE issuer = $1 AND subject = $2");
    Ok(user
        .bind(issuer)
        .bind(subject)
        .fetch_optional(&store.read)
        .await?)
}

/// Links an identity that is linked to nobody yet.
pub async fn link(
    store: &Store,
    issuer: &str,
    subject: &str,
    user: UserId,
    entry: Entry,
) -> Result<(), Error> {
    let (issuer, subject) = (issuer.to_owned(), subject.to_owned());
    store
        .write(move |connection| {
            Box::pin(async move {
                let linked = sqlx::query(
                    "INSERT INTO identities VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                )
                .bind(issuer)
                .bind(subject)
                .bind(user)
                .execute(&mut *connection)
                .await?;
                if linked.rows_affected() == 1 {
                    audit::append(connection, &entry).await?;
                }
                Ok(())
            })
        })
        .await
}
