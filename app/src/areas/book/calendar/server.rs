use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::time::notice::Kind;
use domain::time::{Calendar, Notice, local};
use domain::{Action, Field};
use store::{Context, calendars, drafts};

use crate::areas::book::calendar::{CalendarPreview, CalendarSheet};
use crate::problem::ProblemDetails;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, moved, visit};

/// What drafts of calendars are kept under.
const KIND: &str = "calendar";

pub async fn calendar(year: &str, draft: &str) -> Result<CalendarSheet, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::SeeCalendar)?;
        let calendar = &ctx.book.calendar;
        let this_year = local(ctx.now).date().year();
        let year = match year.trim() {
            "" => this_year,
            text => text.parse().map_err(|_| Problem::NotFound)?,
        };
        let span = first_and_last(year).ok_or(Problem::NotFound)?;
        let mut years: Vec<i32> = calendar.years().chain([this_year, this_year + 1]).collect();
        years.sort_unstable();
        years.dedup();
        let text: Option<String> = visit::drafted(&ctx, KIND, draft).await?;
        let typed = text.map(|text| (Field::Calendar.code().to_owned(), text));
        let applied = calendars::applied(&ctx).await.map_err(problem)?;
        let applied = applied.iter().map(|applied| {
            let at = applied.applied_at().map_err(problem)?;
            Ok((applied.version, applied.year, at, applied.actor.clone()))
        });
        Ok(CalendarSheet {
            year,
            published: calendar.is_published(year),
            working_days: calendar.working_days(span.0, span.1),
            days: named(calendar, year),
            years,
            applied: applied.collect::<Result<_, Problem>>()?,
            typed: typed.into_iter().collect(),
            may_import: ctx.actor.may(Action::ChangeCalendar).is_ok(),
        })
    })
    .await
}

/// Keeps what was typed, if it can be read, and goes on to its preview.
pub async fn draft(text: String) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeCalendar)?;
        calendars::read_for(&ctx, &text)?;
        let draft = drafts::keep(&ctx, KIND, &text).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/calendar/preview?draft={draft}"));
        Ok(())
    })
    .await
}

/// `whole`: somebody says that it is the whole notice of the year, whatever it looks like.
pub async fn preview(draft: &str, whole: bool) -> Result<CalendarPreview, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeCalendar)?;
        let notice = drafted(&ctx, draft).await?;
        let preview = calendars::preview(&ctx, notice, whole)
            .await
            .map_err(problem)?;
        Ok(CalendarPreview {
            year: preview.notice.year(),
            known: preview.known,
            whole: preview.reading.whole,
            doubts: preview.reading.doubts,
            working_days: preview.working_days,
            working_days_before: preview.working_days_before,
            days: days(&preview.notice),
            moved: moved::sheet(&ctx, &preview.moved, ctx.now),
        })
    })
    .await
}

pub async fn apply(draft: &str, whole: bool) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeCalendar)?;
        let notice = drafted(&ctx, draft).await?;
        let year = notice.year();
        let orders = calendars::apply(&ctx, notice, whole)
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/calendar?year={year}&moved={orders}"));
        Ok(())
    })
    .await
}

async fn drafted(ctx: &Context, draft: &str) -> Result<Notice, Problem> {
    let draft = draft.trim().parse().map_err(|_| Problem::NotFound)?;
    let text: String = drafts::find(ctx, KIND, draft).await.map_err(problem)?;
    Ok(calendars::read(&text)?)
}

/// The year whose notice is missing: this one, or from December on the next.
pub fn missing(calendar: &Calendar, now: domain::Instant) -> Option<i32> {
    let today = local(now).date();
    let next = (today.month() == 12).then_some(today.year() + 1);
    let mut years = [Some(today.year()), next].into_iter().flatten();
    years.find(|year| !calendar.is_published(*year))
}

fn days(notice: &Notice) -> Vec<(NaiveDate, String, Kind)> {
    let days = notice.days();
    days.map(|(day, named)| (day, named.name.clone(), named.kind))
        .collect()
}

/// What is known of a year: its notice, or single days and those of the regulation.
fn named(calendar: &Calendar, year: i32) -> Vec<(NaiveDate, String, Kind)> {
    let notice = calendar.named_of(year);
    let notice = notice.map(|(day, named)| (day, (named.name.clone(), named.kind)));
    let statutory = calendar.statutory_of(year);
    let statutory = statutory.map(|(day, name)| (day, (name.to_owned(), Kind::Off)));
    // What a notice says of a day stands over what the regulation says.
    let days: BTreeMap<_, _> = statutory.chain(notice).collect();
    days.into_iter()
        .map(|(day, (name, kind))| (day, name, kind))
        .collect()
}

fn first_and_last(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
    domain::time::is_within_calendar(first).then_some((first, last))
}
