//! What bodies were given to do, beside the histories: the tasks of orders, and those that
//! are cases by themselves, which are given and kept in the files below.

mod giving;
mod kept;
mod sight;

pub use giving::{carry_out, give};
pub(crate) use giving::{given, next_number};
pub(crate) use kept::{preview_calendar, republish, rerule, sweep};
use sight::for_reader;
pub(crate) use sight::visible;
pub use sight::{late_by_owner, under_way};

use domain::meeting::MeetingNumber;
use domain::order::{Number, Reason};
use domain::task::{Duty, Report, Source, TaskLine, TaskNumber, TaskState};
use domain::text::{Line, Prose};
use domain::time::Due;
use domain::{BodyCode, Field};
use sqlx::FromRow;

use crate::ask::{self, flag, row};
use crate::cases::{self, Kind};
use crate::dialect::{self, Conn, Sql};
use crate::orders::code;
use crate::times::{instant, seconds};
use crate::{Context, Error};

use domain::task::TaskCase as Case;

/// One that is a case by itself, with its history.
pub type Found = cases::Found<Case>;

/// A task with the case that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub task: TaskLine,
    pub of: Of,
    /// Of the case.
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Order {
        number: Number,
        enterprise: String,
    },
    /// It is a case by itself.
    Itself(TaskNumber),
}

/// Which tasks a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// Not done yet, the nearest deadline first.
    #[default]
    Open,
    /// Past their deadline.
    Late,
    /// Called done, and to be looked at: by the caller, where they look at any.
    Reported,
    /// Those by themselves that wait for the caller, to be reported on or looked at.
    Waiting,
    All,
}

/// The tasks that the caller may see, at most `limit` from the `skip`-th on; and how many
/// there are. A body sees those that concern it.
pub async fn tasks(
    ctx: &Context,
    which: Which,
    skip: u32,
    limit: u16,
) -> Result<(Vec<Given>, u64), Error> {
    let total = count_tasks(ctx, which).await?;
    let mut query = Sql::new(
        "SELECT tasks.*, coalesce(orders.number, task_cases.number) AS number,
             coalesce(orders.title, task_cases.title) AS title,
             coalesce(enterprises.name, '') AS enterprise
         FROM tasks
         LEFT JOIN orders ON orders.id = case_id AND case_kind = 'order'
         LEFT JOIN enterprises ON enterprises.id = orders.enterprise
         LEFT JOIN task_cases ON task_cases.id = case_id AND case_kind = 'task' WHERE",
    );
    narrow(&mut query, which, ctx);
    query
        .push(match which {
            Which::Open | Which::Late | Which::Reported | Which::Waiting => {
                " ORDER BY tasks.due_at, case_kind, case_id, seq"
            }
            Which::All => " ORDER BY tasks.given_at DESC, case_kind DESC, case_id DESC, seq DESC",
        })
        .push(" LIMIT ")
        .push_bind(i64::from(limit))
        .push(" OFFSET ")
        .push_bind(i64::from(skip));
    let rows: Vec<Row> = dialect::readable(&query.build().fetch_all(&ctx.store.read).await?);
    let troubles = &ctx.store.troubles;
    let given = rows.into_iter().filter_map(|row| {
        let what = format!("{} {}", row.case_kind, row.number);
        let given = row.given();
        troubles.heed(&given, || what);
        given.ok()
    });
    Ok((given.collect(), total))
}

pub async fn count_tasks(ctx: &Context, which: Which) -> Result<u64, Error> {
    let mut query = Sql::new("");
    push_count(&mut query, ctx, which);
    ctx.counted(query).await
}

/// The same, as a part of a statement.
pub(crate) fn push_count(query: &mut Sql, ctx: &Context, which: Which) {
    query.push("SELECT count(*) FROM tasks WHERE");
    narrow(query, which, ctx);
}

fn narrow(query: &mut Sql, which: Which, ctx: &Context) {
    cases::visible(query, &ctx.actor, "tasks");
    query.push(" AND");
    for_reader(
        query,
        &ctx.actor,
        "EXISTS (SELECT 1 FROM task_bodies AS own
                 WHERE own.case_kind = tasks.case_kind AND own.case_id = tasks.case_id
                   AND own.seq = tasks.seq AND own.body = ",
    );
    match which {
        Which::Open => {
            query.push(" AND tasks.state IN ('open', 'reported')");
        }
        Which::Late => {
            query.push(" AND tasks.state = 'open' AND tasks.due_at < ");
            query.push_bind(seconds(ctx.now));
        }
        Which::Reported => {
            query.push(" AND tasks.state = 'reported'");
            if given_by_caller(ctx).next().is_some() {
                query.push(" AND tasks.source IN (");
                push_given(query, ctx);
                query.push(")");
            }
        }
        Which::Waiting => {
            let body = ctx.actor.role.body();
            query
                .push(" AND tasks.case_kind = 'task' AND (tasks.state = 'open' AND tasks.owner = ")
                .push_bind(body.map(|body| body.as_str().to_owned()))
                .push(" OR tasks.state = 'reported' AND tasks.source IN (");
            push_given(query, ctx);
            query.push("))");
        }
        Which::All => {}
    }
}

