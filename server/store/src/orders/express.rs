//! What stands on the mayor's express.

use domain::Action;
use domain::order::{ExpressState, Number, Overview, Reason, Step};

use super::columns::{SELECT, fetch};
use super::find::load;
use super::find::{Found, with_histories};
use super::joined::{both, other, plain};
use super::step::{Taken, take};
use crate::dialect::Sql;
use crate::{Context, Error, scope};

/// Orders of one state that the caller may see, the one that has waited longest first.
pub async fn on_express(
    ctx: &Context,
    states: &[ExpressState],
    limit: u16,
) -> Result<(Vec<Found>, u64), Error> {
    ctx.actor.may(Action::SeeExpress)?;
    let mut count = Sql::new("");
    push_on_express(&mut count, ctx, states);
    let total = ctx.counted(count).await?;
    let mut connection = ctx.store.read.acquire().await?;
    let listed = fetch(&mut connection, |query| {
        query.push(&*SELECT);
        standing(query, ctx, states);
        query
            .push(" ORDER BY orders.express_since, orders.id LIMIT ")
            .push_bind(i64::from(limit));
    })
    .await?;
    let found = with_histories(&mut connection, listed).await?;
    Ok((found, total))
}

/// How many orders stand there in one of these states, as a part of a statement.
pub(crate) fn push_on_express(query: &mut Sql, ctx: &Context, states: &[ExpressState]) {
    query.push("SELECT count(*) FROM orders WHERE");
    standing(query, ctx, states);
    if ctx.actor.may(Action::SeeExpress).is_err() {
        query.push(" AND FALSE");
    }
}

/// How many there are of each state, of what the caller may see.
pub async fn express_counts(ctx: &Context) -> Result<Vec<(ExpressState, u64)>, Error> {
    ctx.actor.may(Action::SeeExpress)?;
    let mut query = Sql::new("SELECT express, count(*) FROM orders WHERE");
    scope::visible(&mut query, &ctx.actor);
    query.push(" AND express IS NOT NULL GROUP BY express");
    let rows: Vec<(String, i64)> = query.build_query_as().fetch_all(&ctx.store.read).await?;
    let known = rows.into_iter().filter_map(|(state, orders)| {
        let Some(known) = ExpressState::parse(&state) else {
            tracing::error!(state, orders, "matters of an unknown state are not counted");
            return None;
        };
        Some((known, u64::try_from(orders).unwrap_or(0)))
    });
    Ok(known.collect())
}

fn standing(query: &mut Sql, ctx: &Context, states: &[ExpressState]) {
    scope::visible(query, &ctx.actor);
    query.push(" AND orders.express IN (");
    let mut list = query.separated(", ");
    for state in states {
        list.push_bind(state.code());
    }
    query.push(")");
}

/// A candidate is decided with the matter of another order, which takes it in.
pub async fn join_matter(
    ctx: &Context,
    number: Number,
    version: Option<u32>,
    main: Number,
    reason: Reason,
) -> Result<Overview, Error> {
    let name = "join_matter";
    both(ctx, number, name, move |connection, actor, when, book| {
        Box::pin(async move {
            let joined = load(connection, actor, number).await?;
            let into = other(connection, actor, main).await?;
            let stands = into.order.express() == Some(ExpressState::Matter);
            let step = Step::JoinMatter {
                main,
                stands,
                reason,
            };
            let taken = Taken {
                version,
                ..plain(when, step)
            };
            let overview = take(connection, actor, joined, taken, book).await?;
            let step = Step::TakeInMatter { order: number };
            take(connection, actor, into, plain(when, step), book).await?;
            Ok(overview)
        })
    })
    .await
}
