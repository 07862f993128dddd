//! Deadlines that move: what a calendar or new rules would do to open orders, and
//! doing it.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::order::recount;
use domain::order::{Event, Order};
use domain::time::Calendar;
use domain::{Actor, AuditKind, Instant, Rulebook, Rules};

use super::find::replay_many;
use super::step::write_down;
use super::{UNDER_WAY, words};
use crate::audit::{self, Entry};
use crate::cases::Moved;
use crate::context::Trace;
use crate::dialect::{self, Conn};
use crate::orders::columns::{write_numbers, write_state};
use crate::troubles::Troubles;
use crate::writer::{close_record, open_record};
use crate::{Context, Error, commitments};

/// Orders read at a time, so that a long preview holds nothing up.
const BATCH: i64 = 500;

/// What another calendar would do to the open orders; `after` is the book that has it.
pub(crate) async fn preview_calendar(
    connection: &mut Conn,
    ctx: &Context,
    year: i32,
    after: &Rulebook,
) -> Result<Vec<Moved>, Error> {
    let Context {
        actor, now, book, ..
    } = ctx;
    let before = &book.calendar;
    preview(connection, after, &ctx.store.troubles, |order| {
        recount::republish(order, actor, *now, year, before, after)
    })
    .await
}

/// What taking over the clocks that run would do to the open orders.
pub(crate) async fn preview_rules(
    connection: &mut Conn,
    actor: &Actor,
    now: Instant,
    rules: &Rules,
    (book, troubles): (&Rulebook, &Troubles),
) -> Result<Vec<Moved>, Error> {
    let after = book.with_rules(rules.clone());
    preview(connection, &after, troubles, |order| {
        recount::rerule(order, actor, now, rules, &after)
    })
    .await
}

/// The orders in whose histories something would be written that moves a deadline: the
/// same events that are written when it is carried out.
async fn preview(
    connection: &mut Conn,
    book: &Rulebook,
    troubles: &Troubles,
    happens: impl Fn(&Order) -> Vec<Event>,
) -> Result<Vec<Moved>, Error> {
    let mut moved = Vec::new();
    let mut after = 0;
    while let Some(batch) = open_orders(connection, after, troubles).await? {
        after = batch.last;
        for (_, order) in batch.orders {
            let moves = recount::moved(&order, &happens(&order), book);
            if !moves.is_empty() {
                moved.push(Moved {
                    number: order.number.to_string(),
                    body: order.stage.lead().cloned(),
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
    connection: &mut Conn,
    actor: &Actor,
    now: Instant,
    year: i32,
    before: &Calendar,
    (book, troubles): (&Rulebook, &Troubles),
) -> Result<u64, Error> {
    carry_out(
        connection,
        actor,
        (now, AuditKind::CalendarApplied),
        (book, troubles),
        |order| recount::republish(order, actor, now, year, before, book),
    )
    .await
}

/// A version of the rules takes over the clocks that run.
pub(crate) async fn rerule(
    connection: &mut Conn,
    actor: &Actor,
    now: Instant,
    rules: &Rules,
    (book, troubles): (&Rulebook, &Troubles),
) -> Result<u64, Error> {
    carry_out(
        connection,
        actor,
        (now, AuditKind::RulesChanged),
        (book, troubles),
        |order| recount::rerule(order, actor, now, rules, book),
    )
    .await
}

async fn carry_out(
    connection: &mut Conn,
    actor: &Actor,
    (now, deed): (Instant, AuditKind),
    (book, troubles): (&Rulebook, &Troubles),
    happens: impl Fn(&Order) -> Vec<Event>,
) -> Result<u64, Error> {
    let mut moved = 0;
    let mut after = 0;
    while let Some(batch) = open_orders(connection, after, troubles).await? {
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
                    troubles.note(&format!("order {number}"), &error);
                }
            }
        }
    }
    let entry = Entry::new(deed, now, &Trace::default()).by(actor);
    let entry = entry.detail(format!("{moved} orders"));
    audit::append(connection, &entry).await?;
    Ok(moved)
}

/// The next open orders after `after`, and those that something still comes to by
/// itself; `None` at the end.
async fn open_orders(
    connection: &mut Conn,
    after: i64,
    troubles: &Troubles,
) -> Result<Option<Batch>, Error> {
    let open = "SELECT id FROM orders
         WHERE id > $1
           AND (stage NOT IN ('declined', 'closed', 'withdrawn') OR sweep_at IS NOT NULL)
         ORDER BY id LIMIT $2";
    next_orders(connection, open, after, troubles).await
}

/// Orders in the order of their ids.
struct Batch {
    /// The last that was looked at, whether or not it could be read.
    last: i64,
    orders: Vec<(i64, Order)>,
}

/// Joined orders whose main order can still be withdrawn or declined: they would stand by
/// themselves again.
pub(crate) async fn joined_for_now(connection: &mut Conn) -> Result<Vec<Order>, Error> {
    static IDS: LazyLock<String> = LazyLock::new(|| {
        let open = &*UNDER_WAY;
        format!(
            "SELECT id FROM orders WHERE id > $1 AND merged_into IS NOT NULL AND stage = 'merged'
             AND merged_into IN (SELECT number FROM orders WHERE {open}) ORDER BY id LIMIT $2"
        )
    });
    let (mut joined, mut after) = (Vec::new(), 0);
    while let Some(batch) = next_orders(connection, &IDS, after, &Troubles::default()).await? {
        after = batch.last;
        joined.extend(batch.orders.into_iter().map(|(_, order)| order));
    }
    Ok(joined)
}

/// One that cannot be read is named among the troubles, and holds up no other.
async fn next_orders(
    connection: &mut Conn,
    ids: &'static str,
    after: i64,
    troubles: &Troubles,
) -> Result<Option<Batch>, Error> {
    let ids: Vec<i64> = sqlx::query_scalar(ids)
        .bind(after)
        .bind(BATCH)
        .fetch_all(&mut *connection)
        .await?;
    let Some(last) = ids.last().copied() else {
        return Ok(None);
    };
    let mut orders = Vec::with_capacity(ids.len());
    for (id, order) in replay_many(connection, &ids).await? {
        match order {
            Ok(order) => orders.push((id, order)),
            Err(error) => {
                let number: String = sqlx::query_scalar("SELECT number FROM orders WHERE id = $1")
                    .bind(id)
                    .fetch_one(&mut *connection)
                    .await?;
                troubles.note(&format!("order {number}"), &error);
            }
        }
    }
    Ok(Some(Batch { last, orders }))
}

async fn rewrite(
    connection: &mut Conn,
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
const COLUMNS: i64 = 12;

/// Brings what lists read up to this version of the program.
pub(crate) async fn rewrite_columns(
    connection: &mut Conn,
    book: &Rulebook,
    troubles: &Troubles,
) -> Result<(), Error> {
    if dialect::mark(connection).await? == COLUMNS {
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
    while let Some(batch) = next_orders(connection, all, after, troubles).await? {
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
    dialect::set_mark(connection, COLUMNS).await?;
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    Ok(())
}
