use domain::meeting::{Meeting, MeetingEvent, MeetingNumber, Plan};
use domain::{Actor, Instant};
use sqlx::FromRow;

use super::find::visible;
use crate::dialect::{self, Conn, Sql};
use crate::times::instant;
use crate::{Desk, Error, notices};

/// What somebody was told of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingNotice {
    pub number: MeetingNumber,
    /// `None`: the caller is not expected any more, and learns nothing else of it.
    pub told: Option<Told>,
    pub at: Instant,
    pub is_new: bool,
}

/// What happened to a meeting that the caller may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// As `MeetingWhat::code` has it.
    pub kind: String,
    pub title: String,
    pub starts_at: Instant,
    pub place: String,
    /// When and where it was to be before, where this tells of a change.
    pub was: Option<(Instant, String)>,
    /// The plan has been changed since.
    pub is_outdated: bool,
}

/// Tells of an event whoever it concerns, the one who did it excepted, and whoever is not
/// expected any more.
pub(super) async fn tell(
    connection: &mut Conn,
    id: i64,
    before: &Meeting,
    meeting: &Meeting,
    actor: &Actor,
    event: &MeetingEvent,
) -> Result<(), Error> {
    let own = actor.addresses();
    let told = event.what.told(meeting).into_iter();
    let dropped = meeting.dropped(before).into_iter();
    let told = told.map(|address| (address, false));
    let mut told: Vec<_> = told.chain(dropped.map(|address| (address, true))).collect();
    told.sort();
    told.dedup();
    told.retain(|(address, _)| !own.contains(address));
    for (address, dropped) in told {
        sqlx::query(
            "INSERT INTO meeting_notices (address, meeting, seq, dropped) VALUES ($1, $2, $3, $4)",
        )
        .bind(address.code())
        .bind(id)
        .bind(event.seq)
        .bind(dropped)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The newest notices of the caller, at most `limit`.
pub async fn notices(desk: &Desk, limit: u16) -> Result<Vec<MeetingNotice>, Error> {
    let mut query = Sql::new(
        // A notice keeps the words of its time: the plan as it stood then is in the history.
        "SELECT meetings.number, meetings.starts_at AS starts_now,
             meetings.place AS place_now,
             (SELECT json_extract(plans.what, '$.plan') FROM events AS plans
              WHERE plans.kind = 'meeting' AND plans.case_id = meeting_notices.meeting
                AND plans.seq <= meeting_notices.seq
                AND CASE WHEN json_valid(plans.what)
                    THEN json_extract(plans.what, '$.kind') IN ('called', 'changed') END
              ORDER BY plans.seq DESC LIMIT 1) AS plan,
             (SELECT json_extract(plans.what, '$.plan') FROM events AS plans
              WHERE plans.kind = 'meeting' AND plans.case_id = meeting_notices.meeting
                AND plans.seq < meeting_notices.seq
                AND CASE WHEN json_valid(plans.what)
                    THEN json_extract(plans.what, '$.kind') IN ('called', 'changed') END
              ORDER BY plans.seq DESC LIMIT 1) AS before,
             events.happened_at AS at,
             CASE WHEN json_valid(events.what) THEN json_extract(events.what, '$.kind') END AS kind,
             meeting_notices.dropped,
             max(meeting_notices.id > coalesce(
                 (SELECT upto FROM meeting_notices_read
                  WHERE address = meeting_notices.address AND user = ",
    );
    query.push_bind(desk.actor.user).push(
        "), 0)) AS is_new FROM meeting_notices JOIN meetings ON meetings.id = meeting_notices.meeting
         JOIN events ON events.kind = 'meeting' AND events.case_id = meeting_notices.meeting
              AND events.seq = meeting_notices.seq WHERE",
    );
    mine(&mut query, desk);
    query
        // Who is reached at two addresses is told once.
        .push(
            " GROUP BY meeting_notices.meeting, meeting_notices.seq, meeting_notices.dropped
              ORDER BY events.happened_at DESC, max(meeting_notices.id) DESC LIMIT ",
        )
        .push_bind(i64::from(limit));
    // A meeting that cannot be read leaves the others there.
    let rows: Vec<Row> = dialect::readable(&query.build().fetch_all(&desk.store.read).await?);
    let notices = rows
        .into_iter()
        .map(|row| (row.number.clone(), notice(&row)));
    Ok(desk.store.troubles.readable_of("meeting", notices))
}

fn notice(row: &Row) -> Result<MeetingNotice, Error> {
    Ok(MeetingNotice {
        number: crate::orders::code("number", row.number.clone(), MeetingNumber::parse)?,
        told: match row.dropped {
            true => None,
            false => Some(told(row)?),
        },
        at: instant("at", row.at)?,
        is_new: row.is_new,
    })
}

fn told(row: &Row) -> Result<Told, Error> {
    let plan: Plan = serde_json::from_str(&row.plan)?;
    let before: Option<Plan> = row
        .before
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?;
    let now = (
        instant("starts_at", row.starts_now)?,
        row.place_now.as_str(),
    );
    Ok(Told {
        is_outdated: now != (plan.starts_at, plan.place.as_str()),
        kind: row.kind.clone(),
        title: plan.title.as_str().to_owned(),
        starts_at: plan.starts_at,
        place: plan.place.as_str().to_owned(),
        was: before
            .filter(|_| row.kind == "changed")
            .map(|before| (before.starts_at, before.place.as_str().to_owned())),
    })
}

/// How many notices of meetings the caller has not read.
pub async fn unread(desk: &Desk) -> Result<u64, Error> {
    let mut query = Sql::new("");
    push_unread(&mut query, desk);
    desk.counted(query).await
}

/// The same, as a part of a statement.
pub(crate) fn push_unread(query: &mut Sql, desk: &Desk) {
    query.push(
        "SELECT count(*) FROM meeting_notices
         CROSS JOIN meetings ON meetings.id = meeting_notices.meeting
         WHERE meeting_notices.id > coalesce(
             (SELECT upto FROM meeting_notices_read
              WHERE address = meeting_notices.address AND user = ",
    );
    query.push_bind(desk.actor.user).push("), 0) AND");
    mine(query, desk);
}

/// Marks everything that was told until `at` as read.
pub async fn mark_read(desk: &Desk, at: Instant) -> Result<(), Error> {
    notices::mark_read(
        desk,
        at,
        "INSERT INTO meeting_notices_read
         SELECT $1, $2, coalesce(max(meeting_notices.id), 0) FROM meeting_notices
         JOIN events ON events.kind = 'meeting' AND events.case_id = meeting_notices.meeting
              AND events.seq = meeting_notices.seq
         WHERE events.happened_at <= $3
         ON CONFLICT (user, address) DO UPDATE SET upto = max(upto, excluded.upto)",
    )
    .await
}

/// Addressed to the caller, and of meetings that they may know of; or that they are not
/// expected at any more.
fn mine(query: &mut Sql, desk: &Desk) {
    query.push(" (meeting_notices.dropped OR");
    visible(query, &desk.actor);
    query.push(") AND meeting_notices.address IN (");
    let mut list = query.separated(", ");
    list.push_bind(String::new());
    for address in desk.actor.addresses() {
        list.push_bind(address.code());
    }
    query.push(")");
}

#[derive(FromRow)]
struct Row {
    number: String,
    starts_now: i64,
    place_now: String,
    plan: String,
    before: Option<String>,
    at: i64,
    kind: String,
    dropped: bool,
    is_new: bool,
}
