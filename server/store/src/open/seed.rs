//! The first data of an empty directory: what a city would change on a page
//! afterwards. Never laid over what is there.

use serde::Deserialize;
use thiserror::Error;

use crate::dialect::Conn;

const BODIES: &str = include_str!("../../seed/bodies.csv");
const CATEGORIES: &str = include_str!("../../seed/categories.csv");
const HOLIDAYS: &str = include_str!("../../seed/holidays.csv");
const STATUTORY: &str = include_str!("../../seed/statutory.csv");
const RULES: &str = include_str!("../../seed/rules.csv");
const LADDER: &str = include_str!("../../seed/ladder.csv");
/// 2000-01-01 in Shanghai: the first data apply from the beginning of the calendar.
const BEGINNING: i64 = 946_656_000;

#[derive(Debug, Error)]
pub enum SeedError {
    #[error("a row of the first data cannot be read")]
    Csv(#[from] csv::Error),
    #[error("the database refused")]
    Database(#[from] sqlx::Error),
}

pub(crate) async fn lay_down(connection: &mut Conn) -> Result<(), SeedError> {
    statutory(connection).await?;
    let rules: i64 = sqlx::query_scalar("SELECT count(*) FROM rules")
        .fetch_one(&mut *connection)
        .await?;
    if rules > 0 {
        return Ok(());
    }
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    bodies(connection).await?;
    categories(connection).await?;
    holidays(connection).await?;
    first_rules(connection).await?;
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    Ok(())
}

#[derive(Deserialize)]
struct BodyRow {
    code: String,
    name: String,
    name_en: String,
    short: String,
    short_en: String,
    kind: String,
}

async fn bodies(connection: &mut Conn) -> Result<(), SeedError> {
    for (position, row) in (1i64..).zip(rows::<BodyRow>(BODIES)) {
        let row = row?;
        sqlx::query(
            "INSERT INTO bodies (code, name_zh, name_en, short_zh, short_en, kind, position)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(row.code)
        .bind(row.name)
        .bind(row.name_en)
        .bind(row.short)
        .bind(row.short_en)
        .bind(row.kind)
        .bind(position)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct CategoryRow {
    code: String,
    name: String,
    name_en: String,
    examples: String,
    examples_en: String,
}

async fn categories(connection: &mut Conn) -> Result<(), SeedError> {
    for (position, row) in (1i64..).zip(rows::<CategoryRow>(CATEGORIES)) {
        let row = row?;
        sqlx::query(
            "INSERT INTO categories (code, name_zh, name_en, examples_zh, examples_en, position)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(row.code)
        .bind(row.name)
        .bind(row.name_en)
        .bind(row.examples)
        .bind(row.examples_en)
        .bind(position)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct DayRow {
    date: chrono::NaiveDate,
    name: String,
    kind: String,
}

async fn holidays(connection: &mut Conn) -> Result<(), SeedError> {
    for row in rows::<DayRow>(HOLIDAYS) {
        let row = row?;
        let year = chrono::Datelike::year(&row.date);
        sqlx::query("INSERT INTO year_notices VALUES (1, $1, $2, '', TRUE) ON CONFLICT DO NOTHING")
            .bind(year)
            .bind(BEGINNING)
            .execute(&mut *connection)
            .await?;
        sqlx::query("INSERT INTO year_notice_days VALUES (1, $1, $2, $3, $4)")
            .bind(year)
            .bind(row.date.to_string())
            .bind(row.name)
            .bind(row.kind)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct StatutoryRow {
    date: chrono::NaiveDate,
    name: String,
}

/// Days of the regulation, also into a directory of an earlier version that has none.
async fn statutory(connection: &mut Conn) -> Result<(), SeedError> {
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM statutory_days)")
        .fetch_one(&mut *connection)
        .await?;
    if there {
        return Ok(());
    }
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    for row in rows::<StatutoryRow>(STATUTORY) {
        let row = row?;
        sqlx::query("INSERT INTO statutory_days VALUES ($1, $2)")
            .bind(row.date.to_string())
            .bind(row.name)
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("COMMIT").execute(connection).await?;
    Ok(())
}

#[derive(Deserialize)]
struct RuleRow {
    name: String,
    unit: String,
    amount: i64,
}

#[derive(Deserialize)]
struct RungRow {
    level: String,
    days_past: i64,
    card: Option<String>,
    tells: String,
}

async fn first_rules(connection: &mut Conn) -> Result<(), SeedError> {
    sqlx::query("INSERT INTO rule_versions VALUES (1, $1, $1, '', '', FALSE, NULL)")
        .bind(BEGINNING)
        .execute(&mut *connection)
        .await?;
    for row in rows::<RuleRow>(RULES) {
        let row = row?;
        sqlx::query("INSERT INTO rules VALUES (1, $1, $2, $3)")
            .bind(row.name)
            .bind(row.unit)
            .bind(row.amount)
            .execute(&mut *connection)
            .await?;
    }
    for row in rows::<RungRow>(LADDER) {
        let row = row?;
        sqlx::query("INSERT INTO ladder VALUES (1, $1, $2, $3, $4)")
            .bind(row.level)
            .bind(row.days_past)
            .bind(row.card)
            .bind(row.tells)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

fn rows<T: serde::de::DeserializeOwned>(
    text: &'static str,
) -> impl Iterator<Item = Result<T, csv::Error>> {
    csv::Reader::from_reader(text.as_bytes()).into_deserialize()
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use chrono::{Datelike, NaiveDate};
    use icu_calendar::Date;
    use icu_calendar::cal::ChineseTraditional;

    use super::*;

    /// Month and day by the moon; `None` in a leap month.
    fn lunar(day: NaiveDate) -> Option<(u8, u8)> {
        let (month, of_month) = (day.month(), day.day());
        let narrow = |number: u32| u8::try_from(number).expect("small");
        let date = Date::try_new_iso(day.year(), narrow(month), narrow(of_month));
        let date = date.expect("a day").to_calendar(ChineseTraditional::new());
        let month = date.month().to_input();
        (!month.is_leap()).then_some((month.number(), date.day_of_month().0))
    }

    /// 清明, of the years 2000 to 2099.
    fn qingming(year: i32) -> u32 {
        let of_century = year % 100;
        let day = (of_century * 2422 + 48100) / 10000 - of_century / 4;
        u32::try_from(day).expect("early in April")
    }

    /// 全国年节及纪念日放假办法 art. 2, as of 2025.
    fn named(day: NaiveDate) -> Option<&'static str> {
        let moon = lunar(day);
        let eve = lunar(day.succ_opt().expect("a day")) == Some((1, 1));
        match (day.month(), day.day()) {
            (1, 1) => Some("元旦"),
            (4, of_april) if of_april == qingming(day.year()) => Some("清明节"),
            (5, 1 | 2) => Some("劳动节"),
            (10, 1..=3) if moon == Some((8, 15)) => Some("中秋节、国庆节"),
            (10, 1..=3) => Some("国庆节"),
            _ if eve || matches!(moon, Some((1, 1..=3))) => Some("春节"),
            _ if moon == Some((5, 5)) => Some("端午节"),
            _ if moon == Some((8, 15)) => Some("中秋节"),
            _ => None,
        }
    }

    #[derive(Deserialize)]
    struct Row {
        date: NaiveDate,
        name: String,
    }

    #[test]
    fn days_off_of_the_regulation_are_those_of_the_moon() {
        let rows: Vec<Row> = rows(STATUTORY).map(|row| row.expect("a row")).collect();
        let laid_down = rows.iter().map(|row| (row.date, row.name.as_str()));
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
        let last = rows.last().expect("rows").date.year();
        assert!(last >= 2040);
        let days = first.iter_days().take_while(|day| day.year() <= last);
        let right = days.filter_map(|day| Some((day, named(day)?)));
        assert_eq!(laid_down.collect::<Vec<_>>(), right.collect::<Vec<_>>());
    }
}
