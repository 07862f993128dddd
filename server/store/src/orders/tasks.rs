//! What meetings decided and the mayor's office instructed, beside the histories.

use domain::meeting::MeetingNumber;
use domain::order::task::Report;
use domain::order::{Duty, Number, Overview, Reason, Source, TaskLine, TaskState};
use domain::text::{Line, Prose};
use domain::time::Due;
use domain::{Action, BodyCode, Field};
use sqlx::FromRow;

use super::columns::code;
use crate::ask::{self, flag, row};
use crate::dialect::{self, Conn, Sql};
use crate::times::{instant, seconds};
use crate::{Desk, Error, scope};

/// A task with the order that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub task: TaskLine,
    pub number: Number,
    pub title: String,
    pub enterprise: String,
}

/// Which tasks a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// Not done yet, the nearest deadline first.
    #[default]
    Open,
    /// Past their deadline.
    Late,
    /// Called done, and to be looked at.
    Reported,
    All,
}

/// The tasks that the caller may see, at most `limit` from the `skip`-th on; and how many
/// there are. A body sees those that concern it.
pub async fn tasks(
    desk: &Desk,
    which: Which,
    skip: u32,
    limit: u16,
) -> Result<(Vec<Given>, u64), Error> {
    let total = count_tasks(desk, which).await?;
    let mut query = Sql::new(
        "SELECT tasks.*, orders.number, orders.title, enterprises.name AS enterprise
         FROM tasks JOIN orders ON orders.id = tasks.order_id
         JOIN enterprises ON enterprises.id = orders.enterprise WHERE",
    );
    narrow(&mut query, which, desk);
    query
        .push(match which {
            Which::Open | Which::Late | Which::Reported => {
                " ORDER BY tasks.due_at, tasks.order_id, tasks.seq"
            }
            Which::All => " ORDER BY tasks.given_at DESC, tasks.order_id DESC, tasks.seq DESC",
        })
        .push(" LIMIT ")
        .push_bind(i64::from(limit))
        .push(" OFFSET ")
        .push_bind(i64::from(skip));
    let rows: Vec<Row> = dialect::readable(&query.build().fetch_all(&desk.store.read).await?);
    let given = rows
        .into_iter()
        .map(|row| (row.number.clone(), row.given()));
    Ok((desk.store.troubles.readable(given), total))
}

pub async fn count_tasks(desk: &Desk, which: Which) -> Result<u64, Error> {
    let mut query = Sql::new("");
    push_count(&mut query, desk, which);
    desk.counted(query).await
}

/// The same, as a part of a statement.
pub(crate) fn push_count(query: &mut Sql, desk: &Desk, which: Which) {
    query.push("SELECT count(*) FROM tasks JOIN orders ON orders.id = tasks.order_id WHERE");
    narrow(query, which, desk);
}

fn narrow(query: &mut Sql, which: Which, desk: &Desk) {
    scope::visible(query, &desk.actor);
    if desk.actor.may(Action::SeeTasks).is_err() {
        query.push(" AND FALSE");
    }
    if let Some(body) = desk.actor.role.body()
        && !desk.actor.role.dispatches()
    {
        query.push(
            " AND EXISTS (SELECT 1 FROM task_bodies WHERE task_bodies.order_id = tasks.order_id
                  AND task_bodies.seq = tasks.seq AND task_bodies.body = ",
        );
        query.push_bind(body.as_str().to_owned()).push(")");
    }
    match which {
        Which::Open => {
            query.push(" AND tasks.state IN ('open', 'reported')");
        }
        Which::Late => {
            query.push(" AND tasks.state = 'open' AND tasks.due_at < ");
            query.push_bind(seconds(desk.now));
        }
        Which::Reported => {
            query.push(" AND tasks.state = 'reported'");
        }
        Which::All => {}
    }
}

/// Those of the order in whose row it stands, as lines.
pub(super) fn of_order() -> String {
    let mut query = Sql::new("");
    ask::lines(&mut query, Row::COLUMNS, |query| {
        query.push(
            "SELECT tasks.*, '' AS number, '' AS title, '' AS enterprise
             FROM tasks WHERE order_id = orders.id ORDER BY seq",
        );
    });
    query.into_string()
}

/// Those lines, in hexadecimal digits.
pub(super) fn read(lines: Option<&str>) -> Result<Vec<TaskLine>, Error> {
    let rows = ask::within(lines).into_iter();
    rows.map(Row::read).collect()
}

