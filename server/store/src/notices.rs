//! Who was told of what. Written in the transaction of the event itself, so that no
//! crash comes between the two.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::case::told::Address;
use domain::case::{Event as EventOf, Happens};
use domain::order::{Event, Number};
use domain::task::{TaskEvent, TaskNumber};
use domain::{Actor, Instant};
use sqlx::FromRow;

use crate::cases::{self, Kind};
use crate::dialect::{self, Conn, Sql};
use crate::journal::events;
use crate::times::{instant, seconds};
use crate::{Context, Error, meetings, orders, watching};

/// What somebody was told at one moment: a sweep that catches up, or a calendar
/// that moves many deadlines, is one digest.
#[derive(Debug, Clone)]
pub struct Digest {
    pub at: Instant,
    /// How many events it tells of.
    pub count: u64,
    pub is_new: bool,
    /// The newest of them, the newest first.
    pub items: Vec<Item>,
}

/// What was told of a case.
#[derive(Debug, Clone)]
pub enum Item {
    Order {
        order: Number,
        title: String,
        event: Box<Event>,
    },
    Meeting {
        meeting: Arc<meetings::Found>,
        /// Of the event.
        seq: u32,
        /// The caller is not expected any more, and learns nothing else of it.
        dropped: bool,
    },
    Task {
        number: TaskNumber,
        title: String,
        event: Box<TaskEvent>,
    },
}

/// Whom an event is told.
pub struct Told {
    pub told: Vec<Address>,
    /// That they are not expected any more.
    pub dropped: Vec<Address>,
}

impl From<Vec<Address>> for Told {
    fn from(told: Vec<Address>) -> Self {
        let dropped = Vec::new();
        Self { told, dropped }
    }
}

/// Tells of an event of a case whoever it concerns, and whoever watches the case; the one who
/// did it excepted.
pub(crate) async fn tell<W: Happens>(
    connection: &mut Conn,
    case: i64,
    told: impl Into<Told>,
    actor: &Actor,
    event: &EventOf<W>,
) -> Result<(), Error> {
    let Told { told, dropped } = told.into();
    let watchers = watching::watchers(connection, case, event).await?;
    let watchers = watchers.into_iter().map(Address::Person);
    let dropped = dropped.into_iter().map(|address| (address, true));
    let told = told.into_iter().chain(watchers);
    let told = told.map(|address| (address, false));
    // By address: whoever is dropped is told that alone.
    let mut told: BTreeMap<Address, bool> = told.chain(dropped).collect();
    for own in actor.addresses() {
        told.remove(&own);
    }
    if told.is_empty() {
        return Ok(());
    }
    let mut insert =
        Sql::new("INSERT INTO notices (address, at, case_kind, case_id, seq, dropped) ");
    insert.push_values(told, |mut row, (address, dropped)| {
        row.push_bind(address.code())
            .push_bind(seconds(event.entered_at))
            .push_bind(W::KIND)
            .push_bind(case)
            .push_bind(event.seq)
            .push_bind(dropped);
    });
    insert.build().execute(connection).await?;
    Ok(())
}

/// Moments that are looked at, from the newest back: whoever was told more often sees the
/// newest of them.
const MOMENTS: i64 = 200;

