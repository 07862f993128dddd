//! 关注: whoever wants to be told of what happens to an order that they see.

use domain::case::Happens;
use domain::order::{Event, Number, What};
use domain::{Action, UserId};

use crate::dialect::Conn;
use crate::orders::load;
use crate::{Desk, Error};

/// Whether the caller watches the order with this id.
pub async fn is_watched(desk: &Desk, order: i64) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM watchers WHERE order_id = $1 AND user = $2)",
    )
    .bind(order)
    .bind(desk.actor.user)
    .fetch_one(&desk.store.read)
    .await?)
}

/// Begins or ends to watch an order that the caller may see.
pub async fn watch(desk: &Desk, number: Number, watches: bool) -> Result<(), Error> {
    desk.actor.may(Action::WatchOrder)?;
    let actor = desk.actor.clone();
    let user = actor.user.ok_or(Error::NotFound)?;
    desk.store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let order = load(connection, &actor, number).await?.listed.id;
                if watches {
                    let inside = actor.role.enterprise().is_none();
                    sqlx::query("INSERT INTO watchers VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                        .bind(order)
                        .bind(user)
                        .bind(inside)
                        .execute(connection)
                        .await?;
                } else {
                    sqlx::query("DELETE FROM watchers WHERE order_id = $1 AND user = $2")
                        .bind(order)
                        .bind(user)
                        .execute(connection)
                        .await?;
                }
                Ok(())
            })
        })
        .await
}

/// Who watches an order and sees the event. What somebody notes within their body is
/// told to nobody but those whom it names.
pub(crate) async fn watchers(
    connection: &mut Conn,
    order: i64,
    event: &Event,
) -> Result<Vec<UserId>, Error> {
    if matches!(event.what, What::Noted(_)) {
        return Ok(Vec::new());
    }
    Ok(
        sqlx::query_scalar("SELECT user FROM watchers WHERE order_id = $1 AND (inside OR NOT $2)")
            .bind(order)
            .bind(event.what.is_internal())
            .fetch_all(connection)
            .await?,
    )
}

/// Whoever watches the joined order watches the main one from now on; whether they
/// see it is asked when they read.
pub(crate) async fn take_along(connection: &mut Conn, joined: i64, main: i64) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO watchers SELECT $1, user, inside FROM watchers WHERE order_id = $2
         ON CONFLICT DO NOTHING",
    )
    .bind(main)
    .bind(joined)
    .execute(connection)
    .await?;
    Ok(())
}
