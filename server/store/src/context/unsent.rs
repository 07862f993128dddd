//! What somebody was typing and has not sent: one text for each form of a page. It is
//! theirs alone.

use chrono::Duration;
use domain::Instant;
use sqlx::FromRow;

use crate::times::{instant, seconds};
use crate::{Context, Error};

/// After so long nobody comes back to it.
const KEPT: Duration = Duration::days(30);

/// So many forms of one person; the oldest makes room.
const FORMS: i64 = 100;

/// What was typed into a form: (name, value).
pub type Fields = Vec<(String, String)>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Where the form is sent.
    pub act: String,
    pub fields: Fields,
    pub at: Instant,
}

/// Keeps what stands in a form now; nothing typed any more forgets it.
pub async fn keep(
    ctx: &Context,
    page: String,
    act: String,
    fields: &Fields,
    wall: Instant,
) -> Result<(), Error> {
    if fields.iter().all(|(_, value)| value.trim().is_empty()) {
        return forget(ctx, page, act).await;
    }
    let text = serde_json::to_string(fields)?;
    let user = ctx.actor.user;
    ctx.write(move |connection| {
        Box::pin(async move {
            sqlx::query("DELETE FROM unsent WHERE at < $1")
                .bind(seconds(wall - KEPT))
                .execute(&mut *connection)
                .await?;
            sqlx::query(
                "INSERT INTO unsent VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (user, page, act) DO UPDATE
                 SET fields = excluded.fields, at = excluded.at",
            )
            .bind(user)
            .bind(page)
            .bind(act)
            .bind(text)
            .bind(seconds(wall))
            .execute(&mut *connection)
            .await?;
            sqlx::query(
                "DELETE FROM unsent WHERE user = $1 AND rowid NOT IN
                         (SELECT rowid FROM unsent WHERE user = $1
                          ORDER BY at DESC, rowid DESC LIMIT $2)",
            )
            .bind(user)
            .bind(FORMS)
            .execute(connection)
            .await?;
            Ok(())
        })
    })
    .await
}

/// It was sent, or is not wanted any more.
pub async fn forget(ctx: &Context, page: String, act: String) -> Result<(), Error> {
    let user = ctx.actor.user;
    ctx.write(move |connection| {
        Box::pin(async move {
            sqlx::query("DELETE FROM unsent WHERE user = $1 AND page = $2 AND act = $3")
                .bind(user)
                .bind(page)
                .bind(act)
                .execute(connection)
                .await?;
            Ok(())
        })
    })
    .await
}

/// What the caller was typing on a page.
pub async fn of_page(ctx: &Context, page: &str) -> Result<Vec<Unsent>, Error> {
    #[derive(FromRow)]
    struct Row {
        act: String,
        fields: String,
        at: i64,
    }
    let rows: Vec<Row> =
        sqlx::query_as("SELECT act, fields, at FROM unsent WHERE user = $1 AND page = $2")
            .bind(ctx.actor.user)
            .bind(page)
            .fetch_all(&ctx.store.read)
            .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Unsent {
                act: row.act,
                fields: serde_json::from_str(&row.fields)?,
                at: instant("at", row.at)?,
            })
        })
        .collect()
}
