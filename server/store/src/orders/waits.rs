//! What an order waits for, as `order::turn` says it, for the database.

use domain::order::turn::{Conditions, If, Waits};
use domain::order::{ExpressState, RatingLevel, StageName};
use domain::rights::Relation;

use super::columns::mask;
use crate::Context;
use crate::dialect::Sql;
use crate::times::seconds;

/// Whether an order of that stage can wait so.
pub(super) fn can_be_in(waits: Waits, stage: StageName) -> bool {
    stages(waits).is_none_or(|stages| stages.contains(&stage))
}

/// Whether those are a handful, known by what they wait for: looked for by that, and not by
/// anything else.
pub(super) fn are_few(waits: Waits) -> bool {
    stages(waits).is_none()
}

fn stages(waits: Waits) -> Option<&'static [StageName]> {
    waits.conditions().all.iter().find_map(|one| match one {
        If::Stage(stages) => Some(*stages),
        _ => None,
    })
}

/// The relation that whoever it waits for has to the order.
pub(super) fn relation(waits: Waits) -> Option<Relation> {
    match waits {
        Waits::Lead => Some(Relation::Lead),
        Waits::Part => Some(Relation::CoHandles),
        Waits::Task => Some(Relation::Tasked),
        Waits::Rating | Waits::Supplement => Some(Relation::Own),
        Waits::Dispatch
        | Waits::Closure
        | Waits::AfterTwoBadRatings
        | Waits::Express
        | Waits::Decision
        | Waits::Approval
        | Waits::SecondExtension => None,
    }
}

/// Any of these, as one condition.
pub(super) fn any<'w>(query: &mut Sql, ctx: &Context, waits: impl IntoIterator<Item = &'w Waits>) {
    query.push("(");
    let mut or = "";
    // Nothing is added to a single one: the database takes an index for that.
    for one in waits {
        query.push(or);
        narrow(query, ctx, *one);
        or = " OR ";
    }
    query.push(if or.is_empty() { "FALSE)" } else { ")" });
}

/// That an order waits so for the caller.
pub(super) fn narrow(query: &mut Sql, ctx: &Context, waits: Waits) {
    let Conditions { all, any } = waits.conditions();
    query.push("(");
    both(query, ctx, all);
    for (at, all) in any.iter().enumerate() {
        query.push(if at == 0 { " AND ((" } else { ") OR (" });
        both(query, ctx, all);
    }
    query.push(if any.is_empty() { ")" } else { ")))" });
}

fn both(query: &mut Sql, ctx: &Context, all: &[If]) {
    for (at, one) in all.iter().enumerate() {
        query.push(if at == 0 { "" } else { " AND " });
        holds(query, ctx, *one);
    }
}

fn holds(query: &mut Sql, ctx: &Context, one: If) {
    let now = seconds(ctx.now);
    let body = ctx.actor.role.body().map(|body| body.as_str().to_owned());
    match one {
        If::Stage([stage]) => {
            query.push(format!("orders.stage = '{}'", stage.code()));
        }
        // As the partial index over what is in hand says it.
        If::Stage(stages) => {
            let stages = list(stages.iter().map(|stage| stage.code()));
            query.push(format!("orders.stage IN ({stages})"));
        }
        // What the partial index is over, said so that it is used.
        If::Asks(asks) => {
            query
                .push("(orders.asks <> 0 AND orders.asks & ")
                .push_bind(mask(asks.iter().copied()))
                .push(" <> 0)");
        }
        If::AsksNone(asks) => {
            query
                .push("orders.asks & ")
                .push_bind(mask(asks.iter().copied()))
                .push(" = 0");
        }
        If::Leads => {
            query.push("orders.lead = ").push_bind(body);
        }
        If::PartOpen => {
            query
                .push("orders.id IN (SELECT order_id FROM co_handlers WHERE is_open AND body = ")
                .push_bind(body)
                .push(")");
        }
        If::TaskOpen => {
            query
                .push(
                    "orders.id IN (SELECT case_id FROM tasks
                     WHERE case_kind = 'order' AND state = 'open' AND owner = ",
                )
                .push_bind(body)
                .push(")");
        }
        If::TaskReported => {
            query.push(
                "orders.id IN (SELECT case_id FROM tasks
                 WHERE case_kind = 'order' AND state = 'reported')",
            );
        }
        If::NoClock => {
            query.push("orders.clock IS NULL");
        }
        If::InTime => {
            query.push("orders.due_at >= ").push_bind(now);
        }
        If::RunOut => {
            query.push("orders.due_at < ").push_bind(now);
        }
        If::RatedWell => {
            query.push(format!("orders.rating IN ({})", good_ratings()));
        }
        If::NotRatedWell => {
            let good = good_ratings();
            query.push(format!(
                "(orders.rating IS NULL OR orders.rating NOT IN ({good}))"
            ));
        }
        If::OnExpress => {
            query.push("orders.express IS NOT NULL");
        }
        If::Express(states) => {
            query.push(format!("orders.express IN ({})", of(states)));
        }
        If::NotExpress(states) => {
            query.push(format!(
                "(orders.express IS NULL OR orders.express NOT IN ({}))",
                of(states)
            ));
        }
    }
}

fn good_ratings() -> String {
    let good = RatingLevel::ALL.into_iter().filter(|level| !level.is_bad());
    list(good.map(RatingLevel::code))
}

fn of(states: &[ExpressState]) -> String {
    list(states.iter().map(|state| state.code()))
}

fn list(codes: impl Iterator<Item = &'static str>) -> String {
    let quoted: Vec<String> = codes.map(|code| format!("'{code}'")).collect();
    quoted.join(", ")
}
