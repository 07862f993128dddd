use domain::rights::Relation;
use domain::{Action, Actor};

use crate::dialect::Sql;

/// Adds what `actor` may see of `orders` as a condition of the query: the one
/// rule of visibility for pages, the HTTP API and every step, made of the table of
/// rights.
pub(crate) fn visible(query: &mut Sql, actor: &Actor) {
    related(query, actor, actor.relations_for(Action::SeeOrder));
}

/// The same for orders that `actor` works on: whose contact they see in full.
pub(crate) fn works_on(query: &mut Sql, actor: &Actor) {
    related(query, actor, actor.relations_for(Action::SeeContact));
}

/// Any of some relations to an order, as a condition on `orders`.
pub(crate) fn related(query: &mut Sql, actor: &Actor, relations: impl Iterator<Item = Relation>) {
    conditions(query, actor, relations, "");
}

/// The same where only clocks that run are looked for: those are gone through, not all that
/// ever was in a township. A body's own have an index of theirs.
pub(crate) fn related_of_few(
    query: &mut Sql,
    actor: &Actor,
    relations: impl Iterator<Item = Relation>,
) {
    conditions(query, actor, relations, "+");
}

/// `no_index`: a plus before a column keeps the database from looking it up by its index.
fn conditions(
    query: &mut Sql,
    actor: &Actor,
    relations: impl Iterator<Item = Relation>,
    no_index: &str,
) {
    query.push(" (");
    let mut is_first = true;
    for relation in relations {
        // Nothing is added to a single one: the database takes an index for that.
        if !std::mem::take(&mut is_first) {
            query.push(" OR ");
        }
        let body = actor.role.body().map(|body| body.as_str().to_owned());
        match relation {
            Relation::Any => {
                query.push("TRUE");
            }
            Relation::Own => {
                query
                    .push("orders.enterprise = ")
                    .push_bind(actor.role.enterprise());
            }
            Relation::Lead => {
                query.push("orders.lead = ").push_bind(body);
            }
            Relation::CoHandles => {
                query
                    .push("orders.id IN (SELECT order_id FROM co_handlers WHERE body = ")
                    .push_bind(body)
                    .push(")");
            }
            Relation::Tasked => {
                query
                    .push(
                        "orders.id IN (SELECT case_id FROM task_bodies
                         WHERE case_kind = 'order' AND body = ",
                    )
                    .push_bind(body)
                    .push(")");
            }
            Relation::Located => {
                query
                    .push(no_index)
                    .push("orders.township = ")
                    .push_bind(body);
            }
            Relation::InCharge => {
                query
                    .push("orders.project IN (SELECT number FROM projects WHERE leader = ")
                    .push_bind(actor.user)
                    .push(")");
            }
            // Nobody sees an order for these alone.
            Relation::Manages | Relation::Carded | Relation::Gave | Relation::Invited => {
                query.push("FALSE");
            }
        }
    }
    query.push(if is_first { "FALSE)" } else { ")" });
}
