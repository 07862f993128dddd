//! Who was told of what. Written in the transaction of the event itself, so that no
//! crash comes between the two.

use domain::order::told::Address;
use domain::order::{Event, Number, Order};
use domain::{Actor, Instant};
use sqlx::FromRow;

use crate::dialect::{self, Conn, Sql};
use crate::journal::events;
use crate::times::{instant, seconds};
use crate::{Desk, Error, orders, scope, watching};

/// What somebody was told at one moment: a sweep that catches up, or a calendar
/// that moves many deadlines, is one digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub at: Instant,
    /// How many events it tells of.
    pub count: u64,
    pub is_new: bool,
    /// The newest of them, the newest first.
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub order: Number,
    pub title: String,
    pub event: Event,
}

/// Tells of an event whoever it concerns, the one who did it excepted.
pub(crate) async fn tell(
    connection: &mut Conn,
    id: i64,
    order: &Order,
    actor: &Actor,
    event: &Event,
) -> Result<(), Error> {
    let own = actor.addresses();
    let mut told = event.what.told(order);
    let watchers = watching::watchers(connection, id, event).await?;
    told.extend(watchers.into_iter().map(Address::Person));
    told.sort();
    told.dedup();
    told.retain(|address| !own.contains(address));
    if told.is_empty() {
        return Ok(());
    }
    let mut insert = Sql::new("INSERT INTO notices (address, at, order_id, seq) ");
    insert.push_values(told, |mut row, address| {
        row.push_bind(address.code())
            .push_bind(seconds(event.entered_at))
            .push_bind(id)
            .push_bind(event.seq);
    });
    insert.build().execute(connection).await?;
    Ok(())
}

/// Moments that are looked at, from the newest back: whoever was told more often sees the
/// newest of them.
const MOMENTS: i64 = 200;