/// Writes the tasks of an order anew.
pub(super) async fn write(
    connection: &mut Conn,
    order: i64,
    overview: &Overview,
) -> Result<(), Error> {
    for task in &overview.tasks {
        let co_owners: Vec<&str> = task.duty.co_owners.iter().map(BodyCode::as_str).collect();
        let meeting = match task.source {
            Source::Instruction => None,
            Source::Decision { meeting } => Some(meeting.to_string()),
        };
        sqlx::query(
            "INSERT INTO tasks VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                 $14, $15, $16, $17, $18, $19, $20, $21)
             ON CONFLICT (order_id, seq) DO UPDATE SET
                 due_at = excluded.due_at, due_provisional = excluded.due_provisional,
                 yellow_at = excluded.yellow_at, rules = excluded.rules, state = excluded.state,
                 stopped_at = excluded.stopped_at, reported_at = excluded.reported_at,
                 report = excluded.report, not_done = excluded.not_done,
                 replaced_by = excluded.replaced_by",
        )
        .bind(order)
        .bind(task.seq)
        .bind(meeting)
        .bind(task.duty.text.as_str())
        .bind(task.duty.proof.as_str())
        .bind(task.duty.owner.as_str())
        .bind(co_owners.join(" "))
        .bind(task.duty.days)
        .bind(task.basis.as_ref().map(|basis| basis.as_str()))
        .bind(seconds(task.given_at))
        .bind(seconds(task.due.at))
        .bind(task.due.provisional)
        .bind(seconds(task.yellow_at))
        .bind(task.rules)
        .bind(task.state.code())
        .bind(task.stopped_at.map(seconds))
        .bind(task.report.as_ref().map(|report| seconds(report.at)))
        .bind(task.report.as_ref().map(|report| report.text.as_str()))
        .bind(task.not_done.as_ref().map(|reason| reason.as_str()))
        .bind(task.replaced_by)
        .bind(task.duty.moved_from.map(|day| day.to_string()))
        .execute(&mut *connection)
        .await?;
        let bodies = std::iter::once(&task.duty.owner).chain(&task.duty.co_owners);
        for body in bodies {
            sqlx::query("INSERT INTO task_bodies VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .bind(body.as_str())
                .bind(order)
                .bind(task.seq)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

row! {
    #[derive(FromRow)]
    pub(super) struct Row {
        seq: u32,
        meeting: Option<String>,
        pub(super) text: String,
        proof: String,
        pub(super) owner: String,
        co_owners: String,
        days: u16,
        pub(super) basis: Option<String>,
        given_at: i64,
        due_at: i64,
        #[serde(deserialize_with = "flag")]
        due_provisional: bool,
        yellow_at: i64,
        rules: u32,
        state: String,
        stopped_at: Option<i64>,
        reported_at: Option<i64>,
        report: Option<String>,
        not_done: Option<String>,
        replaced_by: Option<u32>,
        moved_from: Option<String>,
        number: String,
        pub(super) title: String,
        enterprise: String,
    }
}

impl Row {
    pub(super) fn given(self) -> Result<Given, Error> {
        Ok(Given {
            number: code("number", self.number.clone(), Number::parse)?,
            title: self.title.clone(),
            enterprise: self.enterprise.clone(),
            task: self.read()?,
        })
    }

    fn read(self) -> Result<TaskLine, Error> {
        let at = |column, at: Option<i64>| at.map(|at| instant(column, at)).transpose();
        let report = match (at("reported_at", self.reported_at)?, self.report) {
            (Some(at), Some(text)) => Some(Report {
                at,
                text: Prose::parse(Field::Stored, &text)?,
            }),
            (None, None) => None,
            (at, text) => return Err(Error::half("the report of a task", at.is_some(), text)),
        };
        Ok(TaskLine {
            seq: self.seq,
            source: match self.meeting {
                None => Source::Instruction,
                Some(number) => Source::Decision {
                    meeting: code("meeting", number, MeetingNumber::parse)?,
                },
            },
            duty: Duty {
                text: Prose::parse(Field::Stored, &self.text)?,
                proof: Line::parse(Field::Stored, &self.proof)?,
                owner: BodyCode::new(self.owner),
                co_owners: self
                    .co_owners
                    .split_whitespace()
                    .map(BodyCode::new)
                    .collect(),
                days: self.days,
                moved_from: self
                    .moved_from
                    .map(|day| code("moved_from", day, |day| day.parse().ok()))
                    .transpose()?,
            },
            basis: self
                .basis
                .map(|basis| Line::parse(Field::Stored, &basis))
                .transpose()?,
            given_at: instant("given_at", self.given_at)?,
            due: Due {
                at: instant("due_at", self.due_at)?,
                provisional: self.due_provisional,
            },
            yellow_at: instant("yellow_at", self.yellow_at)?,
            rules: self.rules,
            state: code("state", self.state, TaskState::parse)?,
            stopped_at: at("stopped_at", self.stopped_at)?,
            report,
            not_done: self
                .not_done
                .map(|reason| Reason::parse(Field::Stored, &reason))
                .transpose()?,
            replaced_by: self.replaced_by,
        })
    }
}
