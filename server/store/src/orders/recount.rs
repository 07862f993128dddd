//! Deadlines that move: what a calendar or new rules would do to open orders, and
//! doing it.

use std::collections::HashMap;

use domain::order::recount::{self, Move};
use domain::order::{Event, Number, Order};
use domain::time::Calendar;
use domain::{Actor, BodyCode, Deed, Instant, Rulebook, Rules};
use sqlx::SqliteConnection;

use super::find::replay_many;
use super::step::write_down;
use super::words;
use crate::audit::{self, Entry};
use crate::desk::Trace;
use crate::orders::columns::{write_numbers, write_state};
use crate::writer::{close_record, open_record};
use crate::{Desk, Error, commitments};

/// An order whose deadlines move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub number: Number,
    pub lead: Option<BodyCode>,
    pub moves: Vec<Move>,
}

/// Orders read at a time, so that a long preview holds nothing up.
const BATCH: i64 = 500;

/// What another calendar would do to the open orders; `after` is the book that has it.
pub(crate) async fn preview_calendar(
    connection: &mut SqliteConnection,
    desk: &Desk,
    year: i32,
    after: &Rulebook,
) -> Result<Vec<Moved>, Error> {
    let Desk {
        actor, now, book, ..
    } = desk;
    let before = &book.calendar;
    preview(connection, after, |order| {
        recount::republish(order, actor, *now, year, before, after)
    })
    .await
}

/// What taking over the clocks that run would do to the open orders.
pub(crate) async fn preview_rules(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: Instant,
    rules: &Rules,
    book: &Rulebook,
) -> Result<Vec<Moved>, Error> {
    let after = book.with_rules(rules.clone());
    preview(connection, &after, |order| {
        recount::rerule(order, actor, now, rules, &after)
    })
    .await
}

/// The orders in whose histories something would be written that moves a deadline: the
/// same events that are written when it is carried out.
async fn preview(
    connection: &mut SqliteConnection,
    book: &Rulebook,
    happens: impl Fn(&Order) -> Vec<Event>,
) -> Result<Vec<Moved>, Error> {
    let mut moved = Vec::new();
    let mut after = 0;
    while let Some(batch) = open_orders(connection, after).await? {
        after = batch.last;
        for (_, order) in batch.orders {
            let moves = recount::moved(&order, &happens(&order), book);
            if !moves.is_empty() {
                moved.push(Moved {
                    number: order.number,
                    lead: order.stage.lead().cloned(),
                    moves,
                });
            }
        }
    }
    Ok(moved)
}

/// A year's notice was applied: writes it into the history of each order that it
/// moves. Answers how many those are.
pub(crate) async fn republish(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: Instant,
    year: i32,
    before: &Calendar,
    book: &Rulebook,
) -> Result<u64, Error> {
    carry_out(
        connection,
        actor,
        (now, Deed::CalendarApplied),
        book,
        |order| recount::republish(order, actor, now, year, before, book),
    )
    .await
}

/// A version of the rules takes over the clocks that run.
pub(crate) async fn rerule(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: Instant,
    rules: &Rules,
    book: &Rulebook,
) -> Result<u64, Error> {
    carry_out(
        connection,
        actor,
        (now, Deed::RulesChanged),
        book,
        |order| recount::rerule(order, actor, now, rules, book),
    )
    .await
}

async fn carry_out(
    connection: &mut SqliteConnection,
    actor: &Actor,
    (now, deed): (Instant, Deed),
    book: &Rulebook,
    happens: impl Fn(&Order) -> Vec<Event>,
) -> Result<u64, Error> {
    let mut moved = 0;
    let mut after = 0;
    let before = audit::mark(connection).await?;
    while let Some(batch) = open_orders(connection, after).await? {
        after = batch.last;
        for (id, order) in batch.orders {
            let number = order.number;
            let events = happens(&order);
            let moves = !recount::moved(&order, &events, book).is_empty();
            open_record(connection).await?;
            let done = if events.is_empty() {
                // A level of the ladder can move although its deadline does not.
                write_state(connection, id, &order.overview(book)).await
            } else {
                write_down(connection, id, order, actor, &events, book)
                    .await
                    .map(|_| ())
            };
            match close_record(connection, done).await? {
                Ok(()) => moved += u64::from(moves),
                Err(error) => {
                    tracing::error!(%error, %number, "a deadline cannot be moved; the others are");
                }
            }
        }
    }
    let entry = Entry::new(deed, now, &Trace::default()).by(actor);
    let entry = entry.detail(format!("{moved} orders"));
    audit::append_or_seal(connection, before, entry).await?;
    Ok(moved)
}

