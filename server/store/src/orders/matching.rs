//! The orders that a list is of.
//!
//! Each reason for which the caller sees an order, and each for which it waits for them,
//! is looked up by itself, so that the database can take an index for it; joined by OR,
//! they would have it go through all orders there are.

use std::iter::once;

use domain::order::Number;
use domain::rights::{Action, Relation};

use super::filter::{Filter, narrow};
use super::list::Sort;
use super::waits::Waits;
use crate::dialect::Sql;
use crate::{Desk, scope};

/// Where a page begins, and how many orders it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub(super) sort: Sort,
    pub(super) after: Option<Number>,
    pub(super) orders: i64,
}

/// Adds what the caller may see and a filter leaves, as a condition on `orders`; with
/// `cut`, only those that can stand on that page, in whatever order.
pub(super) fn matching(query: &mut Sql, desk: &Desk, filter: &Filter, cut: Option<Cut>) {
    let reasons = reasons(desk, filter);
    if let ([reason], None) = (reasons.as_slice(), cut) {
        query.push(" ");
        by(query, desk, filter, *reason);
        return;
    }
    query.push(" orders.id IN (SELECT NULL");
    for reason in reasons {
        match cut {
            None => {
                query.push(" UNION ALL SELECT orders.id FROM orders WHERE ");
                by(query, desk, filter, reason);
            }
            Some(cut) => page(query, desk, filter, reason, cut),
        }
    }
    query.push(")");
}

type Reason<'a> = (Relation, Option<Waits<'a>>);

fn reasons<'a>(desk: &'a Desk, filter: &Filter) -> Vec<Reason<'a>> {
    let waits: Vec<Option<Waits>> = if filter.waits_for_caller {
        let each = Waits::for_role(&desk.actor.role).into_iter();
        let can_be = |waits: &Waits| filter.stage.is_none_or(|stage| waits.can_be_in(stage));
        each.filter(can_be).map(Some).collect()
    } else {
        vec![None]
    };
    let relations = desk.actor.relations_for(Action::SeeOrder);
    relations
        .flat_map(|relation| waits.iter().map(move |waits| (relation, *waits)))
        .collect()
}

fn by(query: &mut Sql, desk: &Desk, filter: &Filter, reason: Reason<'_>) {
    let (relation, waits) = reason;
    // Clocks that run are few among all that a body has ever led.
    if filter.is_lit() && waits.is_none() {
        scope::related_of_few(query, &desk.actor, once(relation));
    } else {
        scope::related(query, &desk.actor, once(relation));
    }
    if let Some(waits) = waits {
        query.push(" AND ");
        waits.narrow(query, desk);
    }
    match filter.stage {
        // A plus keeps the database from going through all of the stage instead.
        Some(stage) if waits.is_some_and(Waits::is_few) => {
            query.push(" AND +orders.stage = ").push_bind(stage.code());
            let stage = None;
            let filter = filter.clone();
            narrow(query, &Filter { stage, ..filter }, desk);
        }
        _ => narrow(query, filter, desk),
    }
}

/// The first of those of one reason: what stands on the page is among them.
fn page(query: &mut Sql, desk: &Desk, filter: &Filter, reason: Reason<'_>, cut: Cut) {
    // Where an index leaves few they are all taken, and the page is cut from them at the
    // end: keeping the newest of them up to date while they are gone through costs more.
    let few = filter.is_of_the_living()
        || matches!(
            reason.0,
            Relation::CoHandles | Relation::Tasked | Relation::InCharge
        );
    // All of the city's that are late may be thousands. From the latest deadline on, most
    // of them are seen at once to be older than those that stand on the page.
    let latest_first =
        matches!(reason, (Relation::Any, None)) && filter.is_lit() && cut.sort == Sort::NewestFirst;
    let orders: &[(&str, &str)] = match (cut.sort, reason.1) {
        (Sort::NewestFirst, _) if few => &[("", "")],
        (Sort::NewestFirst, _) => &[("", " ORDER BY orders.id DESC")],
        (Sort::CallFirst, _) => &[("", " ORDER BY orders.callback_due_at, orders.id")],
        (Sort::DueFirst, Some(waits)) if waits.is_few() => &[(
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
    for (condition, order) in orders {
        query.push(" UNION ALL SELECT id FROM (");
        if latest_first {
            query.push("SELECT id FROM (");
        }
        query.push("SELECT orders.id FROM orders WHERE ");
        by(query, desk, filter, reason);
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
