//! What lists read of a meeting: kept beside its history in the same transaction, and always
//! what the history makes of it.

use domain::case::{History, When};
use domain::meeting::invitation::remind_at;
use domain::meeting::{Meeting, MeetingStep, MeetingWhat, MeetingWish, Outcome};
use domain::{Actor, AuditKind, Instant, Refusal, Rulebook};
use sqlx::FromRow;

use super::door;
use crate::cases::{self, Due, Found, Kind, Stored};
use crate::dialect::Conn;
use crate::notices::Told;
use crate::times::seconds;
use crate::troubles::Troubles;
use crate::{Context, Error, Store};

#[derive(Debug, PartialEq, Eq, FromRow)]
struct Columns {
    number: String,
    kind: String,
    title: String,
    starts_at: i64,
    minutes: u16,
    place: String,
    chair: i64,
    state: String,
    version: u32,
    remind_at: Option<i64>,
    paper: String,
    known: bool,
}

/// A meeting as it is kept.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    columns: Columns,
    /// Those who are invited, and whether they have answered; by their codes.
    guests: Vec<(String, bool)>,
    /// The orders on the agenda, each with its outcome.
    matters: Vec<(String, String)>,
}

impl Kept {
    fn of(meeting: &Meeting, book: &Rulebook) -> Self {
        let plan = &meeting.plan;
        let guests = meeting.invitations.iter();
        let guests = guests.map(|one| (one.guest.code(), one.answer.is_some()));
        let mut guests: Vec<(String, bool)> = guests.collect();
        guests.sort();
        let matters = meeting.agenda.iter().map(|item| {
            let outcome = match item.outcome {
                Outcome::Open => "open",
                Outcome::Decided { .. } => "decided",
                Outcome::Deferred { .. } => "deferred",
            };
            (item.matter.to_string(), outcome.to_owned())
        });
        Self {
            columns: Columns {
                number: meeting.number.to_string(),
                kind: plan.kind.code().to_owned(),
                title: plan.title.as_str().to_owned(),
                starts_at: seconds(plan.starts_at),
                minutes: plan.minutes,
                place: plan.place.as_str().to_owned(),
                chair: plan.chair.user,
                state: meeting.state.code().to_owned(),
                version: meeting.version(),
                remind_at: remind_at(meeting, book).map(seconds),
                paper: paper(meeting).to_owned(),
                known: meeting.is_known(),
            },
            guests,
            matters: matters.collect(),
        }
    }

    async fn read(connection: &mut Conn, id: i64) -> Result<Self, Error> {
        let columns = sqlx::query_as(
            "SELECT number, kind, title, starts_at, minutes, place, chair, state, version,
                    remind_at, paper, known FROM meetings WHERE id = $1",
        );
        let guests = "SELECT guest, answered FROM meeting_guests WHERE meeting = $1 ORDER BY guest";
        let matters = "SELECT orders.number, outcome FROM meeting_matters
             JOIN orders ON orders.id = order_id WHERE meeting_matters.meeting = $1
             ORDER BY position";
        Ok(Self {
            columns: columns.bind(id).fetch_one(&mut *connection).await?,
            guests: sqlx::query_as(guests)
                .bind(id)
                .fetch_all(&mut *connection)
                .await?,
            matters: sqlx::query_as(matters)
                .bind(id)
                .fetch_all(&mut *connection)
                .await?,
        })
    }
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

impl Stored for Meeting {
    const KIND: Kind = Kind::Meeting;
    const AUDIT_KIND: AuditKind = AuditKind::Meetings;

    fn number(&self) -> String {
        self.number.to_string()
    }

    fn moved() -> Refusal {
        Refusal::MeetingMoved
    }

    fn told(&self, before: &Self, what: &MeetingWhat) -> Told {
        Told {
            told: what.told(self),
            dropped: self.dropped(before),
        }
    }

