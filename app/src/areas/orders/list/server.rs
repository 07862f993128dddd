use domain::order::{ExpressState, Light, Measure, Number, RatingLevel, StageName, Urgency};
use domain::{Fault, Field, FieldFault, Instant, Named, ProjectNumber, Role};
use store::orders::{Counted, Filter, Listed, Sort, Stages};
use store::projects::InCharge;
use store::views::Mine;
use store::{Context, orders};
use words::lang::Text;

use crate::areas::orders::list::List;
use crate::areas::orders::views::server as views;
use crate::components::columns::{CHOICE, Column};
use crate::problem::ProblemDetails;
use crate::serve::layout::Shown;
use crate::serve::rows::row;
use crate::serve::visit::problem;
use crate::serve::{Problem, answer, context, layout, visit};
use crate::sheets::{Laid, Query, Row};

const PAGE: u16 = 50;

pub async fn list(query: &Query) -> Result<List, ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let filter = filter(&ctx, query)?;
        let after = match query.after.trim() {
            "" => None,
            number => Some(Number::parse(number).ok_or(Problem::Malformed)?),
        };
        let to_the_end = choice(&query.count, |count| (count == "all").then_some(()))?.is_some();
        let asked = (
            orders::List::of(&filter, Sort::NewestFirst, after, PAGE),
            Stages::of(&filter),
            Mine,
            InCharge,
        );
        let (page, stages, views, leaders) = store::ask(&ctx, asked).await.map_err(problem)?;
        let page = match page {
            Some(page) => page,
            None => orders::list(&ctx, &filter, Sort::NewestFirst, after, PAGE)
                .await
                .map_err(problem)?,
        };
        let counted = match stages {
            Some(stages) => Counted {
                stages,
                is_whole: true,
            },
            None if to_the_end => Counted {
                stages: orders::counts(&ctx, &filter).await.map_err(problem)?,
                is_whole: true,
            },
            None => orders::counts_at_once(&ctx, &filter)
                .await
                .map_err(problem)?,
        };
        let leaders = leaders.into_iter();
        let leaders: Vec<_> = leaders.map(|(id, name)| (id.to_string(), name)).collect();
        let rows = page.items.iter().map(|item| found(&ctx, item, &query.q));
        let rows: Vec<Row> = rows.collect();
        let can_choose = !matches!(ctx.actor.role, Role::Enterprise { .. });
        let shown = Shown {
            columns: Column::parse(&query.columns),
            words: query.q.clone(),
            select: if can_choose { CHOICE } else { "" },
        };
        Ok(List {
            rows: layout::rows(&rows, &shown)?,
            next: page.next.map(|number| number.to_string()),
            stages: counted.stages.iter().map(|c| (c.stage, c.orders)).collect(),
            more_than: (!counted.is_whole && !page.is_cut).then_some(orders::COUNTED),
            is_cut: page.is_cut,
            categories: named(
                categories(&ctx),
                words::order::ALL_CATEGORIES,
                &query.category,
            )?,
            departments: named(
                departments(&ctx),
                words::order::ALL_DEPARTMENTS,
                &query.department,
            )?,
            townships: named(
                townships(&ctx),
                words::order::ALL_TOWNSHIPS,
                &query.township,
            )?,
            leaders: layout::options(&leaders, words::knowledge::ALL_PROJECTS, &query.leader)?,
            can_choose,
            views: views::sheets(views),
            can_share: ctx.actor.role.body().is_some(),
        })
    })
    .await
}

/// What has a name, to choose from in the reader's language.
fn named(choices: Vec<(String, Named)>, all: Text, now: &str) -> Result<Laid, Problem> {
    let lang = visit()?.frame.lang;
    let choices = choices.into_iter();
    let choices = choices.map(|(code, named)| (code, lang.name(&named).to_owned()));
    layout::options(&choices.collect::<Vec<_>>(), all, now)
}

/// Those that are offered, and those that ended: orders still stand under them.
fn categories(ctx: &Context) -> Vec<(String, Named)> {
    let directory = &ctx.book.directory;
    let offered = directory.categories.iter();
    let offered = offered.map(|one| (one.code.clone(), one.name.clone()));
    let ended = directory.ended_categories.iter();
    let ended = ended.map(|one| (one.code.clone(), words::order::ended(&one.name)));
    offered.chain(ended).collect()
}

/// What is looked for; more than a search takes is refused, not cut in silence.
fn text(typed: &str) -> Result<Option<String>, Problem> {
    let typed = domain::text::tidied(typed).trim().to_owned();
    if orders::is_too_long(&typed) {
        return Err(Problem::SearchTooLong);
    }
    Ok(Some(typed).filter(|text| !text.is_empty()))
}

