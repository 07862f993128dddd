//! 共性问题: alike orders of different enterprises, put before the centre as one matter.

use std::sync::{MutexGuard, PoisonError};

use domain::order::Number;
use domain::time::local;
use domain::{Action, Instant, Refusal};
use sqlx::FromRow;

use crate::dialect::Sql;
use crate::orders::{Listed, listed_of, most_alike};
use crate::times::seconds;
use crate::{Context, Error, Store};

/// Alike orders, as one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The number of the first of them, by which it is known.
    pub first: Number,
    pub orders: Vec<Listed>,
    pub enterprises: u64,
}

/// Orders put with those like them at one turn, so that it holds nothing up.
const TURN: i64 = 20;
/// Where there is a long past, only this much of it is looked through.
const PAST: i64 = 5_000;

/// Puts orders that were placed since the last turn with those that they are like.
/// Answers how many.
pub async fn sort_in(store: &Store, now: Instant) -> Result<usize, Error> {
    let new: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM orders
         WHERE id > coalesce((SELECT max(order_id) FROM likeness),
                             (SELECT max(id) FROM orders) - $1)
         ORDER BY id LIMIT $2",
    )
    .bind(PAST)
    .bind(TURN)
    .fetch_all(&store.read)
    .await?;
    if new.is_empty() {
        return Ok(0);
    }
    let sorted = new.len();
    for id in new {
        // One by one: the next may be like this one.
        let first = match group_of(store, id, now).await {
            Ok(first) => first,
            // By itself: what cannot be compared does not hold up those after it.
            Err(error) if error.lack().is_none() => {
                store.troubles.note(&format!("likeness of {id}"), &error);
                id
            }
            Err(error) => return Err(error),
        };
        store
            .write(move |connection| {
                Box::pin(async move {
                    sqlx::query("INSERT INTO likeness VALUES ($1, $2) ON CONFLICT DO NOTHING")
                        .bind(id)
                        .bind(first)
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await?;
    }
    Ok(sorted)
}

async fn group_of(store: &Store, id: i64, now: Instant) -> Result<i64, Error> {
    let book = store.book();
    let rules = book.rules_at(now);
    let since = since(&book, now);
    let mut connection = store.read.acquire().await?;
    let like = most_alike(&mut connection, id, since, rules.similar).await?;
    Ok(like.unwrap_or(id))
}

/// Midnight of the first day that counts.
fn since(book: &domain::Rulebook, now: Instant) -> i64 {
    midnight(book, now, 1)
}

/// Midnight of the day that lies so many times the days that count before now.
fn midnight(book: &domain::Rulebook, now: Instant, times: u32) -> i64 {
    let days = u32::from(book.rules_at(now).common_days) * times;
    let day = book.calendar.nth_before(local(now).date(), days);
    seconds(domain::time::instant(day, chrono::NaiveTime::MIN))
}

/// Groups of enough different enterprises with something still to do, those of most
/// enterprises first; at most `most`, and how many there are.
pub async fn groups(ctx: &Context, most: u16) -> Result<(Vec<Group>, u64), Error> {
    let mut rows = found(ctx, false).await?;
    let all = rows.len() as u64;
    rows.truncate(most.into());
    let mut groups = Vec::with_capacity(rows.len());
    for row in rows {
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT order_id FROM likeness JOIN orders ON orders.id = order_id
             WHERE first = $1 AND placed_at >= $2 AND stage NOT IN ('declined', 'withdrawn')
             ORDER BY order_id",
        )
        .bind(row.first)
        .bind(since(&ctx.book, ctx.now))
        .fetch_all(&ctx.store.read)
        .await?;
        let orders = listed_of(ctx, &ids).await?;
        if let Some(first) = orders.first() {
            groups.push(Group {
                first: first.overview.number,
                enterprises: u64::try_from(row.enterprises).unwrap_or(0),
                orders,
            });
        }
    }
    Ok((groups, all))
}

/// How many groups there are to look at: counted once a minute, as orders are put with
/// those like them behind the scenes anyway.
pub async fn waiting(ctx: &Context) -> Result<u64, Error> {
    if ctx.actor.may(Action::SeeCommonProblems).is_err() {
        return Ok(0);
    }
    let minute = seconds(ctx.now) / 60;
    let known = *common(&ctx.store);
    if let Some((counted, groups)) = known
        && counted == minute
    {
        return Ok(groups);
    }
    let groups = found(ctx, false).await?.len() as u64;
    *common(&ctx.store) = Some((minute, groups));
    Ok(groups)
}

fn common(store: &Store) -> MutexGuard<'_, Option<(i64, u64)>> {
    store.common.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The centre has looked at a group: it is shown again when it has grown.
pub async fn put_aside(ctx: &Context, number: Number) -> Result<(), Error> {
    ctx.actor.may(Action::SeeCommonProblems)?;
    let (user, now) = (ctx.actor.user.ok_or(Error::NotFound)?, ctx.now);
    let since = since(&ctx.book, now);
    ctx.write(move |connection| {
        Box::pin(async move {
            let first: Option<i64> = sqlx::query_scalar(
                "SELECT first FROM likeness JOIN orders ON orders.id = order_id
                 WHERE number = $1",
            )
            .bind(number.to_string())
            .fetch_optional(&mut *connection)
            .await?;
            let first = first.ok_or(Error::NotFound)?;
            sqlx::query(
                "INSERT INTO likeness_aside
                 SELECT $1, count(*), $2, $3 FROM likeness
                 JOIN orders ON orders.id = order_id
                 WHERE first = $1 AND placed_at >= $4
                   AND stage NOT IN ('declined', 'withdrawn')
                 ON CONFLICT (first) DO UPDATE SET orders = excluded.orders,
                     user = excluded.user, at = excluded.at",
            )
            .bind(first)
            .bind(user)
            .bind(seconds(now))
            .bind(since)
            .execute(connection)
            .await?;
            Ok(())
        })
    })
    .await?;
    common(&ctx.store).take();
    Ok(())
}

/// The first order of each group that is put aside, with its title.
pub async fn asides(ctx: &Context) -> Result<Vec<(Number, String)>, Error> {
    let mut asides = Vec::new();
    for row in found(ctx, true).await? {
        let first = listed_of(ctx, &[row.first]).await?;
        asides.extend(first.iter().map(|first| {
            let title = first.overview.placement.title.as_str().to_owned();
            (first.overview.number, title)
        }));
    }
    Ok(asides)
}

/// A group that was put aside is one to look at again.
pub async fn list_again(ctx: &Context, number: Number) -> Result<(), Error> {
    ctx.actor.may(Action::SeeCommonProblems)?;
    ctx.write(move |connection| {
        Box::pin(async move {
            let done = sqlx::query(
                "DELETE FROM likeness_aside WHERE first =
                         (SELECT first FROM likeness JOIN orders ON orders.id = order_id
                          WHERE number = $1)",
            )
            .bind(number.to_string())
            .execute(connection)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::NotFound);
            }
            Ok(())
        })
    })
    .await?;
    common(&ctx.store).take();
    Ok(())
}

