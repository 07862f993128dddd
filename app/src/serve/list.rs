use domain::order::{Light, Number, StageName};
use domain::{Instant, Role};
use store::Desk;
use store::orders::{self, Filter, Sort};

use super::rows::row;
use super::visit::problem;
use super::{answer, desk};
use crate::problem::Problem;
use crate::sheets::{List, Query};

const PAGE: u16 = 50;

pub async fn list(query: &Query) -> Result<List, Problem> {
    answer(async {
        let desk = desk()?;
        let filter = filter(&desk, query)?;
        let after = match query.after.trim() {
            "" => None,
            number => Some(Number::parse(number).ok_or(Problem::Malformed)?),
        };
        let page = orders::list(&desk, &filter, Sort::NewestFirst, after, PAGE)
            .await
            .map_err(problem)?;
        let stages = orders::counts(&desk, &filter).await.map_err(problem)?;
        Ok(List {
            rows: page.items.iter().map(|item| row(&desk, item)).collect(),
            next: page.next.map(|number| number.to_string()),
            stages: stages.iter().map(|c| (c.stage, c.orders)).collect(),
            categories: desk.book.directory.categories.clone(),
            departments: departments(&desk),
        })
    })
    .await
}

/// A filter with nonsense in the address is refused, not ignored: a list that
/// shows more than was asked for would mislead.
fn filter(desk: &Desk, query: &Query) -> Result<Filter, Problem> {
    let directory = &desk.book.directory;
    Ok(Filter {
        stage: choice(&query.stage, StageName::parse)?,
        light: choice(&query.light, Light::parse)?,
        department: choice(&query.department, |code| {
            directory.department(code).map(|b| b.code.to_string())
        })?,
        category: choice(&query.category, |code| {
            directory.category(code).map(|c| c.code.clone())
        })?,
        text: Some(query.q.trim().to_owned()).filter(|text| !text.is_empty()),
        waits_for_caller: query.turn == "mine",
        waits_for_lead: choice(&query.turn, |turn| {
            matches!(turn, "mine" | "lead").then_some(turn == "lead")
        })?
        .unwrap_or(false),
        due_until: choice(&query.due, |due| {
            (due == "today").then(|| end_of_day(desk.now))
        })?,
        to_call: choice(&query.call, |call| (call == "awaited").then_some(()))?.is_some(),
        awaits_part: choice(&query.part, |part| (part == "mine").then_some(()))?.is_some(),
        asks_caller: choice(&query.asks, |asks| (asks == "mine").then_some(()))?.is_some(),
        open: choice(&query.open, |open| (open == "yes").then_some(()))?.is_some(),
        ..Filter::default()
    })
}

/// Midnight in Shanghai, the end of the day of `now`.
pub fn end_of_day(now: Instant) -> Instant {
    let day = domain::time::local(now).date();
    let next = day.succ_opt().unwrap_or(day);
    domain::time::instant(next, chrono::NaiveTime::MIN)
}

fn choice<T>(code: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    match code.trim() {
        "" => Ok(None),
        code => parse(code).map(Some).ok_or(Problem::Malformed),
    }
}

/// Bodies to narrow to, for those who see more than one body's orders.
fn departments(desk: &Desk) -> Vec<(String, domain::Named)> {
    let one_body =
        desk.actor.role.body().is_some() && !matches!(desk.actor.role, Role::Centre { .. });
    if one_body {
        return Vec::new();
    }
    super::sheet::departments(desk)
}
