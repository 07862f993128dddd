use std::sync::LazyLock;

use domain::clock::Running;
use domain::meeting::MeetingNumber;
use domain::order::{
    Ask, ClockName, Complexity, ExpressState, Level, Number, Overview, Placement, RatingLevel,
    Resolved, StageName, Urgency,
};
use domain::text::{Line, Prose};
use domain::time::Due;
use domain::{BodyCode, Contact, EnterpriseId, Field, ProjectNumber, UserId, contact::Phone};

use super::parts;
use crate::ask::{self, flag, optional_flag, row};
use crate::cases::Kind;
use crate::dialect::{Conn, Query, Sql};
use crate::times::{instant, seconds};
use crate::{Error, tasks};

/// An order as lists show it, with the name of its enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Grows with each order; where a page of a list goes on.
    pub id: i64,
    pub enterprise: String,
    pub overview: Overview,
}

/// Orders with all that lists show of them, as a query goes on from `orders`.
pub(super) static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} FROM orders JOIN enterprises ON enterprises.id = orders.enterprise WHERE",
        &*OF_ORDERS
    )
});

/// The same, of those that words are found in, looked through from the newest on.
pub(super) static SELECT_FOUND: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} FROM order_words CROSS JOIN orders ON orders.id = order_words.rowid
         JOIN enterprises ON enterprises.id = orders.enterprise WHERE",
        &*OF_ORDERS
    )
});

/// Parts and tasks are lines in a column of their own, where there are any, in hexadecimal
/// digits: what is damaged in one of them leaves the order there.
static OF_ORDERS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT orders.*, enterprises.name AS enterprise_name,
         CASE WHEN has_parts THEN hex(({})) END AS parts,
         CASE WHEN express IS NOT NULL THEN hex(({})) END AS tasks",
        parts::of_order(),
        tasks::of_order()
    )
});

row! {
    pub(super) struct Row {
        id: i64,
        number: String,
        enterprise: EnterpriseId,
        enterprise_name: String,
        title: String,
        content: String,
        category: String,
        urgency: String,
        township: String,
        contact_name: String,
        contact_phone: String,
        placed_at: i64,
        entered_at: i64,
        complexity: Option<String>,
        stage: String,
        lead: Option<String>,
        member: Option<UserId>,
        handler: Option<UserId>,
        clock: Option<String>,
        due_at: Option<i64>,
        #[serde(deserialize_with = "optional_flag")]
        due_provisional: Option<bool>,
        yellow_at: Option<i64>,
        rating: Option<String>,
        escalation: Option<String>,
        cycle: u8,
        version: u32,
        sweep_at: Option<i64>,
        clock_rules: Option<u32>,
        asks: i64,
        callback_due_at: Option<i64>,
        #[serde(deserialize_with = "optional_flag")]
        callback_provisional: Option<bool>,
        callback_yellow_at: Option<i64>,
        callback_rules: Option<u32>,
        project: Option<String>,
        merged_into: Option<String>,
        absorbed: u16,
        #[serde(deserialize_with = "flag")]
        is_collective: bool,
        returns: u16,
        express: Option<String>,
        express_since: Option<i64>,
        meeting: Option<String>,
        resolved: Option<String>,
        #[serde(deserialize_with = "optional_flag")]
        solved: Option<bool>,
        parts: Option<String>,
        tasks: Option<String>,
    }
}

/// The rows of `from`, a query that goes on from `SELECT`, as one value.
pub(super) fn put(query: &mut Sql, from: impl FnOnce(&mut Sql)) {
    ask::lines(query, Row::COLUMNS, from);
}

/// The number in a line of `put`, also where the rest of it cannot be read.
pub(super) fn number_in(line: &[u8]) -> Option<Number> {
    let number = line.split(|byte| *byte == b'"').nth(1)?;
    Number::parse(str::from_utf8(number).ok()?)
}

/// Rows as lists show them; one that cannot be read leaves the others there.
pub(super) fn listed(rows: Vec<Row>) -> Vec<Listed> {
    let listed = rows.into_iter().filter_map(|row| {
        let number = row.number.clone();
        row.read()
            .inspect_err(|error| tracing::error!(%error, number, "an order cannot be listed"))
            .ok()
    });
    listed.collect()
}

/// The orders of `from`, as `put` takes it.
pub(super) async fn fetch(
    connection: &mut Conn,
    from: impl FnOnce(&mut Sql),
) -> Result<Vec<Listed>, Error> {
    let mut query = Sql::new("");
    put(&mut query, from);
    let value: Option<Vec<u8>> = query.build_query_scalar().fetch_one(connection).await?;
    Ok(listed(ask::readable(value.as_deref())))
}

