//! The histories of cases, whatever their kind.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::case::{By, Event, Happens};
use domain::{BodyCode, RoleName};
use sqlx::{FromRow, Row as _};

use crate::Error;
use crate::dialect::{Conn, Query, Sql};
use crate::times::{instant, seconds};

#[derive(FromRow)]
pub(crate) struct Row {
    pub(crate) seq: u32,
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

pub(crate) async fn append<W: Happens>(
    connection: &mut Conn,
    case: i64,
    events: &[Event<W>],
) -> Result<(), Error> {
    static INSERT: LazyLock<String> = LazyLock::new(|| insert("?"));
    for event in events {
        let append = sqlx::query(INSERT.as_str()).bind(case);
        bind(append, event)?.execute(&mut *connection).await?;
    }
    Ok(())
}

/// A statement that appends an event, `case` being how it knows the case's id.
pub(crate) fn insert(case: &str) -> String {
    format!(
        "INSERT INTO events
             (case_id, kind, seq, happened_at, entered_at, calendar, user, actor, role, body,
              what, attachments)
         VALUES ({case}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
}

/// Binds what comes after the case.
pub(crate) fn bind<'q, W: Happens>(query: Query<'q>, event: &Event<W>) -> Result<Query<'q>, Error> {
    let by = &event.by;
    Ok(query
        .bind(W::KIND)
        .bind(event.seq)
        .bind(seconds(event.happened_at))
        .bind(seconds(event.entered_at))
        .bind(event.calendar)
        .bind(by.user)
        .bind(by.name.clone())
        .bind(by.role.code())
        .bind(by.body.as_ref().map(|body| body.as_str().to_owned()))
        .bind(serde_json::to_string(&event.what)?)
        .bind(serde_json::to_string(&event.attachments)?))
}

/// What happened to one case, from the first on.
pub(crate) async fn history<W: Happens>(
    connection: &mut Conn,
    case: i64,
) -> Result<Vec<Event<W>>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, happened_at, entered_at, calendar, user, actor, role, body, what, attachments
         FROM events WHERE kind = $1 AND case_id = $2 ORDER BY seq",
    )
    .bind(W::KIND)
    .bind(case)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// By the case; or why that of one cannot be read.
pub(crate) type Histories<W> = BTreeMap<i64, Result<Vec<Event<W>>, Error>>;

/// The histories of several cases, in one look.
pub(crate) async fn histories<W: Happens>(
    connection: &mut Conn,
    cases: &[i64],
) -> Result<Histories<W>, Error> {
    let mut query = Sql::new(
        "SELECT case_id, seq, happened_at, entered_at, calendar, user, actor, role, body, what,
                attachments
         FROM events WHERE kind = ",
    );
    query.push_bind(W::KIND).push(" AND case_id IN (");
    let mut list = query.separated(", ");
    for case in cases {
        list.push_bind(*case);
    }
    query.push(") ORDER BY case_id, kind, seq");
    let rows = query.build().fetch_all(connection).await?;
    let mut histories = Histories::new();
    for row in rows {
        let history = histories.entry(row.try_get("case_id")?);
        let history = history.or_insert_with(|| Ok(Vec::new()));
        // Each by itself: damaged text stops its own case and no other.
        let event = Row::from_row(&row).map_err(Error::from);
        match (event.and_then(Row::read), history) {
            (Ok(event), Ok(events)) => events.push(event),
            (Err(error), history) => *history = Err(error),
            (Ok(_), Err(_)) => {}
        }
    }
    Ok(histories)
}

impl Row {
    pub(crate) fn read<W: Happens>(self) -> Result<Event<W>, Error> {
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
