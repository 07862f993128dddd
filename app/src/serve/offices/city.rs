use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use domain::order::{ExpressState, Light};
use domain::time::{instant, local};
use domain::{Action, Instant};
use store::{Desk, meetings, orders, tasks};

use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::serve::answer;
use crate::serve::express::brief_of;
use crate::serve::meetings::meeting_row;
use crate::serve::rows::short;
use crate::serve::tasks::given_sheet;
use crate::serve::visit;
use crate::serve::visit::{desk_for, problem};
use crate::sheets::{CityMatter, CitySheet, RedBody};

/// Weeks that a trend shows.
const WEEKS: u32 = 8;
/// As many as fit on one screen.
const BODIES: usize = 6;
const MATTERS: u16 = 4;
const LATE: u16 = 3;

pub async fn city() -> Result<CitySheet, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeCity)?;
        let lang = visit()?.frame.lang;
        let today = local(desk.now).date();
        let since = first_of(today, 1);
        let month = first_of(today, today.month());
        let counts: BTreeMap<ExpressState, u64> = orders::express_counts(&desk)
            .await
            .map_err(problem)?
            .into_iter()
            .collect();
        let count = |state| counts.get(&state).copied().unwrap_or(0);
        let settled = orders::settled_since(&desk, midnight(month))
            .await
            .map_err(problem)?;
        let mut rated = BTreeMap::new();
        for level in settled.iter().filter_map(|(_, rating)| *rating) {
            *rated.entry(level.code()).or_insert((level, 0)) = {
                let (_, orders) = rated.get(level.code()).copied().unwrap_or((level, 0));
                (level, orders + 1)
            };
        }
        let (late, tasks_late) = tasks::tasks(&desk, tasks::Which::Late, 0, LATE)
            .await
            .map_err(problem)?;
        let next = meetings::list(&desk, meetings::Which::Near, 1)
            .await
            .map_err(problem)?;
        Ok(CitySheet {
            at: desk.now,
            since,
            measures: orders::measures(&desk, midnight(since))
                .await
                .map_err(problem)?,
            candidates: count(ExpressState::Candidate),
            matters: count(ExpressState::Matter),
            decided: count(ExpressState::Decided),
            waiting: waiting(&desk, today).await?,
            reds: reds(&desk).await?,
            tasks_open: tasks::count_tasks(&desk, tasks::Which::Open)
                .await
                .map_err(problem)?,
            tasks_late,
            late: late
                .into_iter()
                .map(|one| given_sheet(&desk, lang, one))
                .collect(),
            next: next.first().map(meeting_row),
            settled: settled
                .iter()
                .map(|(number, _)| number.to_string())
                .collect(),
            rated: rated.into_values().collect(),
        })
    })
    .await
}

/// What has been on the express longest.
async fn waiting(desk: &Desk, today: NaiveDate) -> Result<Vec<CityMatter>, Problem> {
    let states = [
        ExpressState::Candidate,
        ExpressState::Matter,
        ExpressState::Decided,
    ];
    let (found, _) = orders::on_express(desk, &states, MATTERS)
        .await
        .map_err(problem)?;
    let items = found.iter().filter_map(|one| {
        let (state, since) = one.listed.overview.express?;
        let title = one.listed.overview.placement.title.as_str();
        let brief = brief_of(&one.order, &one.events);
        let day = local(since).date();
        let next = day.succ_opt().unwrap_or(day);
        Some(CityMatter {
            order: one.order.number.to_string(),
            difficulty: brief.map_or_else(
                || title.to_owned(),
                |brief| brief.difficulty.as_str().to_owned(),
            ),
            state,
            days: if next > today {
                0
            } else {
                desk.book.calendar.working_days(next, today)
            },
        })
    });
    Ok(items.collect())
}

async fn reds(desk: &Desk) -> Result<Vec<RedBody>, Problem> {
    let now = orders::counts_by_lead(desk, Light::Red)
        .await
        .map_err(problem)?;
    let weeks = orders::reds_by_week(desk, WEEKS).await.map_err(problem)?;
    let bodies = now.into_iter().take(BODIES).map(|(lead, orders)| {
        let trend = (0..WEEKS).rev().map(|ago| {
            let mut of_week = weeks.iter();
            let week = of_week.find(|week| week.body == lead && week.ago == ago);
            week.map_or(0, |week| week.cards)
        });
        RedBody {
            code: lead.as_ref().map(ToString::to_string).unwrap_or_default(),
            body: lead.as_ref().map(|lead| short(&desk.book.directory, lead)),
            orders,
            weeks: trend.collect(),
        }
    });
    Ok(bodies.collect())
}

fn first_of(today: NaiveDate, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year(), month, 1).unwrap_or(today)
}

fn midnight(day: NaiveDate) -> Instant {
    instant(day, NaiveTime::MIN)
}