/// The newest digests of the caller, at most `limit`, each with its newest `items`.
pub async fn digests(ctx: &Context, limit: u16, items: u16) -> Result<Vec<Digest>, Error> {
    let moments = moments(ctx, i64::from(limit)).await?;
    if moments.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Sql::new(
        "SELECT at, count(DISTINCT case_kind || case_id || ':' || seq) AS count,
         max(notices.id > coalesce((SELECT upto FROM notices_read
                                    WHERE address = notices.address AND user = ",
    );
    query
        .push_bind(ctx.actor.user)
        .push("), 0)) AS is_new FROM notices WHERE");
    mine(&mut query, ctx);
    query.push(" AND notices.at IN (");
    let mut list = query.separated(", ");
    for at in moments {
        list.push_bind(at);
    }
    query.push(") GROUP BY at ORDER BY at DESC");
    let rows: Vec<(i64, i64, bool)> = query.build_query_as().fetch_all(&ctx.store.read).await?;
    let (mut digests, mut meetings) = (Vec::with_capacity(rows.len()), Meetings::new());
    for (at, count, is_new) in rows {
        digests.push(Digest {
            at: instant("at", at)?,
            count: u64::try_from(count).unwrap_or(0),
            is_new,
            items: told(ctx, at, items, &mut meetings).await?,
        });
    }
    Ok(digests)
}

/// When the caller was told something, the newest first. Steps from moment to moment by the index over address and time, so that it costs
/// what it answers and not what there is.
async fn moments(ctx: &Context, limit: i64) -> Result<Vec<i64>, Error> {
    let addresses: Vec<String> = ctx.actor.addresses().iter().map(Address::code).collect();
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
         SELECT 1 FROM notices WHERE notices.at = moments.at AND ",
    );
    mine(&mut query, ctx);
    query.push(") LIMIT ").push_bind(limit);
    Ok(query
        .build_query_scalar()
        .fetch_all(&ctx.store.read)
        .await?)
}

/// How many events the caller was told of, each once, read or not: all of them.
pub async fn count(ctx: &Context) -> Result<u64, Error> {
    let mut query =
        Sql::new("SELECT count(DISTINCT case_kind || case_id || ':' || seq) FROM notices WHERE");
    mine(&mut query, ctx);
    ctx.counted(query).await
}

/// Notices that are looked at to count the digests that nobody has read.
const UNREAD: i64 = 500;

/// How many digests the caller has not read; no more than are looked at.
pub async fn unread(ctx: &Context) -> Result<u64, Error> {
    let mut query = Sql::new("");
    push_unread(&mut query, ctx);
    ctx.counted(query).await
}

/// The same, as a part of a statement.
pub(crate) fn push_unread(query: &mut Sql, ctx: &Context) {
    query.push("SELECT count(DISTINCT at) FROM (SELECT NULL AS at");
    for address in ctx.actor.addresses().iter().map(Address::code) {
        // The newest first, and only then whether they may be seen: it costs the same
        // however many there are.
        query.push(
            " UNION ALL SELECT newest.at FROM (
             SELECT case_kind, case_id, dropped, at FROM notices WHERE address = ",
        );
        query.push_bind(address.clone());
        query.push(" AND id > coalesce((SELECT upto FROM notices_read WHERE user = ");
        query.push_bind(ctx.actor.user).push(" AND address = ");
        query
            .push_bind(address)
            .push("), 0) ORDER BY id DESC LIMIT ");
        query
            .push_bind(UNREAD)
            .push(") AS newest WHERE (newest.dropped OR");
        cases::visible(query, &ctx.actor, "newest");
        query.push(")");
    }
    query.push(")");
}

/// Marks everything up to the digests of `at` as read that came to the caller's addresses.
pub async fn read(ctx: &Context, at: Instant) -> Result<(), Error> {
    let Some(user) = ctx.actor.user else {
        return Ok(());
    };
    let at = seconds(at);
    let addresses = ctx.actor.addresses();
    ctx.write(move |connection| {
        Box::pin(async move {
            for address in addresses {
                sqlx::query(
                    "INSERT INTO notices_read
                     SELECT $1, $2, coalesce((SELECT id FROM notices WHERE at <= $3
                                              ORDER BY id DESC LIMIT 1), 0) WHERE TRUE
                     ON CONFLICT (user, address) DO UPDATE
                     SET upto = max(upto, excluded.upto)",
                )
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

/// Addressed to the caller, and of cases that they may see; or telling them that they are not
/// expected any more.
fn mine(query: &mut Sql, ctx: &Context) {
    query.push(" (notices.dropped OR");
    cases::visible(query, &ctx.actor, "notices");
    query.push(") AND notices.address IN (");
    let mut list = query.separated(", ");
    list.push_bind(String::new());
    for address in ctx.actor.addresses().iter().map(Address::code) {
        list.push_bind(address);
    }
    query.push(")");
}

#[derive(FromRow)]
struct ItemRow {
    case_kind: String,
    case_id: i64,
    dropped: bool,
    number: Option<String>,
    /// Of an order or a task.
    title: Option<String>,
    #[sqlx(flatten)]
    event: events::Row,
}

/// Those that were read, by their ids.
type Meetings = BTreeMap<i64, Arc<meetings::Found>>;

async fn told(
    ctx: &Context,
    at: i64,
    limit: u16,
    meetings: &mut Meetings,
) -> Result<Vec<Item>, Error> {
    // Who is reached at two addresses is told once.
    let mut query = Sql::new(
        "SELECT told.case_kind, told.case_id, dropped,
             coalesce(orders.number, meetings.number, task_cases.number) AS number,
             coalesce(orders.title, task_cases.title) AS title,
             events.seq, happened_at, events.attachments, events.entered_at, calendar, user,
             actor, role, events.body, what
         FROM (SELECT case_kind, case_id, seq, min(dropped) AS dropped, max(id) AS newest
               FROM notices WHERE at = ",
    );
    query.push_bind(at).push(" AND ");
    mine(&mut query, ctx);
    query
        .push(" GROUP BY case_kind, case_id, seq ORDER BY newest DESC LIMIT ")
        .push_bind(i64::from(limit));
    query.push(
        ") AS told
         JOIN events ON events.kind = told.case_kind AND events.case_id = told.case_id
              AND events.seq = told.seq
         LEFT JOIN orders ON orders.id = told.case_id AND told.case_kind = 'order'
         LEFT JOIN meetings ON meetings.id = told.case_id AND told.case_kind = 'meeting'
         LEFT JOIN task_cases ON task_cases.id = told.case_id AND told.case_kind = 'task'
         ORDER BY newest DESC",
    );
    // One that cannot be read leaves the others there.
    let mut connection = ctx.store.read.acquire().await?;
    let rows = query.build().fetch_all(&mut *connection).await?;
    let rows: Vec<ItemRow> = dialect::readable(&rows);
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let (kind, number) = (row.case_kind.clone(), row.number.clone());
        let read = match Kind::parse(&kind) {
            Some(Kind::Order) => row.order(),
            Some(Kind::Meeting) => row.meeting(&mut connection, meetings).await,
            Some(Kind::Task) => row.task(),
            None => Err(Error::Unreadable {
                column: "case_kind",
                value: kind.clone(),
            }),
        };
        let troubles = &ctx.store.troubles;
        troubles.heed(&read, || format!("{kind} {}", number.unwrap_or_default()));
        match read {
            // One that is damaged leaves the others there.
            Err(error) if error.is_damage() => {}
            read => items.push(read?),
        }
    }
    Ok(items)
}

impl ItemRow {
    fn order(self) -> Result<Item, Error> {
        let number = self.number.unwrap_or_default();
        Ok(Item::Order {
            order: orders::code("number", number, Number::parse)?,
            title: self.title.unwrap_or_default(),
            event: Box::new(self.event.read()?),
        })
    }

    fn task(self) -> Result<Item, Error> {
        let number = self.number.unwrap_or_default();
        Ok(Item::Task {
            number: orders::code("number", number, TaskNumber::parse)?,
            title: self.title.unwrap_or_default(),
            event: Box::new(self.event.read()?),
        })
    }

    async fn meeting(self, connection: &mut Conn, read: &mut Meetings) -> Result<Item, Error> {
        let meeting = match read.get(&self.case_id) {
            Some(meeting) => meeting.clone(),
            None => {
                let found = Arc::new(meetings::replayed(connection, self.case_id).await?);
                read.insert(self.case_id, found.clone());
                found
            }
        };
        Ok(Item::Meeting {
            meeting,
            seq: self.event.seq,
            dropped: self.dropped,
        })
    }
}
