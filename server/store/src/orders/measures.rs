//! What the city is measured by, counted over what the caller may see.

use domain::order::{Counts, Number, RatingLevel};
use domain::time::local;
use domain::{Action, BodyCode, Instant};
use sqlx::FromRow;

use super::columns::code;
use crate::dialect::Sql;
use crate::times::seconds;
use crate::{Context, Error, scope};

/// Of the orders placed from `from` on.
pub async fn measures(ctx: &Context, from: Instant) -> Result<Counts, Error> {
    ctx.actor.may(Action::SeeCity)?;
    let mut query = Sql::new(
        "SELECT count(*) FILTER (WHERE resolved = 'in_time') AS in_time,
         count(*) FILTER (WHERE resolved = 'late' OR (resolved IS NULL AND clock = 'resolve'
             AND due_at < ",
    );
    query.push_bind(seconds(ctx.now)).push(
        ")) AS late,
             count(*) FILTER (WHERE solved) AS solved,
             count(*) FILTER (WHERE NOT solved) AS not_solved,
             count(*) FILTER (WHERE rating IN
                 ('very_satisfied', 'satisfied', 'fairly_satisfied')) AS satisfied,
             count(*) FILTER (WHERE rating IS NOT NULL) AS rated,
             count(*) FILTER (WHERE resolved IS NOT NULL) AS replied
         FROM orders WHERE placed_at >= ",
    );
    query.push_bind(seconds(from)).push(" AND");
    scope::visible(&mut query, &ctx.actor);
    let row: Row = query.build_query_as().fetch_one(&ctx.store.read).await?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(Counts {
        in_time: count(row.in_time),
        late: count(row.late),
        solved: count(row.solved),
        not_solved: count(row.not_solved),
        satisfied: count(row.satisfied),
        rated: count(row.rated),
        replied: count(row.replied),
    })
}

#[derive(FromRow)]
struct Row {
    in_time: i64,
    late: i64,
    solved: i64,
    not_solved: i64,
    satisfied: i64,
    rated: i64,
    replied: i64,
}

/// Orders of the express that are struck off, and whose last task was done from `from` on, and how their enterprises
/// rated them: (number, rating).
pub async fn settled_since(
    ctx: &Context,
    from: Instant,
) -> Result<Vec<(Number, Option<RatingLevel>)>, Error> {
    ctx.actor.may(Action::SeeCity)?;
    let mut query = Sql::new(
        "SELECT orders.number, orders.rating FROM orders
         WHERE orders.express = 'settled' AND orders.stage = 'closed' AND orders.id IN (
             SELECT case_id FROM tasks WHERE case_kind = 'order' AND state = 'done'
                 AND stopped_at >= ",
    );
    query.push_bind(seconds(from)).push(") AND");
    scope::visible(&mut query, &ctx.actor);
    query.push(" ORDER BY orders.id");
    let rows: Vec<(String, Option<String>)> =
        query.build_query_as().fetch_all(&ctx.store.read).await?;
    rows.into_iter()
        .map(|(number, rating)| {
            let rating =
                rating.map(|rating| code("rating", rating, |text| RatingLevel::parse(text).ok()));
            Ok((code("number", number, Number::parse)?, rating.transpose()?))
        })
        .collect()
}

/// Cards that a body was given in a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// `None` is the centre.
    pub body: Option<BodyCode>,
    /// 0 is the present week.
    pub ago: u32,
    pub cards: u64,
}

/// The yellow cards of the last `weeks` weeks, by body and week: each is a matter that
/// went past its deadline.
pub async fn reds_by_week(ctx: &Context, weeks: u32) -> Result<Vec<Week>, Error> {
    ctx.actor.may(Action::SeeCity)?;
    const WEEK: i64 = 7 * 24 * 3600;
    // Weeks begin on Monday.
    let today = local(ctx.now).date();
    let since_monday = chrono::Datelike::weekday(&today).num_days_from_monday();
    let monday = today - chrono::TimeDelta::days(since_monday.into());
    let next = seconds(domain::time::instant(monday, chrono::NaiveTime::MIN)) + WEEK;
    let from = next - WEEK * i64::from(weeks);
    let rows: Vec<(Option<String>, i64, i64)> = sqlx::query_as(
        "SELECT body, ($1 - 1 - given_at) / $2 AS ago, count(*) FROM cards
         WHERE given_at >= $3 AND given_at < $1 AND colour = 'yellow'
         GROUP BY body, ago ORDER BY body, ago",
    )
    .bind(next)
    .bind(WEEK)
    .bind(from)
    .fetch_all(&ctx.store.read)
    .await?;
    let weeks = rows.into_iter().map(|(body, ago, cards)| Week {
        body: body.map(BodyCode::new),
        ago: u32::try_from(ago).unwrap_or(0),
        cards: u64::try_from(cards).unwrap_or(0),
    });
    Ok(weeks.collect())
}
