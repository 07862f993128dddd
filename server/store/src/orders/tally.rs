//! Counts that the database keeps: how many orders there are by stage, lead, category,
//! township and urgency. A count over a million orders is a look at a few hundred rows.

pub(super) mod overdue;

use domain::Action;
use domain::rights::Relation;

use super::filter::Filter;
use crate::dialect::{Conn, Sql};
use crate::{Context, Error};

/// Whether a filter asks for nothing else than what is counted, and what its caller may
/// see can be told by that.
pub(super) fn knows(ctx: &Context, filter: &Filter) -> bool {
    let counted = Filter {
        stage: filter.stage,
        department: filter.department.clone(),
        category: filter.category.clone(),
        township: filter.township.clone(),
        urgency: filter.urgency,
        open: filter.open,
        ..Filter::default()
    };
    let by_relation = |relation| match relation {
        Relation::Any
        | Relation::Lead
        | Relation::CoHandles
        | Relation::Tasked
        | Relation::Located => true,
        Relation::Own
        | Relation::Manages
        | Relation::Carded
        | Relation::Gave
        | Relation::Invited
        | Relation::InCharge => false,
    };
    let mut relations = ctx.actor.relations_for(Action::SeeOrder);
    *filter == counted && relations.all(by_relation)
}

/// Where the counts that are kept, or what is kept as overdue, are not those of the orders, a
/// line each.
pub(crate) async fn miscounted(connection: &mut Conn) -> Result<Vec<String>, Error> {
    let overdue = overdue::miscounted(connection).await?;
    let wrong: Vec<(String, String)> = sqlx::query_as(
        "SELECT stage, lead FROM (
             SELECT stage, lead, category, township, urgency, orders FROM tally
             UNION ALL
             SELECT stage, coalesce(lead, ''), category, township, urgency, -count(*)
             FROM orders GROUP BY stage, lead, category, township, urgency)
         GROUP BY stage, lead, category, township, urgency HAVING sum(orders) <> 0",
    )
    .fetch_all(connection)
    .await?;
    let line = |(stage, lead): (String, String)| format!("the count of {stage} {lead} is wrong");
    Ok(wrong.into_iter().map(line).chain(overdue).collect())
}

/// Rows of stage and `n`; a stage may have two.
pub(super) fn by_stage(query: &mut Sql, ctx: &Context, filter: &Filter) {
    query.push("SELECT stage, sum(orders) AS n FROM tally WHERE");
    seen(query, ctx);
    narrow(query, filter);
    query.push(" GROUP BY stage");
    let relations: Vec<Relation> = ctx.actor.relations_for(Action::SeeOrder).collect();
    if let (true, Some(body)) = (
        relations.contains(&Relation::CoHandles),
        ctx.actor.role.body(),
    ) {
        // Those that are only seen for a part or a task.
        query.push(
            " UNION ALL SELECT stage, count(*) FROM orders
              WHERE id IN (SELECT order_id FROM co_handlers WHERE body = ",
        );
        query.push_bind(body.as_str().to_owned());
        query.push(" UNION SELECT case_id FROM task_bodies WHERE case_kind = 'order' AND body = ");
        query.push_bind(body.as_str().to_owned());
        query.push(") AND NOT coalesce(");
        seen(query, ctx);
        query.push(", FALSE)");
        narrow(query, filter);
        query.push(" GROUP BY stage");
    }
}

/// What the caller sees, but for what they see for a part or a task.
fn seen(query: &mut Sql, ctx: &Context) {
    query.push(" (");
    let body = ctx.actor.role.body().map(|body| body.as_str().to_owned());
    for relation in ctx.actor.relations_for(Action::SeeOrder) {
        match relation {
            Relation::Any => {
                query.push("TRUE OR ");
            }
            Relation::Lead => {
                query.push("lead = ").push_bind(body.clone()).push(" OR ");
            }
            Relation::Located => {
                query
                    .push("township = ")
                    .push_bind(body.clone())
                    .push(" OR ");
            }
            Relation::Own
            | Relation::Manages
            | Relation::Carded
            | Relation::CoHandles
            | Relation::Tasked
            | Relation::Gave
            | Relation::Invited
            | Relation::InCharge => {}
        }
    }
    query.push("FALSE)");
}

fn narrow(query: &mut Sql, filter: &Filter) {
    let urgency = filter.urgency.map(|urgency| urgency.code().to_owned());
    let stage = filter.stage.map(|stage| stage.code().to_owned());
    for (column, value) in [
        (" AND stage = ", stage),
        (" AND lead = ", filter.department.clone()),
        (" AND category = ", filter.category.clone()),
        (" AND township = ", filter.township.clone()),
        (" AND urgency = ", urgency),
    ] {
        if let Some(value) = value {
            query.push(column).push_bind(value);
        }
    }
    if filter.open {
        query.push(" AND ").push(&*super::UNDER_WAY);
    }
}
