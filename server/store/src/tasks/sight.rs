use domain::rights::Relation;
use domain::{Action, Actor};

use crate::dialect::Sql;

/// What `actor` may know of `task_cases`, as a condition of the query.
pub(crate) fn visible(query: &mut Sql, actor: &Actor) {
    query.push(" (FALSE");
    for relation in actor.relations_for(Action::SeeTasks) {
        match relation {
            Relation::Any => {
                query.push(" OR TRUE");
            }
            Relation::Tasked => {
                query.push(
                    " OR task_cases.id IN
                         (SELECT case_id FROM task_bodies WHERE case_kind = 'task' AND body = ",
                );
                let body = actor.role.body();
                query.push_bind(body.map(|body| body.as_str().to_owned()));
                query.push(")");
            }
            // Nobody sees a task for these alone.
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
