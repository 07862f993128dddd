use chrono::{Datelike, NaiveDate};
use domain::Action;
use domain::time::notice::Kind;
use domain::time::{Calendar, YearNotice, local};
use store::{Desk, calendars, drafts};

use super::answer;
use super::moved;
use super::visit::{desk_for, problem};
use crate::problem::Problem;
use crate::sheets::{CalendarPreview, CalendarSheet};

/// What drafts of calendars are kept under.
const KIND: &str = "calendar";

pub async fn calendar(year: &str) -> Result<CalendarSheet, Problem> {
    answer(async {
        let desk = desk_for(Action::SeeCalendar)?;
        let calendar = &desk.book.calendar;
        let this_year = local(desk.now).date().year();
        let year = match year.trim() {
            "" => this_year,
            text => text.parse().map_err(|_| Problem::NotFound)?,
        };
        let span = first_and_last(year).ok_or(Problem::NotFound)?;
        let mut years: Vec<i32> = calendar.years().chain([this_year, this_year + 1]).collect();
        years.sort_unstable();
        years.dedup();
        let applied = calendars::applied(&desk).await.map_err(problem)?;
        let applied = applied.iter().map(|applied| {
            let at = applied.applied_at().map_err(problem)?;
            Ok((applied.version, applied.year, at, applied.actor.clone()))
        });
        Ok(CalendarSheet {
            year,
            published: calendar.is_published(year),
            working_days: calendar.working_days(span.0, span.1),
            days: calendar.notice(year).map(days).unwrap_or_default(),
            years,
            applied: applied.collect::<Result<_, Problem>>()?,
            may_import: desk.actor.may(Action::ChangeCalendar).is_ok(),
        })
    })
    .await
}

/// Keeps what was typed, if it can be read, and goes on to its preview.
pub async fn draft(text: String) -> Result<(), Problem> {
    answer(async {
        let desk = desk_for(Action::ChangeCalendar)?;
        calendars::read(&text)?;
        let draft = drafts::keep(&desk, KIND, &text).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/calendar/preview?draft={draft}"));
        Ok(())
    })
    .await
}

pub async fn preview(draft: &str) -> Result<CalendarPreview, Problem> {
    answer(async {
        let desk = desk_for(Action::ChangeCalendar)?;
        let notice = drafted(&desk, draft).await?;
        let preview = calendars::preview(&desk, notice).await.map_err(problem)?;
        Ok(CalendarPreview {
            year: preview.notice.year(),
            replaces: preview.replaces,
            working_days: preview.working_days,
            working_days_before: preview.working_days_before,
            days: days(&preview.notice),
            moved: moved::sheet(&desk, &preview.moved, desk.now),
        })
    })
    .await
}

pub async fn apply(draft: &str) -> Result<(), Problem> {
    answer(async {
        let desk = desk_for(Action::ChangeCalendar)?;
        let notice = drafted(&desk, draft).await?;
        let year = notice.year();
        let orders = calendars::apply(&desk, notice).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/calendar?year={year}&moved={orders}"));
        Ok(())
    })
    .await
}

async fn drafted(desk: &Desk, draft: &str) -> Result<YearNotice, Problem> {
    let draft = draft.trim().parse().map_err(|_| Problem::NotFound)?;
    let text: String = drafts::find(desk, KIND, draft).await.map_err(problem)?;
    Ok(calendars::read(&text)?)
}

/// The year whose notice is missing: this one, or from December on the next.
pub fn missing(calendar: &Calendar, now: domain::Instant) -> Option<i32> {
    let today = local(now).date();
    let next = (today.month() == 12).then_some(today.year() + 1);
    let mut years = [Some(today.year()), next].into_iter().flatten();
    years.find(|year| !calendar.is_published(*year))
}

fn days(notice: &YearNotice) -> Vec<(NaiveDate, String, Kind)> {
    notice
        .days()
        .map(|(day, named)| (day, named.name.clone(), named.kind))
        .collect()
}

fn first_and_last(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
    domain::time::is_within_calendar(first).then_some((first, last))
}
