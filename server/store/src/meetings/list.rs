use domain::meeting::{MeetingKind, MeetingNumber, MeetingState};
use domain::order::Number;
use domain::{Actor, Instant};
use sqlx::FromRow;

use super::find::visible;
use crate::ask::{self, Question, row};
use crate::dialect::{self, Sql};
use crate::orders::code;
use crate::times::{instant, seconds};
use crate::{Context, Error};

/// A meeting as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub number: MeetingNumber,
    pub kind: MeetingKind,
    pub title: String,
    pub starts_at: Instant,
    pub minutes: u16,
    pub place: String,
    pub chair: String,
    pub state: MeetingState,
    /// How many matters its agenda has; `None` for an enterprise, which knows of its own.
    pub matters: Option<u32>,
    /// The number of its events.
    pub version: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// To come or under way, the nearest first.
    #[default]
    Ahead,
    /// Under way, or to come from today on, the nearest first.
    Near,
    /// Over, the last first.
    Over,
    /// All of them that were not cancelled, for calendars.
    Calendar,
}

const SELECT: &str = "SELECT meetings.number, meetings.kind, meetings.title, meetings.starts_at,
         meetings.minutes, meetings.place, meetings.state, meetings.version, users.display AS chair,
         (SELECT count(*) FROM meeting_matters WHERE meeting = meetings.id) AS matters
     FROM meetings JOIN users ON users.id = meetings.chair WHERE";

/// The meetings that the caller may know of, at most `limit`.
pub struct List {
    pub which: Which,
    pub limit: u16,
}

impl Question for List {
    type Answer = Vec<Listed>;

    fn put(&self, query: &mut Sql, ctx: &Context) {
        ask::lines(query, Row::COLUMNS, |query| {
            query.push(SELECT);
            visible(query, &ctx.actor);
            self.which.narrow(query, ctx);
            query.push(" LIMIT ").push_bind(i64::from(self.limit));
        });
    }

    fn read(&self, value: Option<&[u8]>, ctx: &Context) -> Result<Self::Answer, Error> {
        Ok(listed(ctx, ask::readable(value)))
    }
}

/// The same, by itself.
pub async fn list(ctx: &Context, which: Which, limit: u16) -> Result<Vec<Listed>, Error> {
    Ok(ask::ask(ctx, (List { which, limit },)).await?.0)
}

impl Which {
    fn narrow(self, query: &mut Sql, ctx: &Context) {
        match self {
            Self::Ahead => {
                query.push(
                    " AND state IN ('planned', 'invited', 'open') ORDER BY starts_at, meetings.id",
                );
            }
            Self::Near => {
                let today = domain::time::local(ctx.now).date();
                let today = domain::time::instant(today, chrono::NaiveTime::MIN);
                query
                    .push(
                        " AND (state = 'open' OR (state IN ('planned', 'invited')
                              AND starts_at >= ",
                    )
                    .push_bind(seconds(today))
                    .push(")) ORDER BY starts_at, meetings.id");
            }
            Self::Over => {
                query.push(
                    " AND state IN ('ended', 'cancelled')
                      ORDER BY starts_at DESC, meetings.id DESC",
                );
            }
            Self::Calendar => {
                // A year back is enough for anybody's calendar.
                let year = seconds(ctx.now - chrono::TimeDelta::days(366));
                query
                    .push(" AND state <> 'planned' AND starts_at >= ")
                    .push_bind(year)
                    .push(" ORDER BY starts_at, meetings.id");
            }
        }
    }
}

fn listed(ctx: &Context, rows: Vec<Row>) -> Vec<Listed> {
    let read = rows
        .into_iter()
        .map(|row| (row.number.clone(), row.read(&ctx.actor)));
    ctx.store.troubles.readable_of("meeting", read)
}

/// When a matter was put on an agenda at last, of `meetings` and `orders` joined.
pub(crate) const PUT_ON: &str = "(SELECT max(happened_at) FROM events
     WHERE events.kind = 'meeting' AND case_id = meetings.id AND CASE WHEN json_valid(what)
         THEN what ->> '$.kind' = 'put_on' AND what ->> '$.matter' = orders.number END)";

/// The meetings on whose agenda a matter stands, or stood, that the caller may know of, and
/// since when.
pub async fn of_matter(ctx: &Context, order: Number) -> Result<Vec<(Listed, Instant)>, Error> {
    let mut query = Sql::new(SELECT);
    visible(&mut query, &ctx.actor);
    query
        .push(
            " AND meetings.id IN (SELECT meeting_matters.meeting FROM meeting_matters JOIN orders
                  ON orders.id = meeting_matters.order_id WHERE orders.number = ",
        )
        .push_bind(order.to_string())
        .push(") ORDER BY starts_at");
    let rows = query.build().fetch_all(&ctx.store.read).await?;
    let meetings = listed(ctx, dialect::readable(&rows));
    let mut since = Sql::new(format!(
        "SELECT meetings.number, {PUT_ON} FROM meeting_matters
         JOIN meetings ON meetings.id = meeting_matters.meeting
         JOIN orders ON orders.id = meeting_matters.order_id WHERE orders.number = "
    ));
    since.push_bind(order.to_string());
    let since: Vec<(String, Option<i64>)> =
        since.build_query_as().fetch_all(&ctx.store.read).await?;
    let of = |meeting: Listed| {
        let number = meeting.number.to_string();
        let (_, at) = since.iter().find(|(other, _)| *other == number)?;
        Some((meeting, instant("happened_at", (*at)?).ok()?))
    };
    Ok(meetings.into_iter().filter_map(of).collect())
}

row! {
    #[derive(FromRow)]
    struct Row {
        number: String,
        kind: String,
        title: String,
        starts_at: i64,
        minutes: u16,
        place: String,
        state: String,
        chair: String,
        matters: u32,
        version: u32,
    }
}

impl Row {
    fn read(self, reader: &Actor) -> Result<Listed, Error> {
        Ok(Listed {
            number: code("number", self.number, MeetingNumber::parse)?,
            kind: code("kind", self.kind, MeetingKind::from_code)?,
            title: self.title,
            starts_at: instant("starts_at", self.starts_at)?,
            minutes: self.minutes,
            place: self.place,
            chair: self.chair,
            state: code("state", self.state, MeetingState::parse)?,
            matters: reader.role.enterprise().is_none().then_some(self.matters),
            version: self.version,
        })
    }
}
