use domain::meeting::plan::Known;
use domain::meeting::step::remind_at;
use domain::meeting::{
    self, Chair, Meeting, MeetingEvent, MeetingNumber, MeetingStep, MinutesNumber, Outcome, Plan,
    PlanDraft,
};
use domain::time::local;
use domain::{Action, Actor, Deed, Instant, Refusal, RoleName, Rulebook, UserId};

use super::find::{Found, load};
use super::notices;
use crate::audit::{self, Entry};
use crate::dialect::{Conn, Sql};
use crate::times::seconds;
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
                let event = meeting::call(number, &actor, now, plan)?;
                let meeting = Meeting::replay(std::slice::from_ref(&event))?;
                let id = insert(connection, &meeting).await?;
                append(connection, id, &event).await?;
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
    let events = meeting::decide(&meeting, actor, now, step, book)?;
    for event in &events {
        append(connection, found.id, event).await?;
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
        enterprises.push((name, found));
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

async fn append(connection: &mut Conn, meeting: i64, event: &MeetingEvent) -> Result<(), Error> {
    sqlx::query("INSERT INTO meeting_events VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(meeting)
        .bind(event.seq)
        .bind(seconds(event.at))
        .bind(event.by.user)
        .bind(&event.by.name)
        .bind(event.by.role.code())
        .bind(event.by.body.as_ref().map(|body| body.as_str()))
        .bind(serde_json::to_string(&event.what)?)
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert(connection: &mut Conn, meeting: &Meeting) -> Result<i64, Error> {
    let plan = &meeting.plan;
    let inserted = sqlx::query(
        "INSERT INTO meetings (number, kind, title, starts_at, minutes, place, chair, state, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(meeting.number.to_string())
    .bind(plan.kind.code())
    .bind(plan.title.as_str())
    .bind(seconds(plan.starts_at))
    .bind(plan.minutes)
    .bind(plan.place.as_str())
    .bind(plan.chair.user)
    .bind(meeting.state.code())
    .bind(meeting.version)
    .execute(connection)
    .await?;
    Ok(inserted.last_insert_rowid())
}

/// How far the minutes are.
fn paper(meeting: &Meeting) -> &'static str {
    let minutes = &meeting.minutes;
    match (&minutes.draft, minutes.approved.is_empty()) {
        (Some(_), _) => "draft",
        (None, true) => "none",
        (None, false) if minutes.amending().is_some() => "amending",
        (None, false) => "approved",
    }
}

/// Writes what lists read of a meeting anew.
pub(super) async fn keep(
    connection: &mut Conn,
    id: i64,
    meeting: &Meeting,
    book: &Rulebook,
) -> Result<(), Error> {
    let plan = &meeting.plan;
    sqlx::query(
        "UPDATE meetings SET kind = $1, title = $2, starts_at = $3, minutes = $4, place = $5,
             chair = $6, state = $7, version = $8, remind_at = $9, paper = $10 WHERE id = $11",
    )
    .bind(plan.kind.code())
    .bind(plan.title.as_str())
    .bind(seconds(plan.starts_at))
    .bind(plan.minutes)
    .bind(plan.place.as_str())
    .bind(plan.chair.user)
    .bind(meeting.state.code())
    .bind(meeting.version)
    .bind(remind_at(meeting, book).map(seconds))
    .bind(paper(meeting))
    .bind(id)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM meeting_guests WHERE meeting = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    for invitation in &meeting.invitations {
        sqlx::query("INSERT INTO meeting_guests VALUES ($1, $2, $3)")
            .bind(invitation.guest.code())
            .bind(id)
            .bind(invitation.answer.is_some())
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("DELETE FROM meeting_matters WHERE meeting = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    for (position, item) in (0_i64..).zip(&meeting.agenda) {
        let outcome = match item.outcome {
            Outcome::Open => "open",
            Outcome::Decided { .. } => "decided",
            Outcome::Deferred { .. } => "deferred",
        };
        sqlx::query(
            "INSERT INTO meeting_matters
             SELECT $1, id, $2, $3 FROM orders WHERE number = $4",
        )
        .bind(id)
        .bind(position)
        .bind(outcome)
        .bind(item.matter.to_string())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