/// The newest digests of the caller, at most `limit`, each with its newest `items`.
pub async fn digests(desk: &Desk, limit: u16, items: u16) -> Result<Vec<Digest>, Error> {
    let moments = moments(desk, i64::from(limit)).await?;
    if moments.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Sql::new(
        "SELECT at, count(DISTINCT order_id || ':' || seq) AS count,
             max(notices.id > coalesce((SELECT upto FROM notices_read
                                        WHERE address = notices.address AND user = ",
    );
    query
        .push_bind(desk.actor.user)
        .push("), 0)) AS is_new FROM notices JOIN orders ON orders.id = notices.order_id WHERE");
    mine(&mut query, desk);
    query.push(" AND notices.at IN (");
    let mut list = query.separated(", ");
    for at in moments {
        list.push_bind(at);
    }
    query.push(") GROUP BY at ORDER BY at DESC");
    let rows: Vec<(i64, i64, bool)> = query.build_query_as().fetch_all(&desk.store.read).await?;
    let mut digests = Vec::with_capacity(rows.len());
    for (at, count, is_new) in rows {
        digests.push(Digest {
            at: instant("at", at)?,
            count: u64::try_from(count).unwrap_or(0),
            is_new,
            items: told(desk, at, items).await?,
        });
    }
    Ok(digests)
}

/// When the caller was told something, the newest first. Steps from moment to moment by the index over address and time, so that it costs
/// what it answers and not what there is.
async fn moments(desk: &Desk, limit: i64) -> Result<Vec<i64>, Error> {
    let addresses: Vec<String> = desk.actor.addresses().iter().map(Address::code).collect();
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let newest = |query: &mut Sql, before: &str| {
        query.push("max(-1");
        for address in &addresses {
            query.push(", coalesce((SELECT max(at) FROM notices WHERE address = ");
            query.push_bind(address.clone());
            query.push(before).push("), -1)");
        }
        query.push(")");
    };
    let mut query = Sql::new("WITH RECURSIVE moments(at, n) AS (SELECT ");
    newest(&mut query, "");
    query.push(", 1 UNION ALL SELECT ");
    newest(&mut query, " AND at < moments.at");
    query.push(", n + 1 FROM moments WHERE moments.at >= 0 AND n < ");
    query.push_bind(MOMENTS);
    query.push(
        ") SELECT moments.at FROM moments WHERE moments.at >= 0 AND EXISTS (
             SELECT 1 FROM notices JOIN orders ON orders.id = notices.order_id
             WHERE notices.at = moments.at AND ",
    );
    mine(&mut query, desk);
    query.push(") LIMIT ").push_bind(limit);
    Ok(query
        .build_query_scalar()
        .fetch_all(&desk.store.read)
        .await?)
}

/// How many events the caller was told of, each once, read or not: all of them.
pub async fn count(desk: &Desk) -> Result<u64, Error> {
    let mut query = Sql::new(
        "SELECT count(DISTINCT order_id || ':' || seq) FROM notices
         JOIN orders ON orders.id = notices.order_id WHERE",
    );
    mine(&mut query, desk);
    desk.counted(query).await
}

/// Notices that are looked at to count the digests that nobody has read.
const UNREAD: i64 = 500;

/// How many digests the caller has not read; no more than are looked at.
pub async fn unread(desk: &Desk) -> Result<u64, Error> {
    let mut query = Sql::new("");
    push_unread(&mut query, desk);
    desk.counted(query).await
}

/// The same, as a part of a statement.
pub(crate) fn push_unread(query: &mut Sql, desk: &Desk) {
    query.push("SELECT count(DISTINCT at) FROM (SELECT NULL AS at");
    for address in desk.actor.addresses().iter().map(Address::code) {
        // The newest first, and only then whether they may be seen: it costs the same
        // however many there are.
        query.push(
            " UNION ALL SELECT newest.at FROM (
                 SELECT order_id, at FROM notices WHERE address = ",
        );
        query.push_bind(address.clone());
        query.push(" AND id > coalesce((SELECT upto FROM notices_read WHERE user = ");
        query.push_bind(desk.actor.user).push(" AND address = ");
        query
            .push_bind(address)
            .push("), 0) ORDER BY id DESC LIMIT ");
        query
            .push_bind(UNREAD)
            .push(") AS newest JOIN orders ON orders.id = newest.order_id WHERE");
        scope::visible(query, &desk.actor);
    }
    query.push(")");
}

/// Marks everything up to the digests of `at` as read that came to the caller's addresses.
pub async fn read(desk: &Desk, at: Instant) -> Result<(), Error> {
    mark_read(
        desk,
        at,
        "INSERT INTO notices_read
         SELECT $1, $2, coalesce((SELECT id FROM notices WHERE at <= $3
                                  ORDER BY id DESC LIMIT 1), 0) WHERE TRUE
         ON CONFLICT (user, address) DO UPDATE SET upto = max(upto, excluded.upto)",
    )
    .await
}

/// Runs `sql` for the caller ($1) and each of their addresses ($2), with what was told
/// until `at` ($3).
pub(crate) async fn mark_read(desk: &Desk, at: Instant, sql: &'static str) -> Result<(), Error> {
    let Some(user) = desk.actor.user else {
        return Ok(());
    };
    let at = seconds(at);
    let addresses = desk.actor.addresses();
    desk.store
        .write
        .run(move |connection| {
            Box::pin(async move {
                for address in addresses {
                    sqlx::query(sql)
                        .bind(user)
                        .bind(address.code())
                        .bind(at)
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            })
        })
        .await
}

/// Addressed to the caller, and of orders that they may see.
fn mine(query: &mut Sql, desk: &Desk) {
    scope::visible(query, &desk.actor);
    query.push(" AND notices.address IN (");
    let mut list = query.separated(", ");
    list.push_bind(String::new());
    for address in desk.actor.addresses().iter().map(Address::code) {
        list.push_bind(address);
    }
    query.push(")");
}

#[derive(FromRow)]
struct ItemRow {
    number: String,
    title: String,
    #[sqlx(flatten)]
    event: events::Row,
}

async fn told(desk: &Desk, at: i64, limit: u16) -> Result<Vec<Item>, Error> {
    let mut query = Sql::new(
        "SELECT DISTINCT orders.number, orders.title, events.seq, happened_at, events.attachments,
             events.entered_at, calendar, user, actor, role, body, what
         FROM notices JOIN orders ON orders.id = notices.order_id
         JOIN events ON events.kind = 'order' AND events.case_id = notices.order_id
              AND events.seq = notices.seq
         WHERE notices.at = ",
    );
    query.push_bind(at).push(" AND ");
    mine(&mut query, desk);
    query
        .push(" ORDER BY notices.id DESC LIMIT ")
        .push_bind(i64::from(limit));
    // One that cannot be read leaves the others there.
    let rows: Vec<ItemRow> = dialect::readable(&query.build().fetch_all(&desk.store.read).await?);
    let items = rows.into_iter().map(|row| {
        let number = row.number.clone();
        let read = || {
            Ok(Item {
                order: orders::code("number", row.number, Number::parse)?,
                title: row.title,
                event: row.event.read()?,
            })
        };
        (number, read())
    });
    Ok(desk.store.troubles.readable(items))
}
