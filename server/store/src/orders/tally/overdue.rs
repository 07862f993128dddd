//! What is overdue in the whole city, for those who see all of it: thousands of orders, of
//! which a page shows the newest and says how many there are. Those that were overdue when
//! it was last looked stand in a table with their counts; whatever ran out since is looked
//! up beside them, so that an answer never depends on when that was.

use domain::Instant;
use domain::order::Light;

use crate::dialect::{Conn, Sql};
use crate::orders::counts::sees_all;
use crate::orders::filter::{Filter, binds_a_body, narrow};
use crate::orders::matching::Cut;
use crate::times::seconds;
use crate::{Context, Error, Store};

/// Whether a filter asks for nothing else than what is counted.
pub(in crate::orders) fn knows(ctx: &Context, filter: &Filter) -> bool {
    let counted = Filter {
        light: Some(Light::Red),
        stage: filter.stage,
        department: filter.department.clone(),
        open: filter.open,
        ..Filter::default()
    };
    *filter == counted && sees_all(ctx)
}

/// Rows of stage, lead and `n`; some may stand there twice.
pub(in crate::orders) fn counted(query: &mut Sql, ctx: &Context, filter: &Filter) {
    query.push("SELECT stage, nullif(lead, '') AS lead, orders AS n FROM overdue_tally WHERE");
    is_before(query, ctx.now);
    if let Some(stage) = filter.stage {
        query.push(" AND stage = ").push_bind(stage.code());
    }
    if let Some(department) = &filter.department {
        query.push(" AND lead = ").push_bind(department.clone());
    }
    query.push(" UNION ALL SELECT stage, lead, 1 FROM orders WHERE");
    since(query, ctx.now);
    narrow(query, filter, ctx);
}

/// The newest that stand on a page, by their ids.
pub(in crate::orders) fn page(query: &mut Sql, ctx: &Context, filter: &Filter, cut: Cut) {
    let after = |query: &mut Sql| {
        if let Some(after) = cut.after {
            query.push(" AND orders.id < (SELECT id FROM orders WHERE number = ");
            query.push_bind(after.to_string()).push(")");
        }
    };
    query.push(
        " UNION ALL SELECT id, NULL FROM (SELECT orders.id FROM overdue
              CROSS JOIN orders ON orders.id = overdue.order_id WHERE",
    );
    is_before(query, ctx.now);
    narrow(query, filter, ctx);
    after(query);
    query.push(" ORDER BY overdue.order_id DESC LIMIT ");
    query.push_bind(cut.orders);
    query.push(") UNION ALL SELECT orders.id, NULL FROM orders WHERE");
    since(query, ctx.now);
    narrow(query, filter, ctx);
    after(query);
}

/// That it was not looked later than now: a clock for training can be set back.
fn is_before(query: &mut Sql, now: Instant) {
    query
        .push(" (SELECT at FROM overdue_until) <= ")
        .push_bind(seconds(now));
}

/// Orders whose time has run out since it was looked; all of them if that was later than
/// now.
fn since(query: &mut Sql, now: Instant) {
    query
        .push(" orders.due_at >= (SELECT CASE WHEN at <= ")
        .push_bind(seconds(now))
        .push(" THEN at ELSE 0 END FROM overdue_until)");
}

/// Looks what is overdue by `now`. Nothing is written where nothing has run out.
pub(in crate::orders) async fn look(store: &Store, now: Instant) -> Result<(), Error> {
    let now = seconds(now);
    let is_known: bool = sqlx::query_scalar(
        "SELECT at <= $1 AND NOT EXISTS (SELECT 1 FROM orders WHERE due_at >= at AND due_at < $1)
         FROM overdue_until",
    )
    .bind(now)
    .fetch_one(&store.read)
    .await?;
    if is_known {
        return Ok(());
    }
    store
        .write(move |connection| Box::pin(async move { mark(connection, now).await }))
        .await
}

async fn mark(connection: &mut Conn, now: i64) -> Result<(), Error> {
    // What lies between the looks is looked at anew, in whichever direction.
    sqlx::query(
        "DELETE FROM overdue WHERE order_id IN
         (SELECT orders.id FROM overdue_until CROSS JOIN orders
          WHERE due_at >= min(at, $1) AND due_at < max(at, $1))",
    )
    .bind(now)
    .execute(&mut *connection)
    .await?;
    let mut run_out = Sql::new(
        "INSERT INTO overdue SELECT id, stage, coalesce(lead, '') FROM orders
         WHERE due_at >= (SELECT at FROM overdue_until) AND due_at < ",
    );
    run_out.push_bind(now).push(" AND ");
    binds_a_body(&mut run_out);
    run_out.build().execute(&mut *connection).await?;
    sqlx::query("UPDATE overdue_until SET at = $1")
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Where it is not what the orders say, a line each.
pub(in crate::orders) async fn miscounted(connection: &mut Conn) -> Result<Vec<String>, Error> {
    let mut query = Sql::new(
        "SELECT stage, lead FROM (
             SELECT stage, lead, orders AS n FROM overdue_tally
             UNION ALL SELECT stage, lead, -1 FROM overdue)
         GROUP BY stage, lead HAVING sum(n) <> 0
         UNION ALL
         SELECT stage, lead FROM (
             SELECT order_id, stage, lead, 1 AS n FROM overdue
             UNION ALL
             SELECT id, stage, coalesce(lead, ''), -1 FROM orders
             WHERE due_at < (SELECT at FROM overdue_until) AND ",
    );
    binds_a_body(&mut query);
    query.push(") GROUP BY order_id, stage, lead HAVING sum(n) <> 0");
    let wrong: Vec<(String, String)> = query.build_query_as().fetch_all(connection).await?;
    let line =
        |(stage, lead): (String, String)| format!("what is overdue in {stage} {lead} is wrong");
    Ok(wrong.into_iter().map(line).collect())
}
