use std::collections::{BTreeMap, BTreeSet};

use domain::meeting::{Meeting, MeetingEvent, MeetingNumber, MeetingWhat};
use domain::rights::Relation;
use domain::{Action, Actor, EnterpriseId, Fault, Field, FieldFault, Refusal};

use crate::dialect::{Conn, Sql};
use crate::{Context, Error, cases};

/// A meeting with its history.
#[derive(Debug)]
pub struct Found {
    pub id: i64,
    pub meeting: Meeting,
    pub events: Vec<MeetingEvent>,
    /// How the enterprises on its plan are called.
    pub enterprises: BTreeMap<EnterpriseId, String>,
}

/// `NotFound` where there is none that the caller may know of.
pub async fn find(ctx: &Context, number: MeetingNumber) -> Result<Found, Error> {
    let mut connection = ctx.store.read.acquire().await?;
    load(&mut connection, &ctx.actor, number).await
}

async fn load(connection: &mut Conn, actor: &Actor, number: MeetingNumber) -> Result<Found, Error> {
    let found = cases::load(connection, actor, &number.to_string()).await?;
    named_with(connection, found).await
}

/// Whether orders can be placed at a meeting: a joint one that the caller is invited to,
/// from the invitation on.
pub(crate) async fn takes_orders(
    connection: &mut Conn,
    actor: &Actor,
    number: MeetingNumber,
) -> Result<(), Error> {
    let fault = |fault| {
        let field = Field::Meeting;
        Refusal::from(FieldFault { field, fault })
    };
    let found = match load(connection, actor, number).await {
        Err(Error::NotFound) => return Err(fault(Fault::Unknown).into()),
        found => found?,
    };
    Ok(found.meeting.takes_orders().map_err(fault)?)
}

pub(crate) async fn replayed(connection: &mut Conn, id: i64) -> Result<Found, Error> {
    let found = cases::replayed(connection, id).await?;
    named_with(connection, found).await
}

/// With the names of the enterprises that its history names.
async fn named_with(connection: &mut Conn, found: cases::Found<Meeting>) -> Result<Found, Error> {
    let cases::Found { id, case, events } = found;
    let mut enterprises = BTreeMap::new();
    for enterprise in &named(&events) {
        let name: Option<String> = sqlx::query_scalar("SELECT name FROM enterprises WHERE id = $1")
            .bind(enterprise)
            .fetch_optional(&mut *connection)
            .await?;
        enterprises.extend(name.map(|name| (*enterprise, name)));
    }
    Ok(Found {
        id,
        meeting: case,
        events,
        enterprises,
    })
}

/// Every enterprise that a history names.
fn named(events: &[MeetingEvent]) -> BTreeSet<EnterpriseId> {
    let plans = events.iter().filter_map(|event| match &event.what {
        MeetingWhat::Called(it) => Some(&it.plan),
        MeetingWhat::Changed(it) => Some(&it.plan),
        _ => None,
    });
    plans.flat_map(|plan| plan.enterprises.clone()).collect()
}

/// What `actor` may know of `meetings`, as a condition of the query: whoever is invited,
/// from the invitation on; whoever has the chair.
pub(crate) fn visible(query: &mut Sql, actor: &Actor) {
    query.push(" (FALSE");
    for relation in actor.relations_for(Action::SeeMeetings) {
        match relation {
            Relation::Any => {
                query.push(" OR TRUE");
            }
            Relation::Invited => {
                query.push(" OR meetings.chair = ").push_bind(actor.user);
                if let Some(guest) = domain::meeting::Guest::of(actor) {
                    query.push(
                        " OR (meetings.known AND meetings.id IN
                              (SELECT meeting FROM meeting_guests WHERE guest = ",
                    );
                    query.push_bind(guest.code()).push("))");
                }
            }
            Relation::Own
            | Relation::Manages
            | Relation::Lead
            | Relation::CoHandles
            | Relation::Carded
            | Relation::Tasked
            | Relation::Gave
            | Relation::Located
            | Relation::InCharge => {}
        }
    }
    query.push(")");
}