/// The next open orders after `after`, and those that something still comes to by
/// itself; `None` at the end.
async fn open_orders(
    connection: &mut SqliteConnection,
    after: i64,
) -> Result<Option<Batch>, Error> {
    let open = "SELECT id FROM orders
         WHERE id > $1
           AND (stage NOT IN ('declined', 'closed', 'withdrawn') OR sweep_at IS NOT NULL)
         ORDER BY id LIMIT $2";
    next_orders(connection, open, after).await
}

/// Orders in the order of their ids.
struct Batch {
    /// The last that was looked at, whether or not it could be read.
    last: i64,
    orders: Vec<(i64, Order)>,
}

/// One that cannot be read is named in the log, and holds up no other.
async fn next_orders(
    connection: &mut SqliteConnection,
    ids: &'static str,
    after: i64,
) -> Result<Option<Batch>, Error> {
    let ids: Vec<i64> = sqlx::query_scalar(ids)
        .bind(after)
        .bind(BATCH)
        .fetch_all(&mut *connection)
        .await?;
    let Some(last) = ids.last().copied() else {
        return Ok(None);
    };
    let orders = replay_many(connection, &ids).await?;
    let orders = orders.into_iter().filter_map(|(id, order)| match order {
        Ok(order) => Some((id, order)),
        Err(error) => {
            tracing::error!(%error, id, "an order cannot be read and is left as it is");
            None
        }
    });
    Ok(Some(Batch {
        last,
        orders: orders.collect(),
    }))
}

async fn rewrite(
    connection: &mut SqliteConnection,
    id: i64,
    order: &Order,
    enterprise: &str,
    book: &Rulebook,
) -> Result<(), Error> {
    write_state(connection, id, &order.overview(book)).await?;
    write_numbers(connection, id, &order.placement.contact.phone).await?;
    commitments::keep(connection, id, order).await?;
    words::write(connection, id, order, enterprise).await
}

/// How the columns are worked out; raised with every change of it.
const COLUMNS: i64 = 11;

/// Brings what lists read up to this version of the program.
pub(crate) async fn rewrite_columns(
    connection: &mut SqliteConnection,
    book: &Rulebook,
) -> Result<(), Error> {
    let written: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *connection)
        .await?;
    if written == COLUMNS {
        return Ok(());
    }
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO order_words (order_words) VALUES ('delete-all')")
        .execute(&mut *connection)
        .await?;
    let names: HashMap<i64, String> = sqlx::query_as("SELECT id, name FROM enterprises")
        .fetch_all(&mut *connection)
        .await?
        .into_iter()
        .collect();
    let mut after = 0;
    let all = "SELECT id FROM orders WHERE id > $1 ORDER BY id LIMIT $2";
    while let Some(batch) = next_orders(connection, all, after).await? {
        after = batch.last;
        for (id, order) in batch.orders {
            let name = names.get(&order.enterprise).map_or("", String::as_str);
            open_record(connection).await?;
            let done = rewrite(connection, id, &order, name, book).await;
            if let Err(error) = close_record(connection, done).await? {
                // Named again by whoever works on it; the program starts all the same.
                tracing::error!(%error, id, "the lists of an order cannot be brought up to date");
            }
        }
        words::fold(connection).await?;
    }
    sqlx::query("PRAGMA user_version = 11")
        .execute(&mut *connection)
        .await?;
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    Ok(())
}
