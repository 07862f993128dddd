use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use domain::order::{Counts, ExpressState, Light, Rate, RatingLevel};
use domain::time::{instant, local};
use domain::{Action, Instant, Named};
use leptos::prelude::*;
use store::{Context, meetings, orders, tasks};
use words::express as words_of;
use words::lang::Text;

use crate::areas::meetings::express::brief_of;
use crate::areas::meetings::meeting::server::meeting_row;
use crate::areas::tasks::task::server::given_sheet;
use crate::components::deadline::Moment;
use crate::frame::{lang, name, t};
use crate::page::Page;
use crate::page::laid::Address;
use crate::page::laid::deadline::DeadlineWords;
use crate::serve::rows::short;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, visit};
use crate::sheets::{MeetingRow, TaskSheet};

/// Weeks that a trend shows.
const WEEKS: u32 = 8;
/// As many as fit on one screen.
const BODIES: usize = 6;
const MATTERS: u16 = 4;
const LATE: u16 = 3;

/// The city on one screen: what is on the express, who is late, what was decided, how
/// enterprises are served. On the wall it follows by itself.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let sheet = city().await?;
    let wall = address.has("wall");
    let class = if wall { "page city wall" } else { "page city" };
    let page = Page::laid(
        t(words_of::CITY),
        view! {
            <section class=class>
                <City sheet wall/>
            </section>
        },
    )?;
    Ok(Page {
        renewed: wall.then_some(RENEWED),
        ..page
    })
}

/// The city on one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitySheet {
    pub at: Instant,
    /// The first day that the measures count from.
    pub since: chrono::NaiveDate,
    pub measures: Counts,
    /// How many stand there, and those that have waited longest.
    pub candidates: u64,
    pub matters: u64,
    pub decided: u64,
    pub waiting: Vec<CityMatter>,
    /// Bodies with overdue orders, the most first.
    pub reds: Vec<RedBody>,
    pub tasks_open: u64,
    pub tasks_late: u64,
    pub late: Vec<TaskSheet>,
    pub next: Option<MeetingRow>,
    /// Orders of the express that were settled this month.
    pub settled: Vec<String>,
    /// How their enterprises rated them.
    pub rated: Vec<(RatingLevel, u64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityMatter {
    pub order: String,
    pub difficulty: String,
    pub state: ExpressState,
    /// Working days on the express.
    pub days: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedBody {
    /// Empty is the centre.
    pub code: String,
    pub body: Option<Named>,
    /// Overdue now.
    pub orders: u64,
    /// Deadlines missed in each of the last weeks, the present one last.
    pub weeks: Vec<u64>,
}

pub async fn city() -> Result<CitySheet, Problem> {
    let ctx = context_for(Action::SeeCity)?;
    let lang = visit()?.frame.lang;
    let today = local(ctx.now).date();
    let since = first_of(today, 1);
    let month = first_of(today, today.month());
    let counts: BTreeMap<ExpressState, u64> = orders::express_counts(&ctx)
        .await
        .map_err(problem)?
        .into_iter()
        .collect();
    let count = |state| counts.get(&state).copied().unwrap_or(0);
    let settled = orders::settled_since(&ctx, midnight(month))
        .await
        .map_err(problem)?;
    let mut rated = BTreeMap::new();
    for level in settled.iter().filter_map(|(_, rating)| *rating) {
        *rated.entry(level.code()).or_insert((level, 0)) = {
            let (_, orders) = rated.get(level.code()).copied().unwrap_or((level, 0));
            (level, orders + 1)
        };
    }
    let (late, tasks_late) = tasks::tasks(&ctx, tasks::Which::Late, 0, LATE)
        .await
        .map_err(problem)?;
    let next = meetings::list(&ctx, meetings::Which::Near, 1)
        .await
        .map_err(problem)?;
    Ok(CitySheet {
        at: ctx.now,
        since,
        measures: orders::measures(&ctx, midnight(since))
            .await
            .map_err(problem)?,
        candidates: count(ExpressState::Candidate),
        matters: count(ExpressState::Matter),
        decided: count(ExpressState::Decided),
        waiting: waiting(&ctx, today).await?,
        reds: reds(&ctx).await?,
        tasks_open: tasks::count_tasks(&ctx, tasks::Which::Open)
            .await
            .map_err(problem)?,
        tasks_late,
        late: late
            .into_iter()
            .map(|one| given_sheet(&ctx, lang, one))
            .collect(),
        next: next.first().map(meeting_row),
        settled: settled
            .iter()
            .map(|(number, _)| number.to_string())
            .collect(),
        rated: rated.into_values().collect(),
    })
}

/// What has been on the express longest.
async fn waiting(ctx: &Context, today: NaiveDate) -> Result<Vec<CityMatter>, Problem> {
    let states = [
        ExpressState::Candidate,
        ExpressState::Matter,
        ExpressState::Decided,
    ];
    let (found, _) = orders::on_express(ctx, &states, MATTERS)
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
                ctx.book.calendar.working_days(next, today)
            },
        })
    });
    Ok(items.collect())
}