impl Row {
    pub(super) fn read(self) -> Result<Listed, Error> {
        let co_handlers = parts::read(self.parts.as_deref())?;
        let tasks = tasks::read(self.tasks.as_deref())?;
        let clock = match (
            self.clock,
            self.due_at,
            self.due_provisional,
            self.yellow_at,
            self.clock_rules,
        ) {
            (Some(name), Some(due), Some(provisional), Some(yellow), Some(rules)) => {
                Some(Running {
                    name: code("clock", name, ClockName::parse)?,
                    due: Due {
                        at: instant("due_at", due)?,
                        provisional,
                    },
                    yellow_at: instant("yellow_at", yellow)?,
                    rules,
                })
            }
            (None, None, None, None, None) => None,
            (name, due, ..) => return Err(Error::half("the clock", due.is_some(), name)),
        };
        let callback = match (
            self.callback_due_at,
            self.callback_provisional,
            self.callback_yellow_at,
            self.callback_rules,
        ) {
            (Some(due), Some(provisional), Some(yellow), Some(rules)) => Some(Running {
                name: ClockName::Callback,
                due: Due {
                    at: instant("callback_due_at", due)?,
                    provisional,
                },
                yellow_at: instant("callback_yellow_at", yellow)?,
                rules,
            }),
            (None, None, None, None) => None,
            (due, ..) => return Err(Error::half("the callback's clock", due.is_some(), None)),
        };
        let overview = Overview {
            number: code("number", self.number, Number::parse)?,
            enterprise: self.enterprise,
            placement: Placement {
                title: Line::try_from(self.title)?,
                content: Prose::try_from(self.content)?,
                category: self.category,
                urgency: code("urgency", self.urgency, |c| Urgency::parse(c).ok())?,
                township: BodyCode::new(self.township),
                contact: Contact {
                    name: Line::try_from(self.contact_name)?,
                    phone: Phone::try_from(self.contact_phone)?,
                },
                project: self
                    .project
                    .map(|number| ProjectNumber::parse(Field::Stored, &number))
                    .transpose()?,
                meeting: optional("meeting", self.meeting, MeetingNumber::parse)?,
            },
            placed_at: instant("placed_at", self.placed_at)?,
            entered_at: instant("entered_at", self.entered_at)?,
            complexity: optional("complexity", self.complexity, |c| Complexity::parse(c).ok())?,
            stage: code("stage", self.stage, StageName::parse)?,
            lead: self.lead.map(BodyCode::new),
            member: self.member,
            handler: self.handler,
            clock,
            callback,
            co_handlers,
            resolved: optional("resolved", self.resolved, Resolved::parse)?,
            solved: self.solved,
            rating: optional("rating", self.rating, |c| RatingLevel::parse(c).ok())?,
            escalation: optional("escalation", self.escalation, Level::parse)?,
            express: match (self.express, self.express_since) {
                (Some(state), Some(since)) => Some((
                    code("express", state, ExpressState::parse)?,
                    instant("express_since", since)?,
                )),
                (None, None) => None,
                (state, since) => {
                    return Err(Error::half("the express", since.is_some(), state));
                }
            },
            tasks,
            merged_into: optional("merged_into", self.merged_into, Number::parse)?,
            absorbed: self.absorbed,
            is_collective: self.is_collective,
            returns: self.returns,
            asks: asked(self.asks),
            cycle: self.cycle,
            version: self.version,
            sweep_at: self
                .sweep_at
                .map(|at| instant("sweep_at", at))
                .transpose()?,
        };
        Ok(Listed {
            id: self.id,
            enterprise: self.enterprise_name,
            overview,
        })
    }
}

