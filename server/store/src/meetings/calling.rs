//! Meetings are called: with a plan, by a number of the year.

use domain::meeting::plan::Known;
use domain::meeting::{self, Meeting, MeetingNumber, Plan, PlanDraft};
use domain::{Action, Instant, RoleName, Rulebook, UserId};

use crate::cases::{self, next_serial};
use crate::dialect::{Conn, Sql};
use crate::{Context, Error};

/// Somebody who can have the chair: (number, how they are called).
pub async fn chairs(ctx: &Context) -> Result<Vec<(UserId, String)>, Error> {
    ctx.actor.may(Action::CallMeetings)?;
    let mut connection = ctx.store.read.acquire().await?;
    who_can_preside(&mut connection).await
}

pub(super) async fn who_can_preside(connection: &mut Conn) -> Result<Vec<(UserId, String)>, Error> {
    let mut query = Sql::new(
        "SELECT DISTINCT users.id, users.display FROM users
         JOIN memberships ON memberships.user = users.id
         WHERE memberships.ended_at IS NULL AND users.disabled_at IS NULL
           AND memberships.role IN (",
    );
    let mut roles = query.separated(", ");
    for role in RoleName::ALL.into_iter().filter(|role| role.can_preside()) {
        roles.push_bind(role.code());
    }
    query.push(") ORDER BY users.display, users.id");
    Ok(query.build_query_as().fetch_all(connection).await?)
}

/// Calls a meeting, and answers its number.
pub async fn call(ctx: &Context, draft: PlanDraft) -> Result<MeetingNumber, Error> {
    ctx.actor.may(Action::CallMeetings)?;
    let caller = ctx.clone();
    ctx.write(move |connection| {
        Box::pin(async move {
            let (ctx, book) = (&caller, caller.store.book.get());
            let plan = planned(connection, &draft, ctx.now, &book).await?;
            let (year, serial) = next_serial(connection, ctx.now, "meeting").await?;
            let number = MeetingNumber::new(year, serial);
            let event = meeting::call(number, &ctx.actor, ctx.now, plan, &book)?;
            cases::begin::<Meeting>(connection, ctx, event, ("call", &book)).await?;
            Ok(number)
        })
    })
    .await
}

pub(super) async fn planned(
    connection: &mut Conn,
    draft: &PlanDraft,
    now: Instant,
    book: &Rulebook,
) -> Result<Plan, Error> {
    let chairs = who_can_preside(connection).await?;
    let mut enterprises = Vec::new();
    for name in draft.enterprise_names() {
        let found = crate::projects::found_enterprise(connection, &name).await?;
        let is_there = found.is_ok();
        enterprises.push((name, found));
        // The first that is not there is what is said.
        if !is_there {
            break;
        }
    }
    let known = Known {
        chairs: &chairs,
        enterprises: &enterprises,
    };
    Ok(draft.parse(now, &known, book)?)
}
