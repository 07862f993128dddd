//! Which bodies a deputy mayor answers for (分管单位).

use std::collections::BTreeMap;

use domain::meeting::MeetingNumber;
use domain::order::{Ask, Number};
use domain::{Action, AuditKind, BodyCode, Fault, Field, FieldFault, Instant, Refusal, UserId};
use sqlx::FromRow;

use crate::audit::{self, Entry};
use crate::dialect::Sql;
use crate::meetings::PUT_ON;
use crate::orders::{asks_mask, code};
use crate::times::{instant, seconds};
use crate::{Context, Error, scope};

/// The bodies of somebody, by code.
pub async fn bodies_of(ctx: &Context, user: UserId) -> Result<Vec<BodyCode>, Error> {
    let bodies: Vec<String> =
        sqlx::query_scalar("SELECT body FROM answers_for WHERE user = $1 ORDER BY body")
            .bind(user)
            .fetch_all(&ctx.store.read)
            .await?;
    Ok(bodies.into_iter().map(BodyCode::new).collect())
}

/// Names the bodies of a deputy mayor anew.
pub async fn set(ctx: &Context, user: UserId, bodies: Vec<BodyCode>) -> Result<(), Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    let entry = Entry::of(ctx, AuditKind::AccountCorrected).object(user.to_string());
    ctx.write(move |connection| {
        Box::pin(async move {
            let is_deputy: bool = sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM memberships
                 WHERE user = $1 AND role = 'deputy' AND ended_at IS NULL)",
            )
            .bind(user)
            .fetch_one(&mut *connection)
            .await?;
            if !is_deputy {
                let (field, fault) = (Field::Bodies, Fault::NotOfThisKind);
                return Err(Refusal::from(FieldFault { field, fault }).into());
            }
            sqlx::query("DELETE FROM answers_for WHERE user = $1")
                .bind(user)
                .execute(&mut *connection)
                .await?;
            for body in &bodies {
                sqlx::query("INSERT INTO answers_for VALUES ($1, $2) ON CONFLICT DO NOTHING")
                    .bind(user)
                    .bind(body.as_str())
                    .execute(&mut *connection)
                    .await?;
            }
            let codes: Vec<&str> = bodies.iter().map(BodyCode::as_str).collect();
            let entry = entry.detail(format!("answers for {}", codes.join(" ")));
            audit::append(connection, &entry).await
        })
    })
    .await
}

/// How a body stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub body: BodyCode,
    /// Orders that it leads and that are not finished, and those of them that are overdue.
    pub open: u64,
    pub overdue: u64,
    /// Cards that were not lifted.
    pub cards: u64,
    /// Tasks that are not done, and those of them past their deadline.
    pub tasks: u64,
    pub late_tasks: u64,
    /// Extensions that the deputy mayor decides.
    pub extensions: u64,
}

/// How each of some bodies stands, of what the caller may see; in the same order.
pub async fn standings(ctx: &Context, bodies: &[BodyCode]) -> Result<Vec<Standing>, Error> {
    ctx.actor.may(Action::SeeDeputyPage)?;
    let now = seconds(ctx.now);
    let mut query =
        Sql::new("SELECT lead AS body, count(*) AS open, count(*) FILTER (WHERE due_at < ");
    query
        .push_bind(now)
        .push(" AND clock <> 'rating') AS overdue, count(*) FILTER (WHERE asks & ")
        .push_bind(asks_mask([Ask::SecondExtension]))
        .push(" <> 0) AS extensions FROM orders WHERE");
    scope::visible(&mut query, &ctx.actor);
    query.push(
        " AND stage IN ('dispatched', 'in_hand', 'paused', 'replied', 'rework') AND lead IN (",
    );
    let mut list = query.separated(", ");
    for body in bodies {
        list.push_bind(body.as_str().to_owned());
    }
    query.push(") GROUP BY lead");
    let orders: Vec<OrdersRow> = query.build_query_as().fetch_all(&ctx.store.read).await?;
    let orders: BTreeMap<String, OrdersRow> = orders
        .into_iter()
        .map(|row| (row.body.clone(), row))
        .collect();
    let mut standings = Vec::with_capacity(bodies.len());
    for body in bodies {
        let cards: i64 =
            sqlx::query_scalar("SELECT count(*) FROM cards WHERE body = $1 AND lifted_at IS NULL")
                .bind(body.as_str())
                .fetch_one(&ctx.store.read)
                .await?;
        let (tasks, late): (i64, i64) = sqlx::query_as(
            "SELECT count(*), count(*) FILTER (WHERE state = 'open' AND due_at < $2)
             FROM tasks WHERE owner = $1 AND state IN ('open', 'reported')",
        )
        .bind(body.as_str())
        .bind(now)
        .fetch_one(&ctx.store.read)
        .await?;
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        let of_orders = orders.get(body.as_str());
        standings.push(Standing {
            body: body.clone(),
            open: of_orders.map_or(0, |row| count(row.open)),
            overdue: of_orders.map_or(0, |row| count(row.overdue)),
            cards: count(cards),
            tasks: count(tasks),
            late_tasks: count(late),
            extensions: of_orders.map_or(0, |row| count(row.extensions)),
        });
    }
    Ok(standings)
}

#[derive(FromRow)]
struct OrdersRow {
    body: String,
    open: i64,
    overdue: i64,
    extensions: i64,
}

/// A matter of some bodies that a meeting is to deliberate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    pub order: Number,
    pub title: String,
    pub body: BodyCode,
    pub meeting: MeetingNumber,
    pub meeting_title: String,
    pub starts_at: Instant,
    /// Since when it stands on the agenda.
    pub put_on: Instant,
    /// Whether it was ever decided about.
    pub decided: bool,
}

pub async fn coming(ctx: &Context, bodies: &[BodyCode]) -> Result<Vec<Coming>, Error> {
    ctx.actor.may(Action::SeeDeputyPage)?;
    let mut query = Sql::new(format!(
        "SELECT orders.number, orders.title, orders.lead AS body, meetings.number AS meeting,
             meetings.title AS meeting_title, meetings.starts_at,
             coalesce({PUT_ON}, 0) AS put_on, orders.express IN ('decided', 'concluded') AS decided
         FROM meeting_matters JOIN orders ON orders.id = meeting_matters.order_id
         JOIN meetings ON meetings.id = meeting_matters.meeting
         WHERE meetings.state IN ('planned', 'invited', 'open')
           AND meeting_matters.outcome = 'open' AND",
    ));
    scope::visible(&mut query, &ctx.actor);
    query.push(" AND orders.lead IN (");
    let mut list = query.separated(", ");
    for body in bodies {
        list.push_bind(body.as_str().to_owned());
    }
    query.push(") ORDER BY meetings.starts_at, meeting_matters.position");
    let rows: Vec<ComingRow> = query.build_query_as().fetch_all(&ctx.store.read).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Coming {
                order: code("number", row.number, Number::parse)?,
                title: row.title,
                body: BodyCode::new(row.body),
                meeting: code("meeting", row.meeting, MeetingNumber::parse)?,
                meeting_title: row.meeting_title,
                starts_at: instant("starts_at", row.starts_at)?,
                put_on: instant("put_on", row.put_on)?,
                decided: row.decided,
            })
        })
        .collect()
}

#[derive(FromRow)]
struct ComingRow {
    number: String,
    title: String,
    body: String,
    meeting: String,
    meeting_title: String,
    starts_at: i64,
    put_on: i64,
    decided: bool,
}