/// A filter with nonsense in the address is refused, not ignored: a list that
/// shows more than was asked for would mislead.
pub fn filter(ctx: &Context, query: &Query) -> Result<Filter, Problem> {
    let directory = &ctx.book.directory;
    Ok(Filter {
        stage: choice(&query.stage, StageName::parse)?,
        light: choice(&query.light, Light::parse)?,
        department: choice(&query.department, |code| {
            directory.body(code).map(|b| b.code.to_string())
        })?,
        category: choice(&query.category, |code| {
            directory.category(code).map(|c| c.code.clone())
        })?,
        township: choice(&query.township, |code| {
            directory.body(code).map(|b| b.code.to_string())
        })?,
        urgency: choice(&query.urgency, |code| Urgency::parse(code).ok())?,
        rating: choice(&query.rating, |code| RatingLevel::parse(code).ok())?,
        placed_from: choice(&query.from, day)?,
        placed_until: choice(&query.until, day)?,
        text: text(&query.q)?,
        waits_for_caller: query.turn == "mine",
        waits_for_lead: choice(&query.turn, |turn| {
            matches!(turn, "mine" | "lead").then_some(turn == "lead")
        })?
        .unwrap_or(false),
        due_until: choice(&query.due, |due| {
            (due == "today").then(|| end_of_day(ctx.now))
        })?,
        to_call: query.call == "awaited",
        call_late: choice(&query.call, |call| {
            matches!(call, "awaited" | "late").then_some(call == "late")
        })?
        .unwrap_or(false),
        awaits_part: choice(&query.part, |part| (part == "mine").then_some(()))?.is_some(),
        asks_caller: choice(&query.asks, |asks| (asks == "mine").then_some(()))?.is_some(),
        project: choice(&query.project, |number| {
            ProjectNumber::parse(Field::Project, number)
                .ok()
                .map(|number| number.to_string())
        })?,
        leader: choice(&query.leader, |leader| match leader {
            "mine" => ctx.actor.user,
            id => id.parse().ok(),
        })?,
        returned: choice(&query.returned, |yes| (yes == "yes").then_some(()))?.is_some(),
        // Whether others asked the same is not an enterprise's to try.
        collective: choice(&query.collective, |yes| {
            (yes == "yes" && ctx.actor.role.enterprise().is_none()).then_some(())
        })?
        .is_some(),
        // Nor what the offices weigh among themselves, and measure.
        express: choice(&query.express, |code| {
            ExpressState::parse(code).filter(|_| ctx.actor.role.enterprise().is_none())
        })?,
        measure: choice(&query.measure, |code| {
            Measure::parse(code).filter(|_| ctx.actor.role.enterprise().is_none())
        })?,
        numbers: numbers(&query.numbers)?,
        open: choice(&query.open, |open| (open == "yes").then_some(()))?.is_some(),
        ..Filter::default()
    })
}

/// Numbers of orders with blanks, or a plus of an address, between; as many as are
/// chosen at once.
pub fn numbers(text: &str) -> Result<Vec<Number>, Problem> {
    let numbers = text.split([' ', '+']).filter(|part| !part.is_empty());
    let numbers: Option<Vec<Number>> = numbers.map(Number::parse).collect();
    let mut numbers = numbers.ok_or(Problem::Malformed)?;
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() > MOST {
        let (field, fault) = (Field::Orders, Fault::TooMany { max: MOST });
        return Err(FieldFault { field, fault }.into());
    }
    Ok(numbers)
}

/// Orders chosen at once.
const MOST: usize = 200;

fn day(text: &str) -> Option<chrono::NaiveDate> {
    let day = text.parse().ok()?;
    domain::time::is_within_calendar(day).then_some(day)
}

/// A row, with what stands around the words that were looked for.
fn found(ctx: &Context, item: &Listed, typed: &str) -> Row {
    let mut row = row(ctx, item);
    let content = item.overview.placement.content.as_str();
    let is_in = |text: &str, word: &str| text.to_lowercase().contains(&word.to_lowercase());
    let missing = typed.split_whitespace().find(|word| {
        let shown = [&row.title, &row.enterprise, &row.number];
        !shown.iter().any(|text| is_in(text, word)) && is_in(content, word)
    });
    row.snippet = missing.and_then(|word| around(content, word));
    row
}

/// Characters on either side of what was found.
const AROUND: usize = 24;

fn around(content: &str, word: &str) -> Option<String> {
    let letters: Vec<char> = content
        .chars()
        .map(|c| if c == '\n' { ' ' } else { c })
        .collect();
    let word: Vec<char> = word.chars().collect();
    let same = |a: &char, b: &char| a.to_lowercase().eq(b.to_lowercase());
    let begins = letters
        .windows(word.len().max(1))
        .position(|part| part.iter().zip(&word).all(|(a, b)| same(a, b)))?;
    let from = begins.saturating_sub(AROUND);
    let until = (begins + word.len() + AROUND).min(letters.len());
    let mut snippet: String = letters[from..until].iter().collect();
    if from > 0 {
        snippet.insert(0, '…');
    }
    if until < letters.len() {
        snippet.push('…');
    }
    Some(snippet)
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

pub fn townships(ctx: &Context) -> Vec<(String, domain::Named)> {
    let bodies = ctx.book.directory.bodies.iter();
    bodies
        .filter(|body| body.kind.is_township())
        .map(|body| (body.code.to_string(), body.short.clone()))
        .collect()
}

/// Bodies to narrow to, for those who see more than one body's orders.
fn departments(ctx: &Context) -> Vec<(String, domain::Named)> {
    let one_body =
        ctx.actor.role.body().is_some() && !matches!(ctx.actor.role, Role::Centre { .. });
    if one_body {
        return Vec::new();
    }
    crate::areas::orders::order::server::departments(ctx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_shown_with_what_stands_around_it() {
        let content = format!("{}用电负荷{}", "前".repeat(30), "后".repeat(30));
        let snippet = around(&content, "负荷").unwrap_or_default();
        assert!(snippet.starts_with("…前") && snippet.ends_with("后…") && snippet.contains("负荷"));
        assert_eq!(around("Steam 不足", "steam").as_deref(), Some("Steam 不足"));
        assert_eq!(around("短", "很长的一个词"), None);
    }
}
