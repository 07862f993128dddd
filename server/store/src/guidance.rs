//! Answers that were published (办事指引), and finding them.

use domain::guidance::Guidance;
use domain::order::Number;
use domain::similar::Pairs;
use domain::text::{Line, Prose};
use domain::{Action, AuditKind, BodyCode, Field, Instant, Refusal};
use sqlx::FromRow;

use crate::audit::{self, Entry};
use crate::dialect::Conn;
use crate::orders::{code, load, words};
use crate::times::{instant, seconds};
use crate::{Context, Error};

/// An answer as it stands published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub id: i64,
    pub guidance: Guidance,
    pub at: Instant,
}

/// As many as a page shows.
pub const PAGE: usize = 30;

/// The published answers that hold the words, the likeliest first; without words the
/// newest. Says whether there are more than it answers.
pub async fn search(
    ctx: &Context,
    text: &str,
    category: Option<&str>,
) -> Result<(Vec<Published>, bool), Error> {
    ctx.actor.may(Action::SeeGuidance)?;
    let limit = i64::try_from(PAGE).unwrap_or(30) + 1;
    let rows: Vec<Row> = match words::asked_of(text, &["title", "text"]) {
        None if !text.trim().is_empty() => Vec::new(),
        None => {
            sqlx::query_as(
                "SELECT * FROM guidance
                 WHERE withdrawn_at IS NULL AND ($1 IS NULL OR category = $1)
                 ORDER BY id DESC LIMIT $2",
            )
            .bind(category)
            .bind(limit)
            .fetch_all(&ctx.store.read)
            .await?
        }
        Some(words) => {
            sqlx::query_as(
                "SELECT guidance.* FROM guidance_words
                 JOIN guidance ON guidance.id = guidance_words.rowid
                 WHERE guidance_words MATCH $1 AND withdrawn_at IS NULL
                   AND ($2 IS NULL OR category = $2)
                 ORDER BY bm25(guidance_words, 4.0, 1.0) LIMIT $3",
            )
            .bind(words)
            .bind(category)
            .bind(limit)
            .fetch_all(&ctx.store.read)
            .await?
        }
    };
    let more = rows.len() > PAGE;
    let rows = rows.into_iter().take(PAGE).map(Row::read);
    Ok((rows.collect::<Result<_, _>>()?, more))
}

/// What could answer somebody who is typing `text`, the likeliest first.
pub async fn offered(ctx: &Context, text: &str, most: usize) -> Result<Vec<Published>, Error> {
    ctx.actor.may(Action::SeeGuidance)?;
    let Some(any) = words::any_of(text, "title") else {
        return Ok(Vec::new());
    };
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT guidance.* FROM guidance_words
         JOIN guidance ON guidance.id = guidance_words.rowid
         WHERE guidance_words MATCH $1 AND withdrawn_at IS NULL
         ORDER BY bm25(guidance_words) LIMIT 20",
    )
    .bind(any)
    .fetch_all(&ctx.store.read)
    .await?;
    let typed = Pairs::of(text);
    let mut likely = Vec::new();
    for row in rows {
        let published = row.read()?;
        let title = Pairs::of(published.guidance.title.as_str());
        // Of a title, so much that it is not there by chance.
        if title.share_in(&typed) >= 25 {
            likely.push(published);
        }
    }
    likely.truncate(most);
    Ok(likely)
}

/// `NotFound` where there is none, or it was withdrawn.
pub async fn find(ctx: &Context, id: i64) -> Result<Published, Error> {
    ctx.actor.may(Action::SeeGuidance)?;
    let row: Option<Row> =
        sqlx::query_as("SELECT * FROM guidance WHERE id = $1 AND withdrawn_at IS NULL")
            .bind(id)
            .fetch_optional(&ctx.store.read)
            .await?;
    row.ok_or(Error::NotFound)?.read()
}

/// Publishes an answer: the centre any, a head those of their body.
pub async fn publish(ctx: &Context, guidance: Guidance) -> Result<i64, Error> {
    may_publish(ctx, &guidance.body)?;
    let Context { actor, now, .. } = ctx.clone();
    let user = actor.user.ok_or(Error::NotFound)?;
    let entry = Entry::of(ctx, AuditKind::GuidancePublished);
    ctx.write(move |connection| {
        Box::pin(async move {
            if let Some(number) = guidance.order {
                load(connection, &actor, number).await?;
            }
            let id: i64 = sqlx::query_scalar(
                "INSERT INTO guidance (title, category, body, text, basis, number, user,
                                       published_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
            )
            .bind(guidance.title.as_str())
            .bind(&guidance.category)
            .bind(guidance.body.as_str())
            .bind(guidance.text.as_str())
            .bind(guidance.basis.as_ref().map(|basis| basis.as_str()))
            .bind(guidance.order.map(|number| number.to_string()))
            .bind(user)
            .bind(seconds(now))
            .fetch_one(&mut *connection)
            .await?;
            sqlx::query("INSERT INTO guidance_words (rowid, title, text) VALUES ($1, $2, $3)")
                .bind(id)
                .bind(words::cut(guidance.title.as_str()))
                .bind(words::cut(guidance.text.as_str()))
                .execute(&mut *connection)
                .await?;
            let entry = entry.object(id.to_string()).detail(guidance.title.as_str());
            audit::append(connection, &entry).await?;
            Ok(id)
        })
    })
    .await
}

/// Takes a published answer back; it is found no more.
pub async fn withdraw(ctx: &Context, id: i64) -> Result<(), Error> {
    let published = find(ctx, id).await?;
    may_publish(ctx, &published.guidance.body)?;
    let now = ctx.now;
    let entry = Entry::of(ctx, AuditKind::GuidanceWithdrawn).object(id.to_string());
    ctx.write(move |connection| {
        Box::pin(async move {
            take_back(connection, id, now).await?;
            audit::append(connection, &entry).await
        })
    })
    .await
}

async fn take_back(connection: &mut Conn, id: i64, now: Instant) -> Result<(), Error> {
    sqlx::query("UPDATE guidance SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL")
        .bind(seconds(now))
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM guidance_words WHERE rowid = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether the caller publishes, and takes back, answers of that body.
pub fn can_publish(ctx: &Context, body: &BodyCode) -> bool {
    may_publish(ctx, body).is_ok()
}

fn may_publish(ctx: &Context, body: &BodyCode) -> Result<(), Error> {
    let action = Action::PublishGuidance;
    ctx.actor.may(action)?;
    let is_centre = matches!(ctx.actor.role, domain::Role::Centre { .. });
    if is_centre || ctx.actor.role.body() == Some(body) {
        Ok(())
    } else {
        Err(Refusal::Forbidden { action }.into())
    }
}

#[derive(FromRow)]
struct Row {
    id: i64,
    title: String,
    category: String,
    body: String,
    text: String,
    basis: Option<String>,
    number: Option<String>,
    published_at: i64,
}

impl Row {
    fn read(self) -> Result<Published, Error> {
        let basis = self.basis.map(|basis| Prose::parse(Field::Stored, &basis));
        let number = self.number.map(|n| code("number", n, Number::parse));
        Ok(Published {
            id: self.id,
            guidance: Guidance {
                title: Line::parse(Field::Stored, &self.title)?,
                category: self.category,
                body: BodyCode::new(self.body),
                text: Prose::parse(Field::Stored, &self.text)?,
                basis: basis.transpose()?,
                order: number.transpose()?,
            },
            at: instant("published_at", self.published_at)?,
        })
    }
}
