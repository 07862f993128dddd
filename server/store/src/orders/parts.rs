//! The parts of co-handlers, beside the histories that give and end them.

use std::collections::BTreeMap;

use domain::order::Overview;
use domain::order::overview::Part;
use domain::text::Prose;
use domain::time::Due;
use domain::{BodyCode, Field};
use sqlx::sqlite::Sqlite;
use sqlx::{FromRow, QueryBuilder, SqliteConnection};

use super::columns::{Listed, Row};
use super::tasks;
use crate::Error;
use crate::times::{instant, seconds};

#[derive(FromRow)]
struct PartRow {
    order_id: i64,
    body: String,
    task: Option<String>,
    due_at: i64,
    due_provisional: bool,
    yellow_at: i64,
    replied_at: Option<i64>,
    is_open: bool,
    rules: u32,
}

impl PartRow {
    fn read(self) -> Result<Part, Error> {
        let task = self.task.map(|task| Prose::parse(Field::Stored, &task));
        Ok(Part {
            body: BodyCode::new(self.body),
            task: task.transpose()?,
            due: Due {
                at: instant("due_at", self.due_at)?,
                provisional: self.due_provisional,
            },
            yellow_at: instant("yellow_at", self.yellow_at)?,
            replied_at: self
                .replied_at
                .map(|at| instant("replied_at", at))
                .transpose()?,
            open: self.is_open,
            rules: self.rules,
        })
    }
}

/// Rows of orders, read with their parts.
pub(super) async fn read_all(
    connection: &mut SqliteConnection,
    rows: Vec<Row>,
) -> Result<Vec<Listed>, Error> {
    let mut parts = of_orders(connection, &rows).await?;
    let mut given = tasks::of_orders(connection, &rows).await?;
    let mut listed = Vec::with_capacity(rows.len());
    for row in rows {
        let parts = parts.remove(&row.id()).unwrap_or_default();
        let tasks = given.remove(&row.id()).unwrap_or_default();
        let number = row.number().to_owned();
        match row.read(parts, tasks) {
            Ok(one) => listed.push(one),
            // One that cannot be read leaves the others in their list.
            Err(error) => tracing::error!(%error, number, "an order cannot be listed"),
        }
    }
    Ok(listed)
}

/// By the order's id; nothing is asked where no order has any.
pub(super) async fn of_orders(
    connection: &mut SqliteConnection,
    rows: &[Row],
) -> Result<BTreeMap<i64, Vec<Part>>, Error> {
    let ids: Vec<i64> = rows
        .iter()
        .filter(|row| row.has_parts())
        .map(Row::id)
        .collect();
    let mut parts: BTreeMap<i64, Vec<Part>> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(parts);
    }
    let mut query = QueryBuilder::<Sqlite>::new("SELECT * FROM co_handlers WHERE order_id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(") ORDER BY order_id, number");
    let found: Vec<PartRow> = query.build_query_as().fetch_all(connection).await?;
    for row in found {
        parts.entry(row.order_id).or_default().push(row.read()?);
    }
    Ok(parts)
}

/// Writes the parts of an order anew.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    order: i64,
    overview: &Overview,
) -> Result<(), Error> {
    for (number, part) in (0_i64..).zip(&overview.co_handlers) {
        sqlx::query(
            "INSERT INTO co_handlers VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (order_id, number) DO UPDATE SET
                 due_at = excluded.due_at, due_provisional = excluded.due_provisional,
                 yellow_at = excluded.yellow_at, replied_at = excluded.replied_at,
                 is_open = excluded.is_open, rules = excluded.rules",
        )
        .bind(order)
        .bind(number)
        .bind(part.body.as_str())
        .bind(part.task.as_ref().map(|task| task.as_str()))
        .bind(seconds(part.due.at))
        .bind(part.due.provisional)
        .bind(seconds(part.yellow_at))
        .bind(part.replied_at.map(seconds))
        .bind(part.open)
        .bind(part.rules)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
