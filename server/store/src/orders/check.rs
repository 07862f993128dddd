//! Whether the columns that lists read say what the histories say.

use domain::Rulebook;
use domain::order::Number;
use sqlx::sqlite::Sqlite;
use sqlx::{QueryBuilder, SqliteConnection};

use super::columns::{Row, SELECT};
use super::find::replay_many;
use crate::{Error, Store};

/// Orders read at a time.
const BATCH: i64 = 500;

/// An order that is not what its history makes of it.
#[derive(Debug)]
pub struct Differs {
    pub number: Number,
    /// Set where the history itself cannot be told.
    pub cause: Option<Error>,
}

/// Tells every history anew and holds it against what is kept for reading.
pub async fn check(store: &Store) -> Result<Vec<Differs>, Error> {
    let mut connection = store.read.acquire().await?;
    let book = store.book();
    let mut wrong = Vec::new();
    let mut after = 0;
    loop {
        let rows = batch(&mut connection, after).await?;
        let Some(last) = rows.last() else {
            return Ok(wrong);
        };
        after = last.id();
        wrong.extend(differing(&mut connection, rows, &book).await?);
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
    let mut wrong = Vec::new();
    for row in rows {
        let listed = row.read()?;
        let number = listed.overview.number;
        let differs = |cause| Differs { number, cause };
        match histories.next_if(|(id, _)| *id == listed.id) {
            Some((_, Ok(order))) if order.overview(book) == listed.overview => {}
            Some((_, Ok(_))) | None => wrong.push(differs(None)),
            Some((_, Err(error))) => wrong.push(differs(Some(error))),
        }
    }
    Ok(wrong)
}
