//! Saved views of the list: their owner's, or shared within a body.

use domain::text::Line;
use domain::{Fault, Field, FieldFault, Refusal};

use crate::ask::{self, Question, flag, row};
use crate::dialect::Sql;
use crate::{Context, Error};

row! {
    /// A view that the caller can open.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct View {
        pub id: i64,
        pub name: String,
        /// What stands in the address.
        pub query: String,
        #[serde(deserialize_with = "flag")]
        pub shared: bool,
        /// Whether the caller made it, and can take it away.
        #[serde(deserialize_with = "flag")]
        pub own: bool,
    }
}

/// Of one person at most.
const MOST: usize = 30;

/// The caller's own views, and those of their body.
pub struct Mine;

impl Question for Mine {
    type Answer = Vec<View>;

    fn put(&self, query: &mut Sql, ctx: &Context) {
        let body = ctx.actor.role.body().map(|body| body.as_str().to_owned());
        ask::lines(query, View::COLUMNS, |query| {
            query
                .push("SELECT id, name, query, body IS NOT NULL AS shared, user IS ")
                .push_bind(ctx.actor.user)
                .push(" AS own FROM views WHERE user = ")
                .push_bind(ctx.actor.user)
                .push(" OR body = ")
                .push_bind(body)
                .push(" ORDER BY name, id");
        });
    }

    fn read(&self, value: Option<&[u8]>, _: &Context) -> Result<Self::Answer, Error> {
        Ok(ask::readable(value))
    }
}

/// Keeps a view; shared is with the caller's body, where they have one.
pub async fn save(ctx: &Context, name: Line<20>, query: String, shared: bool) -> Result<(), Error> {
    let user = ctx.actor.user.ok_or(Error::NotFound)?;
    let body = ctx.actor.role.body().filter(|_| shared);
    let body = body.map(|body| body.as_str().to_owned());
    ctx.write(move |connection| {
        Box::pin(async move {
            let again = sqlx::query(
                "UPDATE views SET body = $2, query = $4 WHERE id =
                         (SELECT max(id) FROM views WHERE user = $1 AND name = $3)",
            )
            .bind(user)
            .bind(&body)
            .bind(name.as_str())
            .bind(&query)
            .execute(&mut *connection)
            .await?;
            if again.rows_affected() > 0 {
                return Ok(());
            }
            let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM views WHERE user = $1")
                .bind(user)
                .fetch_one(&mut *connection)
                .await?;
            if usize::try_from(kept).is_ok_and(|kept| kept >= MOST) {
                let (field, fault) = (Field::View, Fault::TooMany { max: MOST });
                return Err(Refusal::from(FieldFault { field, fault }).into());
            }
            sqlx::query("INSERT INTO views (user, body, name, query) VALUES ($1, $2, $3, $4)")
                .bind(user)
                .bind(body)
                .bind(name.as_str())
                .bind(query)
                .execute(connection)
                .await?;
            Ok(())
        })
    })
    .await
}

/// Takes a view of the caller's away.
pub async fn remove(ctx: &Context, id: i64) -> Result<(), Error> {
    let user = ctx.actor.user;
    ctx.write(move |connection| {
        Box::pin(async move {
            let gone = sqlx::query("DELETE FROM views WHERE id = $1 AND user = $2")
                .bind(id)
                .bind(user)
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
