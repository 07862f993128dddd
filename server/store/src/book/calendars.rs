//! The State Council's notices: read, tried out on the open orders, applied.

use domain::time::notice::{NoticeFault, NoticeRow, Reading, RowFault};
use domain::time::{Notice, YearNotice};
use domain::{Action, Fault, FieldFault, Instant, Refusal};
use domain::{Field, time};

use crate::cases::Moved;
use crate::dialect::Conn;
use crate::lines::{delimiter, line_of};
use crate::orders;
use crate::times::{instant, seconds};
use crate::{Context, Error, meetings, tasks};

/// A notice that was applied.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Applied {
    pub version: u32,
    pub year: i32,
    applied_at: i64,
    pub actor: String,
}

impl Applied {
    pub fn applied_at(&self) -> Result<Instant, Error> {
        instant("applied_at", self.applied_at)
    }
}

/// What a notice would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub notice: Notice,
    /// Whether it is taken for the whole of its year, and why not.
    pub reading: Reading,
    /// How many days of the same year were named before.
    pub known: Option<usize>,
    pub working_days: u32,
    pub working_days_before: u32,
    /// Every open case whose deadlines move, or are no longer provisional.
    pub moved: Vec<Moved>,
}

/// Reads CSV with the columns date, name, kind; names every row that is wrong.
pub fn read(text: &str) -> Result<Notice, Refusal> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headings = reader.headers().cloned().unwrap_or_default();
    let mut missing = Vec::new();
    let names = [("date", "日期"), ("name", "名称"), ("kind", "安排")];
    let [date, name, kind] = names.map(|(heading, zh)| {
        let is_it = |h: &str| h.eq_ignore_ascii_case(heading) || h == zh;
        let position = headings.iter().position(is_it);
        if position.is_none() {
            let fault = NoticeFault::NoColumn(heading.to_owned());
            missing.push(RowFault { row: 1, fault });
        }
        position.unwrap_or(usize::MAX)
    });
    if !missing.is_empty() {
        return Err(refusal(missing));
    }
    let mut rows = Vec::new();
    let mut unreadable = Vec::new();
    for record in reader.records() {
        let begins = record.as_ref().ok().and_then(csv::StringRecord::position);
        let row = line_of(text, begins);
        match record {
            Ok(record) => {
                let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
                rows.push(NoticeRow {
                    row,
                    date: cell(date),
                    name: cell(name),
                    kind: cell(kind),
                });
            }
            Err(_) => unreadable.push(RowFault {
                row,
                fault: NoticeFault::Unreadable,
            }),
        }
    }
    match Notice::from_rows(&rows) {
        Ok(notice) if unreadable.is_empty() => Ok(notice),
        Ok(_) => Err(refusal(unreadable)),
        Err(faults) => Err(refusal(unreadable.into_iter().chain(faults).collect())),
    }
}

/// As [`read`], also held against the days that are known.
pub fn read_for(ctx: &Context, text: &str) -> Result<Notice, Refusal> {
    let notice = read(text)?;
    let reading = notice.read_into(&ctx.book.calendar, false);
    reading.map_err(refusal)?;
    Ok(notice)
}

/// Faults that are named; of the others it says how many they are.
const NAMED: usize = 100;

fn refusal(mut faults: Vec<RowFault>) -> Refusal {
    if faults.len() > NAMED {
        let row = faults[NAMED].row;
        let fault = NoticeFault::More(faults.len() - NAMED);
        faults.truncate(NAMED);
        faults.push(RowFault { row, fault });
    }
    let fault = |wrong: RowFault| FieldFault {
        field: Field::Calendar,
        fault: Fault::Row {
            row: wrong.row,
            wrong: wrong.fault,
        },
    };
    Refusal::Invalid {
        faults: faults.into_iter().map(fault).collect(),
    }
}

/// Everything that applying the notice would move; nothing is changed. `insist`: it is the
/// whole notice of its year, although it does not look so.
pub async fn preview(ctx: &Context, notice: Notice, insist: bool) -> Result<Preview, Error> {
    ctx.actor.may(Action::ChangeCalendar)?;
    let before = &ctx.book.calendar;
    let reading = notice.read_into(before, insist).map_err(refusal)?;
    let after = before.with(reading.years.iter().cloned());
    let after = ctx.book.with_calendar(after);
    let year = notice.year();
    let mut connection = ctx.store.long.acquire().await?;
    let mut moved = orders::preview_calendar(&mut connection, ctx, year, &after).await?;
    moved.extend(tasks::preview_calendar(&mut connection, ctx, year, &after).await?);
    Ok(Preview {
        known: before.notice(year).map(|notice| notice.days().count()),
        working_days: working_days(&after.calendar, year),
        working_days_before: working_days(before, year),
        notice,
        reading,
        moved,
    })
}

/// Applies the notice: deadlines move, histories say so, and the people concerned
/// are told once. Answers how many cases moved.
pub async fn apply(ctx: &Context, notice: Notice, insist: bool) -> Result<u64, Error> {
    ctx.actor.may(Action::ChangeCalendar)?;
    let Context { actor, now, .. } = ctx.clone();
    let (book, troubles) = (ctx.store.book.clone(), ctx.store.troubles.clone());
    ctx.store
        .write
        .run_alone(move |connection| {
            Box::pin(async move {
                let book = book.get();
                let before = &book.calendar;
                let reading = notice.read_into(before, insist).map_err(refusal)?;
                let years = reading.years;
                let known = |year: &YearNotice| before.notice(year.year()) == Some(year);
                if years.iter().all(known) {
                    // The same once more changes nothing.
                    return Ok(0);
                }
                let after = before.with(years.iter().cloned());
                let version = after.version();
                for year in &years {
                    write(connection, version, year, now, &actor.name).await?;
                }
                let newer = book.with_calendar(after);
                let year = notice.year();
                meetings::recount(connection, &newer, &troubles).await?;
                let by = (&newer, &troubles);
                let moved = tasks::republish(connection, &actor, now, year, before, by).await?;
                Ok(moved + orders::republish(connection, &actor, now, year, before, by).await?)
            })
        })
        .await
}

async fn write(
    connection: &mut Conn,
    version: u32,
    notice: &YearNotice,
    now: Instant,
    actor: &str,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO year_notices VALUES ($1, $2, $3, $4, $5)")
        .bind(version)
        .bind(notice.year())
        .bind(seconds(now))
        .bind(actor)
        .bind(notice.is_whole())
        .execute(&mut *connection)
        .await?;
    for (day, named) in notice.days() {
        sqlx::query("INSERT INTO year_notice_days VALUES ($1, $2, $3, $4, $5)")
            .bind(version)
            .bind(notice.year())
            .bind(day.to_string())
            .bind(&named.name)
            .bind(named.kind.name())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// What was applied, the newest first.
pub async fn applied(ctx: &Context) -> Result<Vec<Applied>, Error> {
    Ok(sqlx::query_as(
        "SELECT version, year, applied_at, actor FROM year_notices ORDER BY version DESC, year DESC",
    )
    .fetch_all(&ctx.store.read)
    .await?)
}

fn working_days(calendar: &time::Calendar, year: i32) -> u32 {
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(year, month, day);
    match (day(1, 1), day(12, 31)) {
        (Some(first), Some(last)) => calendar.working_days(first, last),
        _ => 0,
    }
}