    async fn insert(&self, connection: &mut Conn) -> Result<i64, Error> {
        let plan = &self.plan;
        let inserted = sqlx::query(
            "INSERT INTO meetings (number, kind, title, starts_at, minutes, place, chair, state, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(self.number.to_string())
        .bind(plan.kind.code())
        .bind(plan.title.as_str())
        .bind(seconds(plan.starts_at))
        .bind(plan.minutes)
        .bind(plan.place.as_str())
        .bind(plan.chair.user)
        .bind(self.state.code())
        .bind(self.version())
        .execute(connection)
        .await?;
        Ok(inserted.last_insert_rowid())
    }

    async fn keep(&self, connection: &mut Conn, id: i64, book: &Rulebook) -> Result<(), Error> {
        let Kept {
            columns,
            guests,
            matters,
        } = Kept::of(self, book);
        sqlx::query(
            "UPDATE meetings SET kind = $1, title = $2, starts_at = $3, minutes = $4, place = $5,
                 chair = $6, state = $7, version = $8, remind_at = $9, paper = $10, known = $11
             WHERE id = $12",
        )
        .bind(columns.kind)
        .bind(columns.title)
        .bind(columns.starts_at)
        .bind(columns.minutes)
        .bind(columns.place)
        .bind(columns.chair)
        .bind(columns.state)
        .bind(columns.version)
        .bind(columns.remind_at)
        .bind(columns.paper)
        .bind(columns.known)
        .bind(id)
        .execute(&mut *connection)
        .await?;
        sqlx::query("DELETE FROM meeting_guests WHERE meeting = $1")
            .bind(id)
            .execute(&mut *connection)
            .await?;
        for (guest, answered) in guests {
            sqlx::query("INSERT INTO meeting_guests VALUES ($1, $2, $3)")
                .bind(guest)
                .bind(id)
                .bind(answered)
                .execute(&mut *connection)
                .await?;
        }
        sqlx::query("DELETE FROM meeting_matters WHERE meeting = $1")
            .bind(id)
            .execute(&mut *connection)
            .await?;
        for (position, (matter, outcome)) in (0_i64..).zip(matters) {
            sqlx::query(
                "INSERT INTO meeting_matters
                 SELECT $1, id, $2, $3 FROM orders WHERE number = $4",
            )
            .bind(id)
            .bind(position)
            .bind(outcome)
            .bind(matter)
            .execute(&mut *connection)
            .await?;
        }
        Ok(())
    }

    async fn is_kept(
        &self,
        connection: &mut Conn,
        id: i64,
        book: &Rulebook,
    ) -> Result<bool, Error> {
        Ok(Kept::read(connection, id).await? == Kept::of(self, book))
    }

    async fn made(
        connection: &mut Conn,
        ctx: &Context,
        found: &Found<Self>,
        when: When,
        wish: MeetingWish,
    ) -> Result<MeetingStep, Error> {
        door::made(connection, ctx, found, when, wish).await
    }
}

/// The rules or the calendar are others: when people are reminded of what is ahead moves.
pub(crate) async fn recount(
    connection: &mut Conn,
    book: &Rulebook,
    troubles: &Troubles,
) -> Result<(), Error> {
    let ahead = "SELECT id, number FROM meetings WHERE remind_at IS NOT NULL ORDER BY id";
    let ahead: Due = sqlx::query_as(ahead).fetch_all(&mut *connection).await?;
    let (nobody, by) = (Actor::clockwork(), (book, troubles));
    cases::each::<Meeting>(connection, ahead, &nobody, by, |_| Vec::new()).await?;
    Ok(())
}

/// Reminds everybody who is invited to a meeting that is near, once.
pub(crate) async fn remind(store: &Store, now: Instant) -> Result<(), Error> {
    let due = "SELECT id, number FROM meetings WHERE remind_at <= $1";
    let due: Due = sqlx::query_as(due)
        .bind(seconds(now))
        .fetch_all(&store.read)
        .await?;
    cases::sweep::<Meeting>(store, now, due, || MeetingStep::Remind).await?;
    Ok(())
}