#[derive(FromRow)]
struct Row {
    first: i64,
    enterprises: i64,
}

/// Those to look at, or those that were put aside and have not grown since.
async fn found(ctx: &Context, aside: bool) -> Result<Vec<Row>, Error> {
    let action = Action::SeeCommonProblems;
    if ctx.actor.may(action).is_err() {
        return Err(Refusal::Forbidden { action }.into());
    }
    let enough = ctx.book.rules_at(ctx.now).common_enterprises;
    let mut query = Sql::new(
        // Most orders are like no other: a group begins with the second.
        "WITH recent (since) AS (SELECT ",
    );
    query.push_bind(since(&ctx.book, ctx.now));
    // Orders of the hall are entered some days after they were placed: what stood in the
    // register twice as long ago is before them all.
    query.push(
        "), grouped (first) AS (
         SELECT DISTINCT first FROM likeness
         WHERE first <> order_id AND order_id > coalesce(
             (SELECT id FROM orders WHERE placed_at < ",
    );
    query.push_bind(midnight(&ctx.book, ctx.now, 2));
    query.push(
        " ORDER BY placed_at DESC LIMIT 1), 0))
         SELECT likeness.first, count(DISTINCT orders.enterprise) AS enterprises
         FROM recent CROSS JOIN grouped
         CROSS JOIN likeness ON likeness.first = grouped.first
         CROSS JOIN orders ON orders.id = likeness.order_id
         LEFT JOIN likeness_aside ON likeness_aside.first = likeness.first
         WHERE orders.placed_at >= recent.since
           AND orders.stage NOT IN ('declined', 'withdrawn')
         GROUP BY likeness.first
         HAVING count(DISTINCT orders.enterprise) >= ",
    );
    query.push_bind(i64::from(enough));
    query.push(" AND (count(*) <= coalesce(max(likeness_aside.orders), 0)) = ");
    query.push_bind(aside);
    query.push(
        " AND sum(orders.stage NOT IN ('closed', 'merged')) > 1
         ORDER BY enterprises DESC, likeness.first DESC",
    );
    Ok(query.build_query_as().fetch_all(&ctx.store.read).await?)
}
