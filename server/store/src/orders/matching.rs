//! The orders that a list is of.
//!
//! Each reason for which the caller sees an order, and each for which it waits for them,
//! is looked up by itself, so that the database can take an index for it; joined by OR,
//! they would have it go through all orders there are.

use std::iter::once;

use domain::order::turn::Waits;
use domain::order::{Light, Number};
use domain::rights::{Action, Relation};

use super::filter::{Filter, narrow};
use super::list::Sort;
use super::tally::overdue;
use super::waits;
use crate::dialect::Sql;
use crate::{Context, scope};

/// Where a page begins, and how many orders it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub(super) sort: Sort,
    pub(super) after: Option<Number>,
    pub(super) orders: i64,
}

/// What the caller may see and a filter leaves, after FROM: of each order `id`, `stage` and
/// `lead`, which indexes know.
pub(super) fn matching(query: &mut Sql, ctx: &Context, filter: &Filter) {
    let reasons = reasons(ctx, filter);
    if let [reason] = reasons.as_slice() {
        query.push(" orders WHERE ");
        by(query, ctx, filter, *reason);
        return;
    }
    query.push(" (SELECT NULL AS id, NULL AS stage, NULL AS lead WHERE FALSE");
    for (at, reason) in reasons.iter().enumerate() {
        query.push(" UNION ALL SELECT orders.id, orders.stage, orders.lead FROM orders WHERE ");
        by(query, ctx, filter, *reason);
        for_none(query, ctx, &reasons[..at]);
    }
    query.push(") AS orders");
}

/// Of those the ones that stand on a page, as a condition on `orders`: what a list shows of
/// an order is read of them alone.
pub(super) fn on_page(query: &mut Sql, ctx: &Context, filter: &Filter, cut: Cut) {
    let reasons = reasons(ctx, filter);
    query.push(" orders.id IN (SELECT id FROM (SELECT NULL AS id, NULL AS due WHERE FALSE");
    for at in 0..reasons.len() {
        if is_of_all_overdue(filter, &reasons, cut) {
            overdue::page(query, ctx, filter, cut);
        } else {
            page(query, ctx, filter, &reasons[..=at], cut);
        }
    }
    query.push(match cut.sort {
        Sort::NewestFirst => ") ORDER BY id DESC",
        Sort::DueFirst | Sort::CallFirst => ") ORDER BY due IS NULL, due, id",
    });
    query.push(" LIMIT ").push_bind(cut.orders).push(")");
}

type Reason = (Relation, Option<Waits>);

fn reasons(ctx: &Context, filter: &Filter) -> Vec<Reason> {
    let waits: Vec<Option<Waits>> = if filter.waits_for_caller {
        let each = Waits::of(&ctx.actor.role).iter().copied();
        let can_be = |one: &Waits| {
            let stage = filter.stage;
            stage.is_none_or(|stage| waits::can_be_in(*one, stage))
        };
        each.filter(can_be).map(Some).collect()
    } else if filter.waits_for_lead {
        vec![Some(Waits::Lead)]
    } else {
        vec![None]
    };
    let relations: Vec<Relation> = ctx.actor.relations_for(Action::SeeOrder).collect();
    let reasons = relations.iter().flat_map(|relation| {
        let seen = waits.iter().filter(|waits| {
            // What waits for a body as the lead is the lead's: nothing is looked up twice.
            let theirs = waits.and_then(waits::relation);
            theirs.is_none_or(|theirs| theirs == *relation || !relations.contains(&theirs))
        });
        seen.map(|waits| (*relation, *waits))
    });
    reasons.collect()
}

fn by(query: &mut Sql, ctx: &Context, filter: &Filter, reason: Reason) {
    holds(query, ctx, filter, reason);
    match filter.stage {
        // A plus keeps the database from going through all of the stage instead.
        Some(stage) if reason.1.is_some_and(waits::are_few) => {
            query.push(" AND +orders.stage = ").push_bind(stage.code());
            let stage = None;
            let filter = filter.clone();
            narrow(query, &Filter { stage, ..filter }, ctx);
        }
        _ => narrow(query, filter, ctx),
    }
}

