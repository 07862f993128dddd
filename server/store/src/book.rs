pub mod bodies;
pub mod calendars;
pub mod directory;
pub mod drafts;
pub mod rules;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};

use chrono::NaiveDate;
use domain::directory::{Former, Gone};
use domain::order::{Colour, Level, Rung, Told};
use domain::rulebook::NoRules;
use domain::time::hours::HoursFault;
use domain::time::notice::Kind;
use domain::time::{BusinessHours, Calendar, Instant, Limit, NoticeFault, YearNotice};
use domain::{Body, BodyCode, BodyKind, Category, Directory, Named, Rulebook, Rules};
use sqlx::FromRow;
use thiserror::Error;

use crate::dialect::Conn;

/// Why the rules cannot be read.
#[derive(Debug, Error)]
pub enum BookError {
    #[error("there is no rule {0:?}")]
    Missing(&'static str),
    #[error("rule {name:?} is {amount} {unit}, which it cannot be")]
    Wrong {
        name: String,
        unit: String,
        amount: i64,
    },
    #[error(transparent)]
    None(#[from] NoRules),
    #[error(transparent)]
    Hours(#[from] HoursFault),
    #[error(transparent)]
    Notice(#[from] NoticeFault),
    #[error("{0:?} is not a date, a kind of day or a kind of body")]
    Unreadable(String),
    #[error(transparent)]
    Seed(#[from] crate::seed::SeedError),
    #[error("the database refused")]
    Database(#[from] sqlx::Error),
}

/// Every version of the rules and of the calendar, and the directory.
pub async fn load(connection: &mut Conn) -> Result<Rulebook, BookError> {
    let mut versions = Vec::new();
    let mut hours = None;
    let rows: Vec<(u32, i64)> =
        sqlx::query_as("SELECT version, from_at FROM rule_versions ORDER BY version")
            .fetch_all(&mut *connection)
            .await?;
    for (version, from) in rows {
        let table = Table::load(connection, version).await?;
        hours = Some(table.hours()?);
        let from = Instant::from_timestamp(from, 0)
            .ok_or_else(|| BookError::Unreadable(from.to_string()))?;
        versions.push(table.rules(from)?);
    }
    let hours = hours.ok_or(NoRules)?;
    let mut calendars = calendars(connection, hours).await?;
    let present = calendars
        .pop()
        .unwrap_or_else(|| Calendar::new(1, hours, [], BTreeMap::new()));
    let directory = directory(connection).await?;
    Ok(Rulebook::new(versions, present, calendars, directory)?)
}

/// The rules as an empty directory begins with them, without any directory.
pub async fn first() -> Result<Rulebook, BookError> {
    let mut connection = crate::migrations::fresh().await?;
    crate::seed::lay_down(&mut connection).await?;
    load(&mut connection).await
}

/// The book that everybody reads; the writer alone replaces it.
#[derive(Clone)]
pub struct Shared(Arc<RwLock<Arc<Rulebook>>>);

impl Shared {
    pub(crate) fn new(book: Rulebook) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(book))))
    }

    pub fn get(&self) -> Arc<Rulebook> {
        match self.0.read() {
            Ok(book) => Arc::clone(&book),
            Err(poisoned) => Arc::clone(&poisoned.into_inner()),
        }
    }

    pub(crate) fn set(&self, book: Rulebook) {
        let book = Arc::new(book);
        match self.0.write() {
            Ok(mut slot) => *slot = book,
            Err(poisoned) => *poisoned.into_inner() = book,
        }
    }
}

/// One version of the table of rules.
struct Table {
    version: u32,
    rows: HashMap<String, (String, i64)>,
    ladder: Vec<Rung>,
}

impl Table {
    async fn load(connection: &mut Conn, version: u32) -> Result<Self, BookError> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT name, unit, amount FROM rules WHERE version = $1")
                .bind(version)
                .fetch_all(&mut *connection)
                .await?;
        let ladder: Vec<(String, i64, Option<String>, String)> = sqlx::query_as(
            "SELECT level, days_past, card, tells FROM ladder WHERE version = $1
             ORDER BY days_past",
        )
        .bind(version)
        .fetch_all(&mut *connection)
        .await?;
        Ok(Self {
            version,
            rows: rows
                .into_iter()
                .map(|(name, unit, amount)| (name, (unit, amount)))
                .collect(),
            ladder: ladder.into_iter().map(rung).collect::<Result<_, _>>()?,
        })
    }

    fn hours(&self) -> Result<BusinessHours, BookError> {
        Ok(BusinessHours::new(
            self.minutes("opens")?,
            self.minutes("lunch")?,
            self.minutes("resumes")?,
            self.minutes("closes")?,
        )?)
    }

    fn rules(&self, from: Instant) -> Result<Rules, BookError> {
        Ok(Rules {
            version: self.version,
            from,
            triage: self.limit("triage")?,
            take: self.limit("take")?,
            take_critical: self.limit("take_critical")?,
            ruling: self.limit("ruling")?,
            resolve_critical: self.limit("resolve_critical")?,
            resolve_urgent: self.limit("resolve_urgent")?,
            resolve_normal: self.limit("resolve_normal")?,
            resolve_complex: self.limit("resolve_complex")?,
            resolve_enquiry: self.limit("resolve_enquiry")?,
            rework: self.limit("rework")?,
            co_handle: self.limit("co_handle")?,
            rating: self.limit("rating")?,
            callback: self.limit("callback")?,
            appeal: self.limit("appeal")?,
            commitment_notice: self.number("commitment_notice", "days")?,
            meeting_notice: self.number("meeting_notice", "days")?,
            pause_supplement: self.number("pause_supplement", "days")?,
            pause_special: self.number("pause_special", "days")?,
            pauses: self.number("pauses", "times")?,
            merges: self.number("merges", "times")?,
            returns: self.number("returns", "times")?,
            extensions: self.number("extensions", "times")?,
            extension_notice: self.number("extension_notice", "days")?,
            back_entry: self.number("back_entry", "days")?,
            similar: self.number("similar", "percent")?,
            common_enterprises: self.number("common_enterprises", "times")?,
            common_days: self.number("common_days", "days")?,
            yellow_percent: self.number("yellow", "percent")?,
            ladder: self.ladder.clone(),
        })
    }

    fn limit(&self, name: &'static str) -> Result<Limit, BookError> {
        let (unit, amount) = self.rows.get(name).ok_or(BookError::Missing(name))?;
        let amount = u16::try_from(*amount).ok().filter(|amount| *amount > 0);
        let limit = amount.and_then(|amount| Limit::of(unit, amount));
        // Limits of orders are of working time; extensions and parts are counted in it.
        let limit = limit.filter(|limit| matches!(limit, Limit::Days(_) | Limit::Hours(_)));
        limit.ok_or_else(|| self.wrong(name))
    }

    fn number(&self, name: &'static str, expected: &str) -> Result<u16, BookError> {
        let (unit, amount) = self.rows.get(name).ok_or(BookError::Missing(name))?;
        match u16::try_from(*amount) {
            Ok(number) if unit == expected => Ok(number),
            _ => Err(self.wrong(name)),
        }
    }

    /// Minutes since midnight, as seconds.
    fn minutes(&self, name: &'static str) -> Result<u32, BookError> {
        Ok(u32::from(self.number(name, "minutes")?) * 60)
    }

    fn wrong(&self, name: &str) -> BookError {
        let (unit, amount) = self.rows.get(name).cloned().unwrap_or_default();
        BookError::Wrong {
            name: name.to_owned(),
            unit,
            amount,
        }
    }
}

fn rung(
    (level, days, card, tells): (String, i64, Option<String>, String),
) -> Result<Rung, BookError> {
    let unreadable = |text: &str| BookError::Unreadable(text.to_owned());
    let told = tells.split_whitespace();
    Ok(Rung {
        level: Level::parse(&level).ok_or_else(|| unreadable(&level))?,
        days_past: u16::try_from(days).map_err(|_| unreadable(&level))?,
        card: match card {
            Some(card) => Some(Colour::parse(&card).ok_or_else(|| unreadable(&card))?),
            None => None,
        },
        tells: told
            .map(|code| Told::parse(code).ok_or_else(|| unreadable(code)))
            .collect::<Result<_, _>>()?,
    })
}

/// Each version of the calendar, the present one last.
async fn calendars(
    connection: &mut Conn,
    hours: BusinessHours,
) -> Result<Vec<Calendar>, BookError> {
    let years: Vec<(u32, i32, bool)> =
        sqlx::query_as("SELECT version, year, whole FROM year_notices ORDER BY version, year")
            .fetch_all(&mut *connection)
            .await?;
    let statutory = statutory(connection).await?;
    let days: Vec<(u32, i32, String, String, String)> =
        sqlx::query_as("SELECT version, year, date, name, kind FROM year_notice_days")
            .fetch_all(&mut *connection)
            .await?;
    let mut notices: BTreeMap<u32, BTreeMap<i32, YearNotice>> = BTreeMap::new();
    for (version, year, whole) in years {
        let of_version = notices.entry(version).or_default();
        let notice = match whole {
            true => YearNotice::new(year),
            false => YearNotice::partial(year),
        };
        of_version.insert(year, notice);
    }
    for (version, year, date, name, kind) in days {
        let day: Option<NaiveDate> = date.parse().ok();
        let notice = notices.get_mut(&version).and_then(|all| all.get_mut(&year));
        match (day, Kind::parse(&kind), notice) {
            (Some(day), Some(kind), Some(notice)) => notice.add(day, name, kind)?,
            _ => return Err(BookError::Unreadable(format!("{date} {kind}"))),
        }
    }
    let mut known: BTreeMap<i32, YearNotice> = BTreeMap::new();
    let mut calendars = Vec::new();
    for (version, newer) in notices {
        known.extend(newer);
        let known = known.values().cloned();
        calendars.push(Calendar::new(version, hours, known, statutory.clone()));
    }
    Ok(calendars)
}

/// The days off that the regulation itself names.
async fn statutory(connection: &mut Conn) -> Result<BTreeMap<NaiveDate, String>, BookError> {
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT date, name FROM statutory_days")
        .fetch_all(connection)
        .await?;
    let rows = rows.into_iter().map(|(date, name)| match date.parse() {
        Ok(day) => Ok((day, name)),
        Err(_) => Err(BookError::Unreadable(date)),
    });
    rows.collect()
}

#[derive(FromRow)]
struct BodyRow {
    code: String,
    name_zh: String,
    name_en: String,
    short_zh: String,
    short_en: String,
    kind: String,
    approves_replies: bool,
    until: Option<String>,
    successor: Option<String>,
}

async fn directory(connection: &mut Conn) -> Result<Directory, BookError> {
    let mut directory = Directory::default();
    let rows: Vec<BodyRow> = sqlx::query_as("SELECT * FROM bodies ORDER BY position")
        .fetch_all(&mut *connection)
        .await?;
    for row in rows {
        let body = Body {
            code: BodyCode::new(row.code),
            name: Named {
                zh: row.name_zh,
                en: row.name_en,
            },
            short: Named {
                zh: row.short_zh,
                en: row.short_en,
            },
            kind: BodyKind::parse(&row.kind).ok_or(BookError::Unreadable(row.kind))?,
            approves_replies: row.approves_replies,
        };
        match row.until {
            None if body.kind == BodyKind::City => directory.city = Some(body),
            None => directory.bodies.push(body),
            Some(day) => directory.gone.push(Gone {
                body,
                on: day.parse().map_err(|_| BookError::Unreadable(day))?,
                successor: row.successor.map(BodyCode::new),
            }),
        }
    }
    let names: Vec<(String, i64, String, String, String, String)> =
        sqlx::query_as("SELECT * FROM body_names ORDER BY until_at")
            .fetch_all(&mut *connection)
            .await?;
    for (code, until, zh, en, short_zh, short_en) in names {
        let unreadable = || BookError::Unreadable(until.to_string());
        directory.former.push(Former {
            code: BodyCode::new(code),
            until: Instant::from_timestamp(until, 0).ok_or_else(unreadable)?,
            name: Named { zh, en },
            short: Named {
                zh: short_zh,
                en: short_en,
            },
        });
    }
    let categories: Vec<(String, String, String, String, String, bool)> = sqlx::query_as(
        "SELECT code, name_zh, name_en, examples_zh, examples_en, until IS NOT NULL
         FROM categories ORDER BY position",
    )
    .fetch_all(&mut *connection)
    .await?;
    for (code, zh, en, examples_zh, examples_en, ended) in categories {
        let category = Category {
            code,
            name: Named { zh, en },
            examples: Named {
                zh: examples_zh,
                en: examples_en,
            },
        };
        if ended {
            directory.ended_categories.push(category);
        } else {
            directory.categories.push(category);
        }
    }
    Ok(directory)
}
