//! Whether the columns that lists read say what the histories say.

use domain::Rulebook;
use sqlx::sqlite::Sqlite;
use sqlx::{QueryBuilder, SqliteConnection};

use super::columns::{Row, SELECT};
use super::find::replay_many;
use super::{parts, tasks};
use crate::{Error, cards, commitments};

/// Orders read at a time.
const BATCH: i64 = 500;

/// An order that is not what its history makes of it.
#[derive(Debug)]
pub struct Differs {
    pub number: String,
    /// Set where the history, or the columns, cannot be read at all.
    pub cause: Option<Error>,
}

/// Tells every history anew and holds it against what is kept for reading.
pub(crate) async fn check(
    connection: &mut SqliteConnection,
    book: &Rulebook,
) -> Result<Vec<Differs>, Error> {
    let mut wrong = Vec::new();
    let mut after = 0;
    loop {
        let rows = batch(connection, after).await?;
        let Some(last) = rows.last() else {
            return Ok(wrong);
        };
        after = last.id();
        wrong.extend(differing(connection, rows, book).await?);
    }
}

async fn batch(connection: &mut SqliteConnection, after: i64) -> Result<Vec<Row>, Error> {
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    query.push(" orders.id > ").push_bind(after);
    query.push(" ORDER BY orders.id LIMIT ").push_bind(BATCH);
    Ok(query.build_query_as().fetch_all(connection).await?)
}

async fn differing(
    connection: &mut SqliteConnection,
    rows: Vec<Row>,
    book: &Rulebook,
) -> Result<Vec<Differs>, Error> {
    let ids: Vec<i64> = rows.iter().map(Row::id).collect();
    let mut histories = replay_many(connection, &ids).await?.into_iter().peekable();
    let mut parts = parts::of_orders(connection, &rows).await?;
    let mut tasks = tasks::of_orders(connection, &rows).await?;
    let mut cards = cards::of_orders(connection, &ids).await?;
    let mut promises = commitments::of_orders(connection, &ids).await?;
    let mut wrong = Vec::new();
    for row in rows {
        let given_parts = parts.remove(&row.id()).unwrap_or_default();
        let given_tasks = tasks.remove(&row.id()).unwrap_or_default();
        let given = cards.remove(&row.id()).unwrap_or_default();
        let made = promises.remove(&row.id()).unwrap_or_default();
        let (id, number) = (row.id(), row.number().to_owned());
        let told = histories.next_if(|(told, _)| *told == id);
        let cause = match (row.read(given_parts, given_tasks), told) {
            (Ok(listed), Some((_, Ok(order))))
                if order.overview(book) == listed.overview
                    && order.cards == given
                    && order.commitments == made =>
            {
                continue;
            }
            (Ok(_), Some((_, Ok(_))) | None) => None,
            (Err(error), _) | (Ok(_), Some((_, Err(error)))) => Some(error),
        };
        wrong.push(Differs { number, cause });
    }
    Ok(wrong)
}
