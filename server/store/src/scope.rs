use domain::{Actor, Role};
use sqlx::QueryBuilder;
use sqlx::sqlite::Sqlite;

/// Adds what `actor` may see of `orders` as a condition of the query: the one
/// rule of visibility for pages, the HTTP API and every step.
pub(crate) fn visible(query: &mut QueryBuilder<Sqlite>, actor: &Actor) {
    match &actor.role {
        Role::Enterprise { enterprise } => {
            query.push(" orders.enterprise = ").push_bind(*enterprise);
        }
        Role::Handler { body } | Role::Head { body } => {
            query
                .push(" orders.lead = ")
                .push_bind(body.as_str().to_owned());
        }
        // A township also follows what lies in it.
        Role::Township { body } => {
            query
                .push(" (orders.lead = ")
                .push_bind(body.as_str().to_owned())
                .push(" OR orders.township = ")
                .push_bind(body.as_str().to_owned())
                .push(")");
        }
        Role::Centre { .. }
        | Role::Supervision
        | Role::Deputy
        | Role::Office
        | Role::Mayor
        | Role::Clockwork => {
            query.push(" TRUE");
        }
        // Administrators manage the system, not the orders.
        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor => {
            query.push(" FALSE");
        }
    }
}
