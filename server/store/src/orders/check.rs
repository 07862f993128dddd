//! Whether the columns that lists read say what the histories say.

use domain::Rulebook;
use sqlx::{FromRow, Row as _};

use super::columns::{Row, SELECT};
use super::find::replay_many;
use super::{parts, tasks};
use crate::dialect::{self, Conn, Sql};
use crate::journal::check::Differs;
use crate::{Error, cards, commitments};

/// Orders read at a time.
const BATCH: i64 = 500;

/// Tells every history anew and holds it against what is kept for reading.
pub(crate) async fn check(connection: &mut Conn, book: &Rulebook) -> Result<Vec<Differs>, Error> {
    let mut wrong = Vec::new();
    let mut after = 0;
    loop {
        let found = batch(connection, after).await?;
        let Some(last) = found.last() else {
            return Ok(wrong);
        };
        after = last.try_get("id")?;
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            match Row::from_row(row) {
                Ok(row) => rows.push(row),
                Err(error) => wrong.push(Differs {
                    what: format!("order {}", row.try_get::<String, _>("number")?),
                    cause: Some(error.into()),
                }),
            }
        }
        wrong.extend(differing(connection, rows, book).await?);
    }
}

async fn batch(connection: &mut Conn, after: i64) -> Result<Vec<dialect::Row>, Error> {
    let mut query = Sql::new(SELECT);
    query.push(" orders.id > ").push_bind(after);
    query.push(" ORDER BY orders.id LIMIT ").push_bind(BATCH);
    Ok(query.build().fetch_all(connection).await?)
}

async fn differing(
    connection: &mut Conn,
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
        let given_parts = parts.remove(&row.id()).unwrap_or(Ok(Vec::new()));
        let given_tasks = tasks.remove(&row.id()).unwrap_or(Ok(Vec::new()));
        let given = cards.remove(&row.id()).unwrap_or(Ok(Vec::new()));
        let made = promises.remove(&row.id()).unwrap_or(Ok(Vec::new()));
        let (id, number) = (row.id(), row.number().to_owned());
        let told = histories.next_if(|(told, _)| *told == id);
        let kept = given_parts.and_then(|parts| {
            let listed = row.read(parts, given_tasks?)?;
            Ok((listed, given?, made?))
        });
        let cause = match (kept, told) {
            (Ok((listed, given, made)), Some((_, Ok(order))))
                if order.overview(book) == listed.overview
                    && order.cards == given
                    && order.commitments == made =>
            {
                continue;
            }
            (Ok(_), Some((_, Ok(_))) | None) => None,
            (Err(error), _) | (Ok(_), Some((_, Err(error)))) => Some(error),
        };
        let what = format!("order {number}");
        wrong.push(Differs { what, cause });
    }
    Ok(wrong)
}
