use domain::meeting::MeetingNumber;
use domain::order::overview::{Part, Running};
use domain::order::{
    Ask, ClockName, Complexity, ExpressState, Level, Overview, Placement, RatingLevel, Resolved,
    StageName, TaskLine, Urgency,
};
use domain::text::{Line, Prose};
use domain::time::Due;
use domain::{BodyCode, Contact, EnterpriseId, Field, ProjectNumber, UserId, contact::Phone};
use serde::{Deserialize, Deserializer};
use sqlx::{FromRow, Row as _};

use super::{parts, tasks};
use crate::Error;
use crate::dialect::{self, Arguments, Conn, Db, Sql};
use crate::times::{instant, seconds};

/// An order as lists show it, with the name of its enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Grows with each order; where a page of a list goes on.
    pub id: i64,
    pub enterprise: String,
    pub overview: Overview,
}

/// The columns that `Row` reads, in a query over `orders` and `enterprises`.
pub(super) const SELECT: &str = "SELECT orders.*, enterprises.name AS enterprise_name
     FROM orders JOIN enterprises ON enterprises.id = orders.enterprise WHERE";

/// The same, of those that words are found in, looked through from the newest on.
pub(super) const SELECT_FOUND: &str = "SELECT orders.*, enterprises.name AS enterprise_name
     FROM order_words CROSS JOIN orders ON orders.id = order_words.rowid
     JOIN enterprises ON enterprises.id = orders.enterprise WHERE";

/// A row, and the statement that reads many of them: the engine hands over a row as one
/// text, where a value by itself would cost a copy and a hand-over each.
macro_rules! columns {
    ($first:ident: $type:ty, $($(#[$read:meta])* $name:ident: $other:ty,)*) => {
        #[derive(FromRow, Deserialize)]
        pub(super) struct Row {
            $first: $type,
            $($(#[$read])* $name: $other,)*
        }

        /// As `SELECT`, for [`fetch`], which closes it.
        pub(super) const SELECT_MANY: &str = concat!(
            "SELECT id, json_array(", stringify!($first) $(, ", ", stringify!($name))*,
            ") FROM (SELECT orders.*, enterprises.name AS enterprise_name
                     FROM orders JOIN enterprises ON enterprises.id = orders.enterprise WHERE"
        );
    };
}

columns! {
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
    #[serde(deserialize_with = "flag")]
    has_parts: bool,
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
}

/// What the engine knows as a number.
fn flag<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    Ok(u8::deserialize(value)? != 0)
}

fn optional_flag<'de, D: Deserializer<'de>>(value: D) -> Result<Option<bool>, D::Error> {
    let number = Option::<u8>::deserialize(value)?;
    Ok(number.map(|number| number != 0))
}

/// What was asked for with `SELECT_MANY`; an order whose text is damaged leaves the others in
/// their list, and a line in the log.
pub(super) async fn fetch(query: &mut Sql, connection: &mut Conn) -> Result<Vec<Row>, Error> {
    query.push(")");
    let rows = query.build().fetch_all(connection).await?;
    let read = |row: &dialect::Row| {
        let read = row.try_get::<String, _>(1);
        let read = read.map_err(|error| error.to_string());
        let read = read.and_then(|row| serde_json::from_str(&row).map_err(|e| e.to_string()));
        read.inspect_err(|error| {
            let id: Option<i64> = row.try_get(0).ok();
            tracing::error!(%error, id, "an order cannot be listed");
        })
        .ok()
    };
    Ok(rows.iter().filter_map(read).collect())
}

/// `None`, and a line in the log, where its text is damaged.
pub(super) fn decoded(row: &dialect::Row) -> Option<Row> {
    let read = Row::from_row(row);
    read.inspect_err(|error| {
        let number: Option<String> = row.try_get("number").ok();
        tracing::error!(%error, number, "an order cannot be listed");
    })
    .ok()
}

impl Row {
    pub(super) fn is_on_express(&self) -> bool {
        self.express.is_some()
    }

    pub(super) fn id(&self) -> i64 {
        self.id
    }

    pub(super) fn number(&self) -> &str {
        &self.number
    }

    pub(super) fn has_parts(&self) -> bool {
        self.has_parts
    }

    pub(super) fn read(
        self,
        co_handlers: Vec<Part>,
        tasks: Vec<TaskLine>,
    ) -> Result<Listed, Error> {
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
            number: code("number", self.number, domain::order::Number::parse)?,
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
            merged_into: optional(
                "merged_into",
                self.merged_into,
                domain::order::Number::parse,
            )?,
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

type Query<'q> = sqlx::query::Query<'q, Db, Arguments>;

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
    tasks::write(connection, order, overview).await
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
    sqlx::query("DELETE FROM contact_numbers WHERE order_id = $1")
        .bind(order)
        .execute(&mut *connection)
        .await?;
    add_numbers(connection, order, phone).await
}

/// The same of an order that has none yet.
pub(super) async fn add_numbers(
    connection: &mut Conn,
    order: i64,
    phone: &Phone,
) -> Result<(), Error> {
    let numbers = phone.keys();
    if numbers.is_empty() {
        return Ok(());
    }
    let mut query = Sql::new("INSERT OR IGNORE INTO contact_numbers ");
    query.push_values(numbers, |mut row, number| {
        row.push_bind(number).push_bind(order);
    });
    query.build().execute(connection).await?;
    Ok(())
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
