use domain::rights::Relation;
use domain::{Action, Actor, BodyCode};

use super::{Case, Found, Which, narrow};
use crate::cases::{Due, replayed};
use crate::dialect::Sql;
use crate::{Context, Error};

/// Those by themselves whose clocks run, as the caller may see them, the nearest deadline
/// first, at most `limit` from the first on; and whether there are more.
pub async fn under_way(ctx: &Context, limit: u16) -> Result<(Vec<Found>, bool), Error> {
    let mut query = Sql::new(
        "SELECT task_cases.id, task_cases.number FROM task_cases
         JOIN tasks ON case_kind = 'task' AND case_id = task_cases.id
         WHERE state = 'open' AND",
    );
    visible(&mut query, &ctx.actor);
    query
        .push(" ORDER BY due_at, task_cases.id LIMIT ")
        .push_bind(i64::from(limit) + 1);
    let mut connection = ctx.store.read.acquire().await?;
    let mut rows: Due = query.build_query_as().fetch_all(&mut *connection).await?;
    let more = rows.len() > usize::from(limit);
    rows.truncate(limit.into());
    let mut under_way = Vec::with_capacity(rows.len());
    for (id, number) in rows {
        under_way.push((number, replayed::<Case>(&mut connection, id).await));
    }
    let troubles = &ctx.store.troubles;
    Ok((troubles.readable_of("task", under_way.into_iter()), more))
}

/// Tasks past their deadline by the body that answers for them, the most first.
pub async fn late_by_owner(ctx: &Context) -> Result<Vec<(BodyCode, u64)>, Error> {
    let mut query = Sql::new("SELECT owner, count(*) FROM tasks WHERE");
    narrow(&mut query, Which::Late, ctx);
    query.push(" GROUP BY owner ORDER BY count(*) DESC, owner");
    let rows: Vec<(String, i64)> = query.build_query_as().fetch_all(&ctx.store.read).await?;
    let rows = rows.into_iter();
    let rows = rows.map(|(owner, n)| (BodyCode::new(owner), u64::try_from(n).unwrap_or(0)));
    Ok(rows.collect())
}

/// What `actor` may know of `task_cases`, as a condition of the query.
pub(crate) fn visible(query: &mut Sql, actor: &Actor) {
    for_reader(
        query,
        actor,
        "task_cases.id IN (SELECT case_id FROM task_bodies WHERE case_kind = 'task' AND body = ",
    );
}

/// The tasks that `actor` sees lists of, as a condition. `bodies` begins the one that a body has
/// to do with it.
pub(super) fn for_reader(query: &mut Sql, actor: &Actor, bodies: &str) {
    query.push(" (FALSE");
    for relation in actor.relations_for(Action::SeeTasks) {
        match relation {
            Relation::Any => {
                query.push(" OR TRUE");
            }
            Relation::Tasked => {
                let body = actor.role.body().map(|body| body.as_str().to_owned());
                query.push(" OR ").push(bodies).push_bind(body).push(")");
            }
            // Nobody sees a list of them for these alone.
            Relation::Own
            | Relation::Manages
            | Relation::Lead
            | Relation::CoHandles
            | Relation::Carded
            | Relation::Gave
            | Relation::Invited
            | Relation::Located
            | Relation::InCharge => {}
        }
    }
    query.push(")");
}
