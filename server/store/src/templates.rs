//! How bodies begin their replies (答复模板).

use domain::template::Template;
use domain::text::{Line, Prose};
use domain::{Action, BodyCode, Fault, Field, FieldFault, Refusal};
use sqlx::FromRow;

use crate::times::seconds;
use crate::{Context, Error};

/// A template of the caller's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub id: i64,
    pub template: Template,
}

/// Of one body at most.
const MOST: usize = 50;

/// Those of the caller's body, by title; nobody else's.
pub async fn list(ctx: &Context) -> Result<Vec<Kept>, Error> {
    let Ok(body) = body(ctx) else {
        return Ok(Vec::new());
    };
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, title, text FROM templates WHERE body = $1 ORDER BY title, id")
            .bind(body.as_str())
            .fetch_all(&ctx.store.read)
            .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Keeps a new one, or changes the one with that id.
pub async fn save(ctx: &Context, id: Option<i64>, template: Template) -> Result<(), Error> {
    let body = body(ctx)?;
    let (user, now) = (ctx.actor.user, ctx.now);
    ctx.write(move |connection| {
        Box::pin(async move {
            if let Some(id) = id {
                let changed = sqlx::query(
                    "UPDATE templates SET title = $1, text = $2, user = $3, changed_at = $4
                     WHERE id = $5 AND body = $6",
                )
                .bind(template.title.as_str())
                .bind(template.text.as_str())
                .bind(user)
                .bind(seconds(now))
                .bind(id)
                .bind(body.as_str())
                .execute(connection)
                .await?;
                return match changed.rows_affected() {
                    0 => Err(Error::NotFound),
                    _ => Ok(()),
                };
            }
            let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM templates WHERE body = $1")
                .bind(body.as_str())
                .fetch_one(&mut *connection)
                .await?;
            if usize::try_from(kept).is_ok_and(|kept| kept >= MOST) {
                let (field, fault) = (Field::TemplateTitle, Fault::TooMany { max: MOST });
                return Err(Refusal::from(FieldFault { field, fault }).into());
            }
            sqlx::query(
                "INSERT INTO templates (body, title, text, user, changed_at)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(body.as_str())
            .bind(template.title.as_str())
            .bind(template.text.as_str())
            .bind(user)
            .bind(seconds(now))
            .execute(connection)
            .await?;
            Ok(())
        })
    })
    .await
}

/// Takes one of the caller's body away.
pub async fn remove(ctx: &Context, id: i64) -> Result<(), Error> {
    let body = body(ctx)?;
    ctx.write(move |connection| {
        Box::pin(async move {
            let gone = sqlx::query("DELETE FROM templates WHERE id = $1 AND body = $2")
                .bind(id)
                .bind(body.as_str())
                .execute(connection)
                .await?;
            match gone.rows_affected() {
                0 => Err(Error::NotFound),
                _ => Ok(()),
            }
        })
    })
    .await
}

fn body(ctx: &Context) -> Result<BodyCode, Error> {
    let action = Action::ManageTemplates;
    ctx.actor.may(action)?;
    let body = ctx.actor.role.body().cloned();
    body.ok_or_else(|| Refusal::Forbidden { action }.into())
}

#[derive(FromRow)]
struct Row {
    id: i64,
    title: String,
    text: String,
}

impl Row {
    fn read(self) -> Result<Kept, Error> {
        Ok(Kept {
            id: self.id,
            template: Template {
                title: Line::parse(Field::Stored, &self.title)?,
                text: Prose::parse(Field::Stored, &self.text)?,
            },
        })
    }
}
