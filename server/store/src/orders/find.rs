use std::collections::BTreeMap;

use domain::order::event::By;
use domain::order::{Event, Number, Order};
use domain::{Actor, BodyCode, RoleName};
use sqlx::{FromRow, Row as _};

use super::columns::{Listed, Row, SELECT};
use super::parts;
use crate::dialect::{Conn, Sql};
use crate::times::instant;
use crate::{Desk, Error, scope};

/// An order with its history.
#[derive(Debug)]
pub struct Found {
    pub listed: Listed,
    pub events: Vec<Event>,
    pub order: Order,
}

/// `NotFound` where there is none that the caller may see.
pub async fn find(desk: &Desk, number: Number) -> Result<Found, Error> {
    let mut connection = desk.store.read.acquire().await?;
    let found = load(&mut connection, &desk.actor, number).await;
    desk.store
        .troubles
        .heed(&found, || format!("order {number}"));
    found
}

pub(crate) async fn load(
    connection: &mut Conn,
    actor: &Actor,
    number: Number,
) -> Result<Found, Error> {
    let mut query = Sql::new(SELECT);
    scope::visible(&mut query, actor);
    query
        .push(" AND orders.number = ")
        .push_bind(number.to_string());
    let row: Option<Row> = query
        .build_query_as()
        .fetch_optional(&mut *connection)
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let mut listed = parts::read_all(connection, vec![row]).await?;
    let listed = listed.pop().ok_or(Error::NotFound)?;
    let events = events(connection, listed.id).await?;
    let order = Order::replay(&events)?;
    Ok(Found {
        listed,
        events,
        order,
    })
}

#[derive(FromRow)]
pub(crate) struct EventRow {
    seq: u32,
    happened_at: i64,
    entered_at: i64,
    calendar: u32,
    user: Option<i64>,
    actor: String,
    role: String,
    body: Option<String>,
    what: String,
    attachments: String,
}

/// Orders by their ids as their histories tell them, in one look; each with what is
/// wrong with it, where it cannot be read.
pub(crate) async fn replay_many(
    connection: &mut Conn,
    ids: &[i64],
) -> Result<Vec<(i64, Result<Order, Error>)>, Error> {
    let replay = |events: Result<Vec<Event>, Error>| Ok(Order::replay(&events?)?);
    let histories = histories(connection, ids).await?.into_iter();
    Ok(histories.map(|(id, events)| (id, replay(events))).collect())
}

/// The histories of orders by their ids, in one look.
async fn histories(
    connection: &mut Conn,
    ids: &[i64],
) -> Result<BTreeMap<i64, Result<Vec<Event>, Error>>, Error> {
    let mut query = Sql::new(
        "SELECT order_id, seq, happened_at, entered_at, calendar, user, actor, role, body, what,
                attachments
         FROM order_events WHERE order_id IN (",
    );
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(") ORDER BY order_id, seq");
    let rows = query.build().fetch_all(connection).await?;
    let mut histories: BTreeMap<i64, Result<Vec<Event>, Error>> = BTreeMap::new();
    for row in rows {
        let history = histories.entry(row.try_get("order_id")?);
        let history = history.or_insert_with(|| Ok(Vec::new()));
        // Each by itself: damaged text stops its own order and no other.
        let event = EventRow::from_row(&row).map_err(Error::from);
        match (event.and_then(EventRow::read), history) {
            (Ok(event), Ok(events)) => events.push(event),
            (Err(error), history) => *history = Err(error),
            (Ok(_), Err(_)) => {}
        }
    }
    Ok(histories)
}

/// Listed orders with their histories, in one look; one that cannot be read is left out.
pub(crate) async fn with_histories(
    connection: &mut Conn,
    listed: Vec<Listed>,
) -> Result<Vec<Found>, Error> {
    let ids: Vec<i64> = listed.iter().map(|one| one.id).collect();
    let mut histories = histories(connection, &ids).await?;
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

async fn events(connection: &mut Conn, order: i64) -> Result<Vec<Event>, Error> {
    let rows: Vec<EventRow> = sqlx::query_as(
        "SELECT seq, happened_at, entered_at, calendar, user, actor, role, body, what, attachments
         FROM order_events WHERE order_id = $1 ORDER BY seq",
    )
    .bind(order)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(EventRow::read).collect()
}

impl EventRow {
    pub(crate) fn read(self) -> Result<Event, Error> {
        let role = RoleName::parse(&self.role).ok_or(Error::Unreadable {
            column: "role",
            value: self.role,
        })?;
        Ok(Event {
            seq: self.seq,
            happened_at: instant("happened_at", self.happened_at)?,
            entered_at: instant("entered_at", self.entered_at)?,
            calendar: self.calendar,
            by: By {
                user: self.user,
                name: self.actor,
                role,
                body: self.body.map(BodyCode::new),
            },
            what: serde_json::from_str(&self.what)?,
            attachments: match self.attachments.as_str() {
                "[]" => Vec::new(),
                attachments => serde_json::from_str(attachments)?,
            },
        })
    }
}