async fn reds(ctx: &Context) -> Result<Vec<RedBody>, Problem> {
    let now = orders::counts_by_lead(ctx, Light::Red)
        .await
        .map_err(problem)?;
    let weeks = orders::reds_by_week(ctx, WEEKS).await.map_err(problem)?;
    let bodies = now.into_iter().take(BODIES).map(|(lead, orders)| {
        let trend = (0..WEEKS).rev().map(|ago| {
            let mut of_week = weeks.iter();
            let week = of_week.find(|week| week.body == lead && week.ago == ago);
            week.map_or(0, |week| week.cards)
        });
        RedBody {
            code: lead.as_ref().map(ToString::to_string).unwrap_or_default(),
            body: lead.as_ref().map(|lead| short(&ctx.book.directory, lead)),
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

/// In seconds: how often the wall is renewed.
const RENEWED: u32 = 30;

#[component]
fn City(sheet: CitySheet, wall: bool) -> impl IntoView {
    let measures = sheet.measures;
    let since = format!("&from={}", sheet.since);
    let orders = |measure: &str| format!("/orders?measure={measure}{since}");
    let participation = percent(measures.participation());
    let waiting = sheet
        .waiting
        .into_iter()
        .map(|one| view! { <Waiting one/> })
        .collect_view();
    let top = sheet.reds.iter().map(|red| red.orders).max().unwrap_or(0);
    let none_red = sheet.reds.is_empty();
    let reds = sheet
        .reds
        .into_iter()
        .map(|red| view! { <Red red top/> })
        .collect_view();
    let late = sheet
        .late
        .into_iter()
        .map(|task| view! { <LateTask task/> })
        .collect_view();
    let settled = format!("/orders?numbers={}", sheet.settled.join("+"));
    let settled_count = sheet.settled.len();
    let rated = sheet
        .rated
        .iter()
        .map(|(level, orders)| format!("{} {orders}", t(words::order::rating(*level))))
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <div class="page-head city-head">
            <h1>{t(words_of::CITY)}</h1>
            <p class="quiet">
                <Moment at=sheet.at/>
                " · "
                {if wall {
                    view! {
                        {t(words_of::WALL_FOLLOWS)}
                        " "
                        <a href="/city" rel="external">
                            {t(words_of::WALL_LEAVE)}
                        </a>
                    }
                        .into_any()
                } else {
                    view! {
                        <a href="/city?wall" rel="external">
                            {t(words_of::WALL)}
                        </a>
                    }
                        .into_any()
                }}
            </p>
        </div>
        <div class="city-measures">
            <MeasureTile
                label=words_of::ON_TIME
                hint=words_of::ON_TIME_HINT
                rate=measures.on_time()
                part=orders("in_time")
                whole=orders("due")
            />
            <MeasureTile
                label=words_of::SOLVING
                hint=words_of::SOLVING_HINT
                rate=measures.solving()
                part=orders("solved")
                whole=orders("called_back")
            />
            <MeasureTile
                label=words_of::SATISFACTION
                hint=words_of::SATISFACTION_HINT
                rate=measures.satisfaction()
                part=orders("satisfied")
                whole=orders("rated")
                beside=format!("{} {participation}", t(words_of::PARTICIPATION))
            />
        </div>
        <div class="city-columns">
            <section class="panel">
                <h2>{t(words_of::ON_EXPRESS)}</h2>
                <p class="city-counts">
                    <Number count=sheet.candidates label=words_of::CANDIDATES href="/orders?express=candidate"/>
                    <Number count=sheet.matters label=words_of::MATTERS href="/orders?express=matter"/>
                    <Number count=sheet.decided label=words_of::DECIDED href="/orders?express=decided"/>
                </p>
                <ul class="plain-list city-waiting">{waiting}</ul>
            </section>
            <section class="panel">
                <h2>{t(words_of::REDS)}</h2>
                {if none_red {
                    view! { <p class="empty">{t(words_of::REDS_NONE)}</p> }.into_any()
                } else {
                    view! {
                        <table class="city-reds">
                            <thead>
                                <tr>
                                    <th scope="col">{t(words::home::LATE_BODY)}</th>
                                    <th scope="col">{t(words_of::REDS_NOW)}</th>
                                    <th scope="col">{t(words_of::REDS_TREND)}</th>
                                </tr>
                            </thead>
                            <tbody>{reds}</tbody>
                        </table>
                    }
                        .into_any()
                }}
            </section>
            <section class="panel">
                <h2>{t(words_of::DECISIONS)}</h2>
                <p class="city-counts">
                    <Number count=sheet.tasks_open label=words_of::OPEN_COUNT href="/tasks"/>
                    <Number count=sheet.tasks_late label=words_of::LATE_COUNT href="/tasks?which=late"/>
                </p>
                <ul class="plain-list">{late}</ul>
                <h2>{t(words_of::SETTLED)}</h2>
                {if settled_count == 0 {
                    view! { <p class="quiet">{t(words_of::SETTLED_NONE)}</p> }.into_any()
                } else {
                    view! {
                        <p>
                            <a href=settled class="city-number">
                                {settled_count}
                            </a>
                            " "
                            {if rated.is_empty() { t(words_of::NOT_RATED).to_owned() } else { rated }}
                        </p>
                    }
                        .into_any()
                }}
                <h2>{t(words_of::NEXT_MEETING)}</h2>
                {match sheet.next {
                    Some(meeting) => {
                        view! {
                            <p>
                                <Moment at=meeting.starts_at/>
                                " "
                                <a href=format!("/meetings/{}", meeting.number)>{meeting.title}</a>
                                " · "
                                {meeting.place}
                            </p>
                        }
                            .into_any()
                    }
                    None => view! { <p class="quiet">{t(words_of::NEXT_MEETING_NONE)}</p> }.into_any(),
                }}
            </section>
        </div>
    }
}

/// Of nothing there is no rate.
fn percent(rate: Rate) -> String {
    match rate.permille() {
        None => "—".to_owned(),
        Some(permille) => format!("{}.{}%", permille / 10, permille % 10),
    }
}

/// A rate with its bar; the parts open into their orders.
#[component]
fn MeasureTile(
    label: Text,
    hint: Text,
    rate: Rate,
    part: String,
    whole: String,
    #[prop(optional)] beside: String,
) -> impl IntoView {
    let width = rate.permille().unwrap_or(0).to_string();
    view! {
        <section class="panel measure">
            <h2>{t(label)}</h2>
            <p class="measure-rate">{percent(rate)}</p>
            // The same is said in numbers beside it.
            <svg viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
                <rect width="1000" height="12" class="bar-rest"></rect>
                <rect width=width height="12" class="bar-part"></rect>
            </svg>
            <p class="quiet">
                <a href=part>{rate.part}</a>
                " / "
                <a href=whole>{rate.whole}</a>
                " · "
                {t(hint)}
                {(!beside.is_empty()).then(|| format!(" · {beside}"))}
            </p>
        </section>
    }
}

#[component]
fn Number(count: u64, label: Text, href: &'static str) -> impl IntoView {
    view! {
        <a href=href class="city-number-line">
            <span class="city-number">{count}</span>
            " "
            {t(label)}
        </a>
    }
}

#[component]
fn Waiting(one: CityMatter) -> impl IntoView {
    view! {
        <li>
            <a href=format!("/orders/{}", one.order) class="city-line">
                {one.difficulty}
            </a>
            <span class="quiet">
                {t(words_of::state(one.state))} " · " {one.days} " "
                {t(words_of::WORKING_DAYS_ON_IT)}
            </span>
        </li>
    }
}

/// A body with a bar of what is overdue, and a line of the last weeks.
#[component]
fn Red(red: RedBody, top: u64) -> impl IntoView {
    let body = red
        .body
        .as_ref()
        .map_or_else(|| t(words::home::CENTRE_BODY).to_owned(), name);
    let address = if red.code.is_empty() {
        "/orders?light=red&stage=submitted".to_owned()
    } else {
        format!("/orders?light=red&department={}", red.code)
    };
    let width = (100 * red.orders).checked_div(top).unwrap_or(0).to_string();
    let most = red.weeks.iter().copied().max().unwrap_or(0).max(1);
    let points = red
        .weeks
        .iter()
        .enumerate()
        .map(|(week, cards)| format!("{},{}", week * 12 + 2, 22 - 20 * cards / most))
        .collect::<Vec<_>>()
        .join(" ");
    let said = red
        .weeks
        .iter()
        .map(u64::to_string)
        .collect::<Vec<_>>()
        .join(" ");
    let aloud = said.clone();
    view! {
        <tr>
            <th scope="row">{body}</th>
            <td>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=width height="10" class="bar-red"></rect>
                </svg>
                <a href=address>{red.orders}</a>
            </td>
            <td title=said>
                <svg viewBox="0 0 90 24" aria-hidden="true">
                    <polyline points=points class="trend"></polyline>
                </svg>
                <span class="said-only">{aloud}</span>
            </td>
        </tr>
    }
}

#[component]
fn LateTask(task: TaskSheet) -> impl IntoView {
    let colon = if lang() == words::lang::Lang::Zh {
        "："
    } else {
        ": "
    };
    view! {
        <li>
            <a href=task.page class="city-line">
                {name(&task.owner)}
                {colon}
                {task.text}
            </a>
            <DeadlineWords deadline=Some(task.deadline)/>
        </li>
    }
}
