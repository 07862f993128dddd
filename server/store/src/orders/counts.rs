use domain::order::turn::Waits;
use domain::order::{Light, StageName};
use domain::rights::Relation;
use domain::{Action, BodyCode};

use super::filter::{Filter, Words, narrow_but_words};
use super::matching::matching;
use super::tally::{self, overdue};
use super::waits;
use super::words::within_reach;
use crate::ask::{self, Question};
use crate::dialect::{Sql, lack};
use crate::{Context, Error, scope};

/// How many orders stand in a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageCount {
    pub stage: StageName,
    pub orders: u64,
}

/// Of what words are found in, as many are counted at once: a word that stands in a
/// hundred thousand orders would keep its reader waiting.
pub const COUNTED: u64 = 1_000;

/// How many orders there are by stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Empty where there are more than were counted.
    pub stages: Vec<StageCount>,
    pub is_whole: bool,
}

/// As [`counts`]; where words are looked for, only if they are found in no more than
/// [`COUNTED`] orders.
pub async fn counts_at_once(ctx: &Context, filter: &Filter) -> Result<Counted, Error> {
    if !filter.is_search() {
        let stages = counts(ctx, filter).await?;
        return Ok(Counted {
            stages,
            is_whole: true,
        });
    }
    let filter = but_stage(filter);
    let mut query = Sql::new("SELECT stage, count(*) FROM (SELECT orders.stage FROM");
    all_of(&mut query, ctx, &filter);
    query.push(" LIMIT ");
    query.push_bind(i64::try_from(COUNTED).unwrap_or(i64::MAX) + 1);
    query.push(") GROUP BY stage");
    let rows = query.build_query_as().fetch_all(&ctx.store.search).await;
    let rows: Vec<(String, i64)> = match rows {
        // Too many to be counted in the time of a search.
        Err(error) if lack(&error).is_some() => {
            return Ok(Counted {
                stages: Vec::new(),
                is_whole: false,
            });
        }
        rows => rows?,
    };
    let stages = stage_counts(rows);
    let all: u64 = stages.iter().map(|stage| stage.orders).sum();
    let is_whole = all <= COUNTED;
    Ok(Counted {
        stages: if is_whole { stages } else { Vec::new() },
        is_whole,
    })
}

/// For each stage that has any, how many of what the caller may see, under a
/// filter whose own stage does not count.
pub async fn counts(ctx: &Context, filter: &Filter) -> Result<Vec<StageCount>, Error> {
    match Stages::of(filter) {
        Some(stages) => Ok(ask::ask(ctx, (stages,)).await?.0),
        None => {
            let mut query = Sql::new("");
            by_stage(&mut query, ctx, &but_stage(filter));
            let rows = query.build_query_as().fetch_all(&ctx.store.read).await?;
            Ok(stage_counts(rows))
        }
    }
}

/// The same as a question.
pub struct Stages(Filter);

impl Stages {
    /// `None` where words are searched, which has a time of its own.
    pub fn of(filter: &Filter) -> Option<Self> {
        (!filter.is_search()).then(|| Self(but_stage(filter)))
    }
}

impl Question for Stages {
    type Answer = Vec<StageCount>;

    fn put(&self, query: &mut Sql, ctx: &Context) {
        ask::lines(query, "stage, n", |query| by_stage(query, ctx, &self.0));
    }

    fn read(&self, value: Option<&[u8]>, _: &Context) -> Result<Self::Answer, Error> {
        Ok(stage_counts(ask::readable(value)))
    }
}

fn but_stage(filter: &Filter) -> Filter {
    Filter {
        stage: None,
        ..filter.clone()
    }
}

