use domain::Actor;
use domain::order::{Event, Number, Order};

use super::columns::{self, Listed, Row, SELECT};
use crate::dialect::{Conn, Sql};
use crate::journal::events;
use crate::{Context, Error, scope};

/// An order with its history.
#[derive(Debug)]
pub struct Found {
    pub listed: Listed,
    pub events: Vec<Event>,
    pub order: Order,
}

/// `NotFound` where there is none that the caller may see.
pub async fn find(ctx: &Context, number: Number) -> Result<Found, Error> {
    let mut connection = ctx.store.read.acquire().await?;
    let found = load(&mut connection, &ctx.actor, number).await;
    ctx.store
        .troubles
        .heed(&found, || format!("order {number}"));
    found
}

pub(crate) async fn load(
    connection: &mut Conn,
    actor: &Actor,
    number: Number,
) -> Result<Found, Error> {
    let mut query = Sql::new("");
    columns::put(&mut query, |query| {
        query.push(&*SELECT);
        scope::visible(query, actor);
        query
            .push(" AND orders.number = ")
            .push_bind(number.to_string());
    });
    let row: Option<Vec<u8>> = query
        .build_query_scalar()
        .fetch_one(&mut *connection)
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let row: Row = serde_json::from_slice(&row).map_err(Error::Row)?;
    let listed = row.read()?;
    let events = events::history(connection, listed.id).await?;
    let order = Order::replay(&events)?;
    Ok(Found {
        listed,
        events,
        order,
    })
}

/// Orders by their ids as their histories tell them, in one look; each with what is
/// wrong with it, where it cannot be read.
pub(crate) async fn replay_many(
    connection: &mut Conn,
    ids: &[i64],
) -> Result<Vec<(i64, Result<Order, Error>)>, Error> {
    let replay = |events: Result<Vec<Event>, Error>| Ok(Order::replay(&events?)?);
    let histories = events::histories(connection, ids).await?.into_iter();
    Ok(histories.map(|(id, events)| (id, replay(events))).collect())
}

/// Listed orders with their histories, in one look; one that cannot be read is left out.
pub(crate) async fn with_histories(
    connection: &mut Conn,
    listed: Vec<Listed>,
) -> Result<Vec<Found>, Error> {
    let ids: Vec<i64> = listed.iter().map(|one| one.id).collect();
    let mut histories = events::histories(connection, &ids).await?;
    let mut found = Vec::with_capacity(listed.len());
    for listed in listed {
        let events = histories.remove(&listed.id).unwrap_or(Ok(Vec::new()));
        let read = events.and_then(|events| Ok((Order::replay(&events)?, events)));
        match read {
            Ok((order, events)) => found.push(Found {
                listed,
                events,
                order,
            }),
            Err(error) => {
                tracing::error!(%error, id = listed.id, "the history of an order cannot be read");
            }
        }
    }
    Ok(found)
}