fn holds(query: &mut Sql, ctx: &Context, filter: &Filter, (relation, waits): Reason) {
    // Clocks that run are few among all that ever was in a township.
    if filter.is_lit() && waits.is_none() {
        scope::related_of_few(query, &ctx.actor, once(relation));
    } else {
        scope::related(query, &ctx.actor, once(relation));
    }
    if let Some(waits) = waits {
        query.push(" AND ");
        waits::narrow(query, ctx, waits);
    }
}

/// And for none of the reasons before: an order that there are two for comes once.
fn for_none(query: &mut Sql, ctx: &Context, before: &[Reason]) {
    for reason in before {
        query.push(" AND (");
        holds(query, ctx, &Filter::default(), *reason);
        query.push(") IS NOT TRUE");
    }
}

/// Whether it is of all that is late in the city, the newest; a body's own are few.
fn is_of_all_overdue(filter: &Filter, reasons: &[Reason], cut: Cut) -> bool {
    let is_red = filter.light == Some(Light::Red) && filter.due_until.is_none();
    is_red
        && filter.department.is_none()
        && matches!(reasons, [(Relation::Any, None)])
        && cut.sort == Sort::NewestFirst
}

/// The first of those of the last of these reasons and none before, with what they are sorted
/// by.
fn page(query: &mut Sql, ctx: &Context, filter: &Filter, reasons: &[Reason], cut: Cut) {
    let Some((&reason, before)) = reasons.split_last() else {
        return;
    };
    // Where an index leaves few they are all taken, and the page is cut from them at the
    // end: keeping the newest of them up to date while they are gone through costs more.
    let few = filter.is_of_the_living()
        || matches!(
            reason.0,
            Relation::CoHandles | Relation::Tasked | Relation::InCharge
        );
    // All clocks of the city that run may be thousands. From the latest deadline on, most of
    // their orders are seen at once to be older than those that stand on the page.
    let latest_first =
        matches!(reason, (Relation::Any, None)) && filter.is_lit() && cut.sort == Sort::NewestFirst;
    let orders: &[(&str, &str)] = match (cut.sort, reason.1) {
        (Sort::NewestFirst, _) if few => &[("", "")],
        (Sort::NewestFirst, _) => &[("", " ORDER BY orders.id DESC")],
        (Sort::CallFirst, _) => &[("", " ORDER BY orders.callback_due_at, orders.id")],
        (Sort::DueFirst, Some(waits)) if waits::are_few(waits) => &[(
            "",
            " ORDER BY orders.due_at IS NULL, orders.due_at, +orders.id",
        )],
        (Sort::DueFirst, _) => &[
            (
                " AND orders.due_at IS NOT NULL",
                " ORDER BY orders.due_at, orders.id",
            ),
            (" AND orders.due_at IS NULL", " ORDER BY +orders.id"),
        ],
    };
    let due = match cut.sort {
        Sort::NewestFirst => "NULL",
        Sort::DueFirst => "orders.due_at",
        Sort::CallFirst => "orders.callback_due_at",
    };
    for (condition, order) in orders {
        query.push(" UNION ALL SELECT id, due FROM (");
        if latest_first {
            query.push("SELECT id, due FROM (");
        }
        query.push("SELECT orders.id, ").push(due);
        query.push(" AS due FROM orders WHERE ");
        by(query, ctx, filter, reason);
        for_none(query, ctx, before);
        query.push(condition);
        if let Some(after) = cut.after {
            query.push(" AND orders.id < (SELECT id FROM orders WHERE number = ");
            query.push_bind(after.to_string()).push(")");
        }
        if !order.is_empty() {
            query.push(order).push(" LIMIT ").push_bind(cut.orders);
        }
        if latest_first {
            query.push(" ORDER BY orders.due_at DESC LIMIT -1) ORDER BY id DESC LIMIT ");
            query.push_bind(cut.orders);
        }
        query.push(")");
    }
}
