//! Whether the columns that lists read say what the histories say.

use domain::Rulebook;
use sqlx::Row as _;

use super::columns::{Row, SELECT};
use super::find::replay_many;
use crate::dialect::{Conn, Sql};
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
        let Some((last, ..)) = found.last() else {
            return Ok(wrong);
        };
        after = *last;
        let mut rows = Vec::with_capacity(found.len());
        for (id, number, row) in found {
            match serde_json::from_slice(&row) {
                Ok(row) => rows.push((id, number, row)),
                Err(error) => wrong.push(Differs {
                    what: format!("order {number}"),
                    cause: Some(Error::Row(error)),
                }),
            }
        }
        wrong.extend(differing(connection, rows, book).await?);
    }
}

async fn batch(connection: &mut Conn, after: i64) -> Result<Vec<(i64, String, Vec<u8>)>, Error> {
    let columns = Row::COLUMNS;
    let mut query = Sql::new(format!("SELECT id, number, json_array({columns}) FROM ("));
    query.push(&*SELECT);
    query.push(" orders.id > ").push_bind(after);
    query.push(" ORDER BY orders.id LIMIT ").push_bind(BATCH);
    query.push(")");
    let rows = query.build().fetch_all(connection).await?;
    let rows = rows
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get_unchecked(2)?)));
    rows.collect()
}

async fn differing(
    connection: &mut Conn,
    rows: Vec<(i64, String, Row)>,
    book: &Rulebook,
) -> Result<Vec<Differs>, Error> {
    let ids: Vec<i64> = rows.iter().map(|(id, ..)| *id).collect();
    let mut histories = replay_many(connection, &ids).await?.into_iter().peekable();
    let mut cards = cards::of_orders(connection, &ids).await?;
    let mut promises = commitments::of_orders(connection, &ids).await?;
    let mut wrong = Vec::new();
    for (id, number, row) in rows {
        let given = cards.remove(&id).unwrap_or(Ok(Vec::new()));
        let made = promises.remove(&id).unwrap_or(Ok(Vec::new()));
        let told = histories.next_if(|(told, _)| *told == id);
        let kept = row.read().and_then(|listed| Ok((listed, given?, made?)));
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