/// Binds what changes with the history, in the order of `INSERT` and `UPDATE`.
pub(super) fn bind_state<'q>(query: Query<'q>, overview: &Overview) -> Query<'q> {
    let clock = overview.clock;
    query
        .bind(overview.complexity.map(Complexity::code))
        .bind(overview.stage.code())
        .bind(overview.lead.as_ref().map(|lead| lead.as_str().to_owned()))
        .bind(clock.map(|clock| clock.name.code()))
        .bind(clock.map(|clock| seconds(clock.due.at)))
        .bind(clock.map(|clock| clock.due.provisional))
        .bind(clock.map(|clock| seconds(clock.yellow_at)))
        .bind(overview.rating.map(RatingLevel::code))
        .bind(overview.escalation.map(Level::code))
        .bind(overview.cycle)
        .bind(overview.version)
        .bind(overview.sweep_at.map(seconds))
        .bind(clock.map(|clock| clock.rules))
        .bind(mask(overview.asks.iter().copied()))
        .bind(overview.member)
        .bind(overview.handler)
        .bind(!overview.co_handlers.is_empty())
        .bind(overview.callback.map(|clock| seconds(clock.due.at)))
        .bind(overview.callback.map(|clock| clock.due.provisional))
        .bind(overview.callback.map(|clock| seconds(clock.yellow_at)))
        .bind(overview.callback.map(|clock| clock.rules))
        .bind(overview.merged_into.map(|number| number.to_string()))
        .bind(overview.absorbed)
        .bind(overview.is_collective)
        .bind(overview.returns)
        .bind(overview.express.map(|(state, _)| state.code()))
        .bind(overview.express.map(|(_, since)| seconds(since)))
        .bind(overview.resolved.map(Resolved::code))
        .bind(overview.solved)
}

/// What awaits a decision, a bit each.
pub(crate) fn mask(asks: impl IntoIterator<Item = Ask>) -> i64 {
    let bit = |ask| match ask {
        Ask::Ruling => 1,
        Ask::Objection => 2,
        Ask::CoHandler => 4,
        Ask::Extension => 8,
        Ask::SecondExtension => 16,
        Ask::Reply => 32,
        Ask::Appeal => 64,
        Ask::Supplement => 128,
    };
    asks.into_iter().map(bit).sum()
}

fn asked(bits: i64) -> Vec<Ask> {
    let asks = Ask::ALL.into_iter();
    asks.filter(|ask| bits & mask([*ask]) != 0).collect()
}

/// Writes the columns of an order anew.
pub(super) async fn write_state(
    connection: &mut Conn,
    order: i64,
    overview: &Overview,
) -> Result<(), Error> {
    let update = sqlx::query(
        "UPDATE orders SET complexity = $1, stage = $2, lead = $3, clock = $4, due_at = $5,
             due_provisional = $6, yellow_at = $7, rating = $8, escalation = $9, cycle = $10,
             version = $11, sweep_at = $12, clock_rules = $13, asks = $14,
             member = $15, handler = $16, has_parts = $17, callback_due_at = $18,
             callback_provisional = $19, callback_yellow_at = $20, callback_rules = $21,
             merged_into = $22, absorbed = $23, is_collective = $24, returns = $25,
             express = $26, express_since = $27, resolved = $28, solved = $29
         WHERE id = $30",
    );
    bind_state(update, overview)
        .bind(order)
        .execute(&mut *connection)
        .await?;
    parts::write(connection, order, overview).await?;
    tasks::write(connection, Kind::Order, order, &overview.tasks).await
}

/// Writes the contact of an order anew, once it was handed over.
pub(super) async fn write_contact(
    connection: &mut Conn,
    order: i64,
    overview: &Overview,
) -> Result<(), Error> {
    let contact = &overview.placement.contact;
    sqlx::query("UPDATE orders SET contact_name = $1, contact_phone = $2 WHERE id = $3")
        .bind(contact.name.as_str())
        .bind(contact.phone.as_str())
        .bind(order)
        .execute(&mut *connection)
        .await?;
    write_numbers(connection, order, &contact.phone).await
}

/// Writes what an order is found by of its contact's telephone.
pub(super) async fn write_numbers(
    connection: &mut Conn,
    order: i64,
    phone: &Phone,
) -> Result<(), Error> {
    static ADD: LazyLock<String> = LazyLock::new(|| add_numbers("?"));
    sqlx::query("DELETE FROM contact_numbers WHERE order_id = $1")
        .bind(order)
        .execute(&mut *connection)
        .await?;
    sqlx::query(ADD.as_str())
        .bind(order)
        .bind(serde_json::to_string(&phone.keys())?)
        .execute(connection)
        .await?;
    Ok(())
}

/// A statement that adds them from a list in JSON, `order` being how it knows the order's id.
pub(super) fn add_numbers(order: &str) -> String {
    format!(
        "INSERT OR IGNORE INTO contact_numbers (order_id, number)
         SELECT {order}, value FROM json_each(?)"
    )
}

fn optional<T>(
    column: &'static str,
    value: Option<String>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    value.map(|value| code(column, value, parse)).transpose()
}

pub(crate) fn code<T>(
    column: &'static str,
    value: String,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Error> {
    parse(&value).ok_or(Error::Unreadable { column, value })
}
