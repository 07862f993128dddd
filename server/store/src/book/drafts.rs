//! What an administrator has typed and looks at in a preview, before it is applied.

use chrono::Duration;
use domain::UserId;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::dialect::Conn;
use crate::times::seconds;
use crate::{Context, Error};

/// Nobody applies what they previewed longer ago.
const KEPT: Duration = Duration::days(30);

/// Keeps what was typed for its author, and answers its number.
pub async fn keep(ctx: &Context, kind: &'static str, typed: &impl Serialize) -> Result<i64, Error> {
    let text = serde_json::to_string(typed)?;
    let (user, now) = (ctx.actor.user, ctx.now);
    ctx.write(move |connection| {
        Box::pin(async move {
            sqlx::query("DELETE FROM drafts WHERE created_at < $1")
                .bind(seconds(now - KEPT))
                .execute(&mut *connection)
                .await?;
            let kept = sqlx::query(
                "INSERT INTO drafts (user, kind, text, created_at) VALUES ($1, $2, $3, $4)",
            )
            .bind(user)
            .bind(kind)
            .bind(text)
            .bind(seconds(now))
            .execute(connection)
            .await?;
            Ok(kept.last_insert_rowid())
        })
    })
    .await
}

/// `NotFound` where there is none of the caller's.
pub async fn find<T: DeserializeOwned>(
    ctx: &Context,
    kind: &'static str,
    id: i64,
) -> Result<T, Error> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT text FROM drafts WHERE id = $1 AND kind = $2 AND user = $3")
            .bind(id)
            .bind(kind)
            .bind(ctx.actor.user)
            .fetch_optional(&ctx.store.read)
            .await?;
    Ok(serde_json::from_str(&text.ok_or(Error::NotFound)?)?)
}

/// What was applied is looked at no more.
pub(crate) async fn remove(
    connection: &mut Conn,
    user: Option<UserId>,
    id: i64,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM drafts WHERE id = $1 AND user = $2")
        .bind(id)
        .bind(user)
        .execute(connection)
        .await?;
    Ok(())
}
