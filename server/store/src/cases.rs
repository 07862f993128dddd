//! The kinds of cases: what is kept for all of them, notices, watchers, names its case by kind
//! and id.

mod stored;

use chrono::Datelike;
use domain::case::Happens;
use domain::clock::recount::Move;
use domain::meeting::{MeetingNumber, MeetingWhat};
use domain::order::{Number, What};
use domain::task::{TaskNumber, TaskWhat};
use domain::time::local;
use domain::{Actor, BodyCode, Instant};

use crate::dialect::{Conn, Sql};
use crate::{Error, meetings, scope, tasks};

pub(crate) use stored::{Due, begin, check, each, load, replayed, sweep, with_id};
pub use stored::{Found, Stored, carry_out, find};

/// A kind of case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Order,
    Meeting,
    /// A task by itself.
    Task,
}

/// A case whose deadlines move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What people call it.
    pub number: String,
    /// Whoever has it in hand.
    pub body: Option<BodyCode>,
    pub moves: Vec<Move>,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Order, Self::Meeting, Self::Task];

    /// As the journal calls it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Order => What::KIND,
            Self::Meeting => MeetingWhat::KIND,
            Self::Task => TaskWhat::KIND,
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// A number of one, as people write it, in the form that is kept.
    pub fn number(self, text: &str) -> Option<String> {
        match self {
            Self::Order => Number::parse(text).map(|number| number.to_string()),
            Self::Meeting => MeetingNumber::parse(text).map(|number| number.to_string()),
            Self::Task => TaskNumber::parse(text).map(|number| number.to_string()),
        }
    }

    /// Where they are kept, each with its `number`.
    fn table(self) -> &'static str {
        match self {
            Self::Order => "orders",
            Self::Meeting => "meetings",
            Self::Task => "task_cases",
        }
    }

    /// Those that `actor` may know of, as a condition on their table.
    fn visible(self, query: &mut Sql, actor: &Actor) {
        match self {
            Self::Order => scope::visible(query, actor),
            Self::Meeting => meetings::visible(query, actor),
            Self::Task => tasks::visible(query, actor),
        }
    }

    /// The id of the one with this number; `NotFound` where `actor` may not know of it.
    pub(crate) async fn find(
        self,
        connection: &mut Conn,
        actor: &Actor,
        number: &str,
    ) -> Result<i64, Error> {
        let number = self.number(number).ok_or(Error::NotFound)?;
        let mut query = Sql::new("SELECT id FROM ");
        query.push(self.table()).push(" WHERE number = ");
        query.push_bind(number).push(" AND");
        self.visible(&mut query, actor);
        let id: Option<i64> = query
            .build_query_scalar()
            .fetch_optional(connection)
            .await?;
        id.ok_or(Error::NotFound)
    }
}

/// That `row`, which names a case by `case_kind` and `case_id`, is of one that `actor` may
/// know of; as a condition.
pub(crate) fn visible(query: &mut Sql, actor: &Actor, row: &str) {
    query.push(" (FALSE");
    for kind in Kind::ALL {
        let (code, table) = (kind.code(), kind.table());
        query.push(format!(
            " OR ({row}.case_kind = '{code}' AND EXISTS
                  (SELECT 1 FROM {table} WHERE {table}.id = {row}.case_id AND"
        ));
        kind.visible(query, actor);
        query.push("))");
    }
    query.push(")");
}

/// The next number of a year, of what has numbers by years: (year, serial).
pub(crate) async fn next_serial(
    connection: &mut Conn,
    now: Instant,
    what: &str,
) -> Result<(u16, u32), Error> {
    let year = local(now).year();
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