/// Rows of a stage and how many stand there, `n`.
fn by_stage(query: &mut Sql, ctx: &Context, filter: &Filter) {
    if tally::knows(ctx, filter) {
        query.push("SELECT stage, sum(n) AS n FROM (");
        tally::by_stage(query, ctx, filter);
        query.push(") GROUP BY stage HAVING sum(n) > 0");
    } else if overdue::knows(ctx, filter) {
        query.push("SELECT stage, sum(n) AS n FROM (");
        overdue::counted(query, ctx, filter);
        query.push(") GROUP BY stage HAVING sum(n) > 0");
    } else if filter.is_lit() && filter.text.is_none() && sees_all(ctx) {
        // Each stage has them in the order of their deadlines: nothing is to be sorted.
        query.push("SELECT '' AS stage, 0 AS n WHERE FALSE");
        let living = StageName::ALL.into_iter().filter(|stage| !stage.is_final());
        for stage in living {
            let filter = Filter {
                stage: Some(stage),
                ..filter.clone()
            };
            query.push(" UNION ALL SELECT orders.stage, count(*) FROM");
            all_of(query, ctx, &filter);
            query.push(" HAVING count(*) > 0");
        }
    } else {
        query.push("SELECT orders.stage AS stage, count(*) AS n FROM");
        all_of(query, ctx, filter);
        // By what the filter says, not by stage.
        query.push(" GROUP BY +orders.stage");
    }
}

/// Whether the caller sees every order, and for one reason alone.
pub(super) fn sees_all(ctx: &Context) -> bool {
    let relations = ctx.actor.relations_for(Action::SeeOrder);
    relations.eq([Relation::Any])
}

fn stage_counts(rows: Vec<(String, i64)>) -> Vec<StageCount> {
    let known = rows.into_iter().filter_map(|(stage, orders)| {
        let Some(known) = StageName::parse(&stage) else {
            tracing::error!(stage, orders, "orders of an unknown stage are not counted");
            return None;
        };
        Some(StageCount {
            stage: known,
            orders: u64::try_from(orders).unwrap_or(0),
        })
    });
    known.collect()
}

/// What the caller may see and a filter leaves, after FROM.
fn all_of(query: &mut Sql, ctx: &Context, filter: &Filter) {
    let Words::Asked { all, .. } = filter.words() else {
        matching(query, ctx, filter);
        return;
    };
    query.push(" order_words CROSS JOIN orders ON orders.id = order_words.rowid WHERE");
    scope::visible(query, &ctx.actor);
    query.push(" AND order_words MATCH ");
    query.push_bind(within_reach(&all, &ctx.actor));
    if filter.waits_for_caller {
        query.push(" AND ");
        waits::any(query, ctx, Waits::of(&ctx.actor.role));
    }
    narrow_but_words(query, filter, ctx);
}

/// How many orders of what the caller may see match.
pub async fn count(ctx: &Context, filter: &Filter) -> Result<u64, Error> {
    let mut query = Sql::new("");
    push_count(&mut query, ctx, filter);
    ctx.counted(query).await
}

/// The same, as a part of a statement.
pub(crate) fn push_count(query: &mut Sql, ctx: &Context, filter: &Filter) {
    if tally::knows(ctx, filter) {
        query.push("SELECT coalesce(sum(n), 0) FROM (");
        tally::by_stage(query, ctx, filter);
        query.push(")");
    } else if overdue::knows(ctx, filter) {
        query.push("SELECT coalesce(sum(n), 0) FROM (");
        overdue::counted(query, ctx, filter);
        query.push(")");
    } else {
        query.push("SELECT count(*) FROM");
        all_of(query, ctx, filter);
    }
}

/// How many orders with this light each body leads, the most first; `None` is
/// before dispatch.
pub async fn counts_by_lead(
    ctx: &Context,
    light: Light,
) -> Result<Vec<(Option<BodyCode>, u64)>, Error> {
    let filter = Filter {
        light: Some(light),
        ..Filter::default()
    };
    let mut query = Sql::new("SELECT lead, sum(n) FROM (");
    if overdue::knows(ctx, &filter) {
        overdue::counted(&mut query, ctx, &filter);
    } else {
        query.push("SELECT lead, 1 AS n FROM");
        all_of(&mut query, ctx, &filter);
    }
    query.push(") GROUP BY lead HAVING sum(n) > 0 ORDER BY sum(n) DESC, lead");
    let rows: Vec<(Option<String>, i64)> =
        query.build_query_as().fetch_all(&ctx.store.read).await?;
    Ok(rows
        .into_iter()
        .map(|(lead, orders)| (lead.map(BodyCode::new), u64::try_from(orders).unwrap_or(0)))
        .collect())
}
