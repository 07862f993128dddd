use domain::order::{Event, Number, Overview, Step, decide};
use domain::{Actor, Instant, Refusal, Rulebook};
use sqlx::SqliteConnection;

use super::columns::bind_state;
use super::find::load;
use crate::times::seconds;
use crate::{Desk, Error};

/// Takes a step on an order and answers what it became.
///
/// `version` is what the caller had read; where the order has moved on since,
/// the step is refused as [`Refusal::Changed`], and `None` takes what is there.
pub async fn step(
    desk: &Desk,
    number: Number,
    version: Option<u32>,
    step: Step,
) -> Result<Overview, Error> {
    let Desk {
        store,
        actor,
        now,
        book,
    } = desk.clone();
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let moved = move_on(connection, &actor, now, &book, number, version, step).await?;
                Ok(moved.0)
            })
        })
        .await
}

/// Loads, decides, and writes events and columns; also the number of events.
pub(super) async fn move_on(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: Instant,
    book: &Rulebook,
    number: Number,
    version: Option<u32>,
    step: Step,
) -> Result<(Overview, usize), Error> {
    let found = load(connection, actor, number).await?;
    let mut order = found.order;
    if version.is_some_and(|version| version != order.version) {
        return Err(Refusal::Changed {
            current: order.version,
        }
        .into());
    }
    let events = decide(&order, actor, now, step, book)?;
    for event in &events {
        order.apply(event)?;
    }
    let overview = order.overview(book);
    append(connection, found.listed.id, &events).await?;
    let update = sqlx::query(
        "UPDATE orders SET complexity = $1, stage = $2, lead = $3, clock = $4, due_at = $5,
             due_provisional = $6, yellow_at = $7, rating = $8, escalation = $9, cycle = $10,
             version = $11, sweep_at = $12
         WHERE id = $13",
    );
    bind_state(update, &overview)
        .bind(found.listed.id)
        .execute(connection)
        .await?;
    Ok((overview, events.len()))
}

pub(super) async fn append(
    connection: &mut SqliteConnection,
    order: i64,
    events: &[Event],
) -> Result<(), Error> {
    for event in events {
        sqlx::query(
            "INSERT INTO order_events
                 (order_id, seq, happened_at, entered_at, user, actor, role, body, what)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(order)
        .bind(event.seq)
        .bind(seconds(event.happened_at))
        .bind(seconds(event.entered_at))
        .bind(event.by.user)
        .bind(&event.by.name)
        .bind(event.by.role.code())
        .bind(event.by.body.as_ref().map(|body| body.as_str()))
        .bind(serde_json::to_string(&event.what)?)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
