use domain::meeting::plan::Known;
use domain::meeting::{
    self, Chair, Meeting, MeetingNumber, MeetingStep, MinutesNumber, Plan, PlanDraft,
};
use domain::time::local;
use domain::{Action, Actor, Deed, Instant, Refusal, RoleName, Rulebook, UserId};

use super::find::{Found, load};
use super::kept::{insert, keep};
use super::notices;
use crate::audit::{self, Entry};
use crate::dialect::{Conn, Sql};
use crate::journal::events;
use crate::{Desk, Error};

/// Somebody who can have the chair: (number, how they are called).
pub async fn chairs(desk: &Desk) -> Result<Vec<(UserId, String)>, Error> {
    desk.actor.may(Action::CallMeetings)?;
    let mut connection = desk.store.read.acquire().await?;
    who_can_preside(&mut connection).await
}

async fn who_can_preside(connection: &mut Conn) -> Result<Vec<(UserId, String)>, Error> {
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
pub async fn call(desk: &Desk, draft: PlanDraft) -> Result<MeetingNumber, Error> {
    desk.actor.may(Action::CallMeetings)?;
    let Desk {
        store, actor, now, ..
    } = desk.clone();
    let entry = Entry::of(desk, Deed::Meetings);
    let book = store.book.clone();
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let book = book.get();
                let plan = planned(connection, &draft, now, &book).await?;
                let (year, serial) = next_serial(connection, now, "meeting").await?;
                let number = MeetingNumber::new(year, serial);
                let event = meeting::call(number, &actor, now, plan, &book)?;
                let meeting = Meeting::replay(std::slice::from_ref(&event))?;
                let id = insert(connection, &meeting).await?;
                events::append(connection, id, &[event]).await?;
                keep(connection, id, &meeting, &book).await?;
                let entry = entry.object(number.to_string()).detail("call");
                audit::append(connection, &entry).await?;
                Ok(number)
            })
        })
        .await
}

/// Changes a plan; `version` is what the caller had read.
pub async fn change(
    desk: &Desk,
    number: MeetingNumber,
    version: Option<u32>,
    draft: PlanDraft,
) -> Result<(), Error> {
    write(
        desk,
        number,
        version,
        move |connection, found, now, book| {
            Box::pin(async move {
                let _ = &found;
                Ok(MeetingStep::Change(
                    planned(connection, &draft, now, book).await?,
                ))
            })
        },
    )
    .await
}

/// Another has the chair of a meeting whose minutes are not approved yet.
pub async fn name_chair(
    desk: &Desk,
    number: MeetingNumber,
    version: Option<u32>,
    chair: String,
) -> Result<(), Error> {
    write(desk, number, version, move |connection, _, _, _| {
        Box::pin(async move {
            let chairs = who_can_preside(connection).await?;
            Ok(MeetingStep::NameChair(Chair::parse(&chair, &chairs)?))
        })
    })
    .await
}

/// Takes a step that needs nothing but itself. `None` takes the meeting as it stands.
pub async fn step(
    desk: &Desk,
    number: MeetingNumber,
    version: Option<u32>,
    step: MeetingStep,
) -> Result<(), Error> {
    write(desk, number, version, move |_, _, _, _| {
        Box::pin(async move { Ok(step) })
    })
    .await
}

/// By the chair: minutes that are approved get the next number of the year.
pub async fn approve_minutes(
    desk: &Desk,
    (number, version): (MeetingNumber, Option<u32>),
    revision: u32,
) -> Result<(), Error> {
    write(desk, number, version, move |connection, found, now, _| {
        Box::pin(async move {
            // A serial is drawn where there is none yet; refused, it goes back with all.
            let next = match found.meeting.minutes.number() {
                Some(number) => number,
                None => {
                    let (year, serial) = next_serial(connection, now, "minutes").await?;
                    MinutesNumber { year, serial }
                }
            };
            Ok(MeetingStep::ApproveMinutes { revision, next })
        })
    })
    .await
}

type Made<'c> = futures::future::BoxFuture<'c, Result<MeetingStep, Error>>;

/// Finds the meeting, makes the step in the transaction that takes it.
pub(super) async fn write<F>(
    desk: &Desk,
    number: MeetingNumber,
    version: Option<u32>,
    make: F,
) -> Result<(), Error>
where
    F: for<'c> FnOnce(&'c mut Conn, &'c Found, Instant, &'c Rulebook) -> Made<'c> + Send + 'static,
{
    let Desk {
        store, actor, now, ..
    } = desk.clone();
    let entry = Entry::of(desk, Deed::Meetings).object(number.to_string());
    let book = store.book.clone();
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let book = book.get();
                let found = load(connection, &actor, number).await?;
                unmoved(&found.meeting, version)?;
                let step = make(connection, &found, now, &book).await?;
                let name = step.name().code();
                take(connection, &actor, found, now, step, &book).await?;
                audit::append(connection, &entry.detail(name)).await
            })
        })
        .await
}

pub(super) fn unmoved(meeting: &Meeting, version: Option<u32>) -> Result<(), Refusal> {
    match version {
        Some(version) if !meeting.stands_as_at(version) => Err(Refusal::MeetingMoved),
        Some(_) | None => Ok(()),
    }
}

/// Takes a step on a meeting that was found in this transaction.
pub(super) async fn take(
    connection: &mut Conn,
    actor: &Actor,
    found: Found,
    now: Instant,
    step: MeetingStep,
    book: &Rulebook,
) -> Result<(), Error> {
    let mut meeting = found.meeting;
    let happened = meeting::decide(&meeting, actor, now, step, book)?;
    events::append(connection, found.id, &happened).await?;
    for event in &happened {
        let before = meeting.clone();
        meeting.apply(event)?;
        notices::tell(connection, found.id, &before, &meeting, actor, event).await?;
    }
    keep(connection, found.id, &meeting, book).await
}

async fn planned(
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

async fn next_serial(connection: &mut Conn, now: Instant, what: &str) -> Result<(u16, u32), Error> {
    let year = chrono::Datelike::year(&local(now).date());
    let serial: u32 = sqlx::query_scalar(
        "INSERT INTO meeting_serials VALUES ($1, $2, 1)
         ON CONFLICT (year, what) DO UPDATE SET last = last + 1 RETURNING last",
    )
    .bind(year)
    .bind(what)
    .fetch_one(connection)
    .await?;
    let year = u16::try_from(year).map_err(|_| Error::Unreadable {
        column: "year",
        value: year.to_string(),
    })?;
    Ok((year, serial))
}
