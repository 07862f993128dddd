//! The parts of co-handlers, beside the histories that give and end them.

use std::collections::BTreeMap;

use domain::order::Overview;
use domain::order::overview::Part;
use domain::text::Prose;
use domain::time::Due;
use domain::{BodyCode, Field};

use crate::Error;
use crate::ask::{self, flag, row};
use crate::dialect::{Conn, Sql};
use crate::times::{instant, seconds};

row! {
    struct PartRow {
        body: String,
        task: Option<String>,
        due_at: i64,
        #[serde(deserialize_with = "flag")]
        due_provisional: bool,
        yellow_at: i64,
        replied_at: Option<i64>,
        #[serde(deserialize_with = "flag")]
        is_open: bool,
        rules: u32,
    }
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

/// Those of the order in whose row it stands, as lines.
pub(super) fn of_order() -> String {
    let mut query = Sql::new("");
    ask::lines(&mut query, PartRow::COLUMNS, |query| {
        query.push("SELECT * FROM co_handlers WHERE order_id = orders.id ORDER BY number");
    });
    query.into_string()
}

/// Those lines, in hexadecimal digits.
pub(super) fn read(lines: Option<&str>) -> Result<Vec<Part>, Error> {
    let rows = ask::within(lines).into_iter();
    rows.map(PartRow::read).collect()
}

/// What orders have beside themselves, by the order's id; or why that of one cannot be read.
pub(crate) type ByOrder<T> = BTreeMap<i64, Result<Vec<T>, Error>>;

pub(crate) fn by_order<T>(rows: impl Iterator<Item = (i64, Result<T, Error>)>) -> ByOrder<T> {
    let mut orders = ByOrder::new();
    for (order, row) in rows {
        let known = orders.entry(order).or_insert_with(|| Ok(Vec::new()));
        match (row, known) {
            (Ok(row), Ok(known)) => known.push(row),
            (Err(error), known) => *known = Err(error),
            (Ok(_), Err(_)) => {}
        }
    }
    orders
}

/// Those of a dispatch that was taken back are not there any more; the rest is written anew.
pub(super) async fn clear(connection: &mut Conn, order: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM co_handlers WHERE order_id = $1")
        .bind(order)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes the parts of an order anew.
pub(super) async fn write(
    connection: &mut Conn,
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