/// The sources that are the caller's own, as the table has them.
fn given_by_caller(ctx: &Context) -> impl Iterator<Item = &'static str> {
    let role = ctx.actor.role.name();
    let all = [
        (INSTRUCTION, Source::Instruction.giver()),
        (SUPERVISION, Source::Supervision.giver()),
        // As an instruction: of the office that keeps the minutes.
        (DECISION, Source::Instruction.giver()),
    ];
    let own = all.into_iter().filter(move |(_, giver)| *giver == role);
    own.map(|(source, _)| source)
}

fn push_given(query: &mut Sql, ctx: &Context) {
    let mut list = query.separated(", ");
    list.push_bind(String::new());
    for source in given_by_caller(ctx) {
        list.push_bind(source);
    }
}

/// Those of the order in whose row it stands, as lines.
pub(crate) fn of_order() -> String {
    let mut query = Sql::new("");
    ask::lines(&mut query, Row::COLUMNS, |query| {
        query.push(
            "SELECT tasks.*, '' AS number, '' AS title, '' AS enterprise
             FROM tasks WHERE case_kind = 'order' AND case_id = orders.id ORDER BY seq",
        );
    });
    query.into_string()
}

/// Those lines, in hexadecimal digits.
pub(crate) fn read(lines: Option<&str>) -> Result<Vec<TaskLine>, Error> {
    let rows = ask::within(lines).into_iter();
    rows.map(Row::read).collect()
}

/// Writes the tasks of a case anew.
pub(crate) async fn write(
    connection: &mut Conn,
    kind: Kind,
    case: i64,
    tasks: &[TaskLine],
) -> Result<(), Error> {
    for task in tasks {
        let co_owners: Vec<&str> = task.duty.co_owners.iter().map(BodyCode::as_str).collect();
        let (source, meeting) = match task.source {
            Source::Instruction => (INSTRUCTION, None),
            Source::Supervision => (SUPERVISION, None),
            Source::Decision { meeting } => (DECISION, Some(meeting.to_string())),
        };
        sqlx::query(
            "INSERT INTO tasks VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                 $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
             ON CONFLICT (case_kind, case_id, seq) DO UPDATE SET
                 days = excluded.days, moved_from = excluded.moved_from, due_at = excluded.due_at, due_provisional = excluded.due_provisional,
                 yellow_at = excluded.yellow_at, rules = excluded.rules, state = excluded.state,
                 stopped_at = excluded.stopped_at, reported_at = excluded.reported_at,
                 report = excluded.report, not_done = excluded.not_done,
                 replaced_by = excluded.replaced_by",
        )
        .bind(kind.code())
        .bind(case)
        .bind(task.seq)
        .bind(source)
        .bind(meeting)
        .bind(task.duty.text.as_str())
        .bind(task.duty.proof.as_str())
        .bind(task.duty.owner.as_str())
        .bind(co_owners.join(" "))
        .bind(task.duty.days)
        .bind(task.duty.moved_from.map(|day| day.to_string()))
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
        .execute(&mut *connection)
        .await?;
        for body in task.duty.bodies() {
            sqlx::query("INSERT INTO task_bodies VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
                .bind(body.as_str())
                .bind(kind.code())
                .bind(case)
                .bind(task.seq)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// As `tasks.source` has them.
const INSTRUCTION: &str = "instruction";
const SUPERVISION: &str = "supervision";
const DECISION: &str = "decision";

row! {
    #[derive(FromRow)]
    pub(crate) struct Row {
        case_kind: String,
        seq: u32,
        source: String,
        meeting: Option<String>,
        pub(crate) text: String,
        proof: String,
        pub(crate) owner: String,
        co_owners: String,
        days: u16,
        pub(crate) basis: Option<String>,
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
        pub(crate) title: String,
        enterprise: String,
    }
}

impl Row {
    pub(crate) fn given(self) -> Result<Given, Error> {
        let number = self.number.clone();
        let of = match code("case_kind", self.case_kind.clone(), Kind::parse)? {
            Kind::Order => Of::Order {
                number: code("number", number, Number::parse)?,
                enterprise: self.enterprise.clone(),
            },
            Kind::Task => Of::Itself(code("number", number, TaskNumber::parse)?),
            Kind::Meeting => {
                return Err(Error::Unreadable {
                    column: "case_kind",
                    value: self.case_kind,
                });
            }
        };
        Ok(Given {
            of,
            title: self.title.clone(),
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
            source: match (self.source.as_str(), self.meeting) {
                (INSTRUCTION, None) => Source::Instruction,
                (SUPERVISION, None) => Source::Supervision,
                (DECISION, Some(number)) => Source::Decision {
                    meeting: code("meeting", number, MeetingNumber::parse)?,
                },
                (_, _) => {
                    return Err(Error::Unreadable {
                        column: "source",
                        value: self.source,
                    });
                }
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
