use domain::rights::Relation;
use domain::task::{TaskCase, TaskEvent, TaskNumber};
use domain::{Action, Actor};

use crate::cases::Kind;
use crate::dialect::{Conn, Sql};
use crate::journal::events;
use crate::{Desk, Error};

/// A task that is a case by itself, with its history.
#[derive(Debug)]
pub struct Found {
    pub id: i64,
    pub case: TaskCase,
    pub events: Vec<TaskEvent>,
}

/// `NotFound` where there is none that the caller may know of.
pub async fn find(desk: &Desk, number: TaskNumber) -> Result<Found, Error> {
    let mut connection = desk.store.read.acquire().await?;
    load(&mut connection, &desk.actor, number).await
}

pub(super) async fn load(
    connection: &mut Conn,
    actor: &Actor,
    number: TaskNumber,
) -> Result<Found, Error> {
    let id = Kind::Task
        .find(connection, actor, &number.to_string())
        .await?;
    replayed(connection, id).await
}

/// The one with this id; `NotFound` where the caller may not know of it.
pub(crate) async fn with_id(connection: &mut Conn, actor: &Actor, id: i64) -> Result<Found, Error> {
    let number = "SELECT number FROM task_cases WHERE id = $1";
    let number: Option<String> = sqlx::query_scalar(number)
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?;
    let number = number.ok_or(Error::NotFound)?;
    Kind::Task.find(connection, actor, &number).await?;
    replayed(connection, id).await
}

pub(crate) async fn replayed(connection: &mut Conn, id: i64) -> Result<Found, Error> {
    let events = events::history(connection, id).await?;
    let case = TaskCase::replay(&events)?;
    Ok(Found { id, case, events })
}

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
