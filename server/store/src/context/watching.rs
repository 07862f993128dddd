//! 关注: whoever wants to be told of what happens to a case that they see.

use domain::case::{Event, Happens, Sight};
use domain::{Action, RoleName, UserId};

use crate::cases::Kind;
use crate::dialect::Conn;
use crate::{Context, Error};

/// Whether the caller watches the case; `None` where they cannot.
pub async fn is_watched(ctx: &Context, kind: Kind, case: i64) -> Result<Option<bool>, Error> {
    if ctx.actor.may(Action::Watch).is_err() {
        return Ok(None);
    }
    let watched = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM watchers
                        WHERE case_kind = $1 AND case_id = $2 AND user = $3)",
    );
    let watched = watched.bind(kind.code()).bind(case).bind(ctx.actor.user);
    Ok(Some(watched.fetch_one(&ctx.store.read).await?))
}

/// Begins or ends to watch a case that the caller may see.
pub async fn watch(ctx: &Context, kind: Kind, number: &str, watches: bool) -> Result<(), Error> {
    let (actor, number) = (ctx.actor.clone(), number.to_owned());
    ctx.write(move |connection| {
        Box::pin(async move {
            let case = kind.find(connection, &actor, &number).await?;
            actor.may(Action::Watch)?;
            let user = actor.user.ok_or(Error::NotFound)?;
            let change = match watches {
                true => "INSERT INTO watchers VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                false => {
                    "DELETE FROM watchers
                     WHERE case_kind = $1 AND case_id = $2 AND user = $3"
                }
            };
            let mut change = sqlx::query(change).bind(kind.code()).bind(case).bind(user);
            if watches {
                change = change.bind(actor.role.enterprise().is_none());
            }
            change.execute(connection).await?;
            Ok(())
        })
    })
    .await
}

/// Who watches a case and sees the event. What somebody says within their own body or office
/// is told to nobody but those whom it names.
pub(crate) async fn watchers<W: Happens>(
    connection: &mut Conn,
    case: i64,
    event: &Event<W>,
) -> Result<Vec<UserId>, Error> {
    let inside_only = match event.what.sight() {
        Sight::Everybody => false,
        Sight::Offices => true,
        Sight::OwnSide => event.by.role != RoleName::Enterprise,
        Sight::OwnBody | Sight::OwnRole => return Ok(Vec::new()),
    };
    let watchers = sqlx::query_scalar(
        "SELECT user FROM watchers
         WHERE case_kind = $1 AND case_id = $2 AND (inside OR NOT $3)",
    );
    let watchers = watchers.bind(W::KIND).bind(case).bind(inside_only);
    Ok(watchers.fetch_all(connection).await?)
}

/// Whoever watches the joined order watches the main one from now on; whether they
/// see it is asked when they read.
pub(crate) async fn take_along(connection: &mut Conn, joined: i64, main: i64) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO watchers
         SELECT case_kind, $1, user, inside FROM watchers WHERE case_kind = $2 AND case_id = $3
         ON CONFLICT DO NOTHING",
    )
    .bind(main)
    .bind(Kind::Order.code())
    .bind(joined)
    .execute(connection)
    .await?;
    Ok(())
}
