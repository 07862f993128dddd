use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::order::Level;
use domain::rulebook::Rung;
use domain::time::hours::HoursFault;
use domain::time::notice::Kind;
use domain::time::{BusinessHours, Calendar, Limit, NoticeFault, YearNotice};
use domain::{Body, BodyCode, BodyKind, Category, Directory, Named, Rulebook, Rules};
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;
use thiserror::Error;

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

/// The newest rules, every published calendar, and the directory.
pub async fn load(pool: &SqlitePool) -> Result<Rulebook, BookError> {
    let table = Table::load(pool).await?;
    let hours = BusinessHours::new(
        table.minutes("opens")?,
        table.minutes("lunch")?,
        table.minutes("resumes")?,
        table.minutes("closes")?,
    )?;
    Ok(Rulebook {
        rules: table.rules()?,
        calendar: Calendar::new(hours, notices(pool).await?),
        directory: directory(pool).await?,
    })
}

/// The rules as an empty directory begins with them, without any directory.
pub async fn first() -> Result<Rulebook, BookError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect("sqlite::memory:")
        .await?;
    let mut connection = pool.acquire().await?;
    crate::open::MIGRATIONS
        .run(&mut *connection)
        .await
        .map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
    crate::seed::lay_down(&mut connection).await?;
    drop(connection);
    load(&pool).await
}

/// One version of the table of rules.
struct Table {
    version: u32,
    rows: HashMap<String, (String, i64)>,
}

impl Table {
    async fn load(pool: &SqlitePool) -> Result<Self, BookError> {
        let rows: Vec<(u32, String, String, i64)> = sqlx::query_as(
            "SELECT version, name, unit, amount FROM rules
             WHERE version = (SELECT max(version) FROM rules)",
        )
        .fetch_all(pool)
        .await?;
        Ok(Self {
            version: rows.first().map_or(0, |row| row.0),
            rows: rows
                .into_iter()
                .map(|(_, name, unit, amount)| (name, (unit, amount)))
                .collect(),
        })
    }

    fn rules(&self) -> Result<Rules, BookError> {
        let mut ladder = Vec::new();
        for (level, name) in [
            (Level::Head, "ladder_head"),
            (Level::Deputy, "ladder_deputy"),
            (Level::Express, "ladder_express"),
        ] {
            let days_past = self.number(name, "days")?;
            ladder.push(Rung { level, days_past });
        }
        Ok(Rules {
            version: self.version,
            triage: self.limit("triage")?,
            take: self.limit("take")?,
            take_critical: self.limit("take_critical")?,
            resolve_critical: self.limit("resolve_critical")?,
            resolve_urgent: self.limit("resolve_urgent")?,
            resolve_normal: self.limit("resolve_normal")?,
            resolve_complex: self.limit("resolve_complex")?,
            resolve_enquiry: self.limit("resolve_enquiry")?,
            rework: self.limit("rework")?,
            rating: self.limit("rating")?,
            yellow_percent: self.number("yellow", "percent")?,
            ladder,
        })
    }

    fn limit(&self, name: &'static str) -> Result<Limit, BookError> {
        let (unit, amount) = self.rows.get(name).ok_or(BookError::Missing(name))?;
        match (unit.as_str(), u16::try_from(*amount)) {
            ("days", Ok(days @ 1..)) => Ok(Limit::Days(days)),
            ("hours", Ok(hours @ 1..)) => Ok(Limit::Hours(hours)),
            _ => Err(self.wrong(name)),
        }
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

async fn notices(pool: &SqlitePool) -> Result<Vec<YearNotice>, BookError> {
    let years: Vec<i32> = sqlx::query_scalar("SELECT year FROM calendar_years")
        .fetch_all(pool)
        .await?;
    let mut notices: BTreeMap<i32, YearNotice> = years
        .into_iter()
        .map(|year| (year, YearNotice::new(year)))
        .collect();
    let days: Vec<(String, i32, String, String)> =
        sqlx::query_as("SELECT date, year, name, kind FROM calendar_days")
            .fetch_all(pool)
            .await?;
    for (date, year, name, kind) in days {
        let day: Option<NaiveDate> = date.parse().ok();
        match (day, Kind::parse(&kind), notices.get_mut(&year)) {
            (Some(day), Some(kind), Some(notice)) => notice.add(day, name, kind)?,
            _ => return Err(BookError::Unreadable(format!("{date} {kind}"))),
        }
    }
    Ok(notices.into_values().collect())
}

async fn directory(pool: &SqlitePool) -> Result<Directory, BookError> {
    let rows: Vec<[String; 6]> = sqlx::query_as(
        "SELECT code, name_zh, name_en, short_zh, short_en, kind FROM bodies ORDER BY position",
    )
    .fetch_all(pool)
    .await?
    .into_iter()
    .map(|(a, b, c, d, e, f)| [a, b, c, d, e, f])
    .collect();
    let mut bodies = Vec::with_capacity(rows.len());
    for [code, zh, en, short_zh, short_en, kind] in rows {
        bodies.push(Body {
            code: BodyCode::new(code),
            name: Named { zh, en },
            short: Named {
                zh: short_zh,
                en: short_en,
            },
            kind: BodyKind::parse(&kind).ok_or(BookError::Unreadable(kind))?,
        });
    }
    let categories: Vec<(String, String, String, String, String)> = sqlx::query_as(
        "SELECT code, name_zh, name_en, examples_zh, examples_en FROM categories
         ORDER BY position",
    )
    .fetch_all(pool)
    .await?;
    let categories = categories
        .into_iter()
        .map(|(code, zh, en, examples_zh, examples_en)| Category {
            code,
            name: Named { zh, en },
            examples: Named {
                zh: examples_zh,
                en: examples_en,
            },
        })
        .collect();
    Ok(Directory { bodies, categories })
}
