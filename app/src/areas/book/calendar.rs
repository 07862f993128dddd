pub mod preview;
#[cfg(feature = "ssr")]
pub mod server;

use chrono::NaiveDate;
use domain::time::notice::{Doubt, Kind};
use domain::{Field, Instant};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::deadline::Moment;
use crate::components::fields::TextArea;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::table::Table;
use crate::frame::{frame, lang, t};
use crate::problem::ProblemDetails;
use crate::sheets::MovedSheet;

/// A year's working days, and where administrators import the next.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let query = use_query_map();
    let year = move || query.read().get("year").unwrap_or_default();
    let draft = move || query.read().get("draft").unwrap_or_default();
    let calendar = Resource::new(
        move || (year(), draft()),
        |(year, draft)| load_calendar(year, draft),
    );
    let moved = move || {
        query
            .read_untracked()
            .get("moved")
            .and_then(|n| n.parse().ok())
    };
    view! {
        <Title text=t(words::calendar::TITLE)/>
        <section class="page narrow">
            <h1>{t(words::calendar::TITLE)}</h1>
            {moved()
                .map(|orders: u64| {
                    view! {
                        <p class="notice" role="status">
                            {words::calendar::done(lang(), orders)}
                        </p>
                    }
                })}
            <Loaded resource=calendar view=|sheet| view! { <Year sheet/> }/>
        </section>
    }
}

/// A year of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSheet {
    pub year: i32,
    pub published: bool,
    pub working_days: u32,
    pub days: Vec<(NaiveDate, String, Kind)>,
    /// Years that one can turn to.
    pub years: Vec<i32>,
    /// Version, year, when, by whom.
    pub applied: Vec<(u32, i32, Instant, String)>,
    /// What was typed before a preview, to be changed.
    pub typed: Vec<(String, String)>,
    pub may_import: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPreview {
    pub year: i32,
    /// How many days of the year were named before.
    pub known: Option<usize>,
    /// Whether it is taken for the whole notice of the year, and why it does not look so.
    pub whole: bool,
    pub doubts: Vec<Doubt>,
    pub working_days: u32,
    pub working_days_before: u32,
    pub days: Vec<(NaiveDate, String, Kind)>,
    pub moved: MovedSheet,
}

#[component]
fn Year(sheet: CalendarSheet) -> impl IntoView {
    let years = sheet
        .years
        .into_iter()
        .map(|year| {
            let here = year == sheet.year;
            let class = if here { "chip current" } else { "chip" };
            view! {
                <li>
                    <A
                        href=format!("/calendar?year={year}")
                        attr:class=class
                        attr:aria-current=here.then_some("true")
                    >
                        {year}
                    </A>
                </li>
            }
        })
        .collect_view();
    let published = if sheet.published {
        words::calendar::PUBLISHED
    } else {
        words::calendar::UNPUBLISHED
    };
    let applied = sheet
        .applied
        .into_iter()
        .map(|(version, year, at, actor)| {
            let first = actor.is_empty();
            view! {
                <tr>
                    <td>{version}</td>
                    <td>{year}</td>
                    <td>{if first { t(words::calendar::FIRST_DATA).to_owned() } else { actor }}</td>
                    <td>{(!first).then(|| view! { <Moment at/> })}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p class="lead">{t(words::calendar::LEAD)}</p>
        <ul class="chips">{years}</ul>
        <dl class="facts">
            <dt>{t(words::calendar::YEAR)}</dt>
            <dd>{sheet.year} " · " {t(published)}</dd>
            <dt>{t(words::calendar::WORKING_DAYS)}</dt>
            <dd>{sheet.working_days}</dd>
        </dl>
        <Days days=sheet.days/>
        {sheet.may_import.then(|| view! { <Import typed=sheet.typed/> })}
        <h2>{t(words::calendar::APPLIED)}</h2>
        <Table plain=true heads=vec![
            words::calendar::VERSION, words::calendar::YEAR, words::calendar::BY,
            words::calendar::AT
        ]>{applied}</Table>
    }
}

#[component]
fn Days(days: Vec<(NaiveDate, String, Kind)>) -> impl IntoView {
    let frame = frame();
    let rows = days
        .iter()
        .cloned()
        .map(|(day, name, kind)| {
            view! {
                <tr>
                    <td>{words::time::date(frame.lang, day, frame.year)}</td>
                    <td>{name}</td>
                    <td>{words::calendar::kind(kind).of(frame.lang)}</td>
                </tr>
            }
        })
        .collect_view();
    (!days.is_empty()).then(|| {
        view! {
            <details class="aside" open="">
                <summary>
                    {t(words::calendar::NAMED_DAYS)} " · " {days.len()}
                </summary>
                <Table plain=true heads=vec![
                    words::calendar::DATE, words::calendar::NAME, words::calendar::KIND
                ]>{rows}</Table>
            </details>
        }
    })
}

#[component]
fn Import(typed: Vec<(String, String)>) -> impl IntoView {
    let action = Act::of::<DraftCalendar>();
    view! {
        <section class="panel">
            <h2>{t(words::calendar::IMPORT)}</h2>
            <StepForm action typed>
                <TextArea
                    field=Field::Calendar
                    label=t(words::calendar::CSV)
                    hint=t(words::calendar::IMPORT_HINT)
                    max=20_000
                    rows=10
                />
                <Submit
                    label=t(words::calendar::PREVIEW)
                    consequence=t(words::calendar::PREVIEW_HINT)
                />
            </StepForm>
        </section>
    }
}

#[server(prefix = "/act", endpoint = "draft_calendar")]
pub async fn draft_calendar(#[server(default)] calendar: String) -> Result<(), ProblemDetails> {
    server::draft(calendar).await
}

#[server(prefix = "/act", endpoint = "apply_calendar")]
pub async fn apply_calendar(
    #[server(default)] draft: String,
    #[server(default)] whole: String,
) -> Result<(), ProblemDetails> {
    server::apply(&draft, whole == "yes").await
}

#[server(prefix = "/ask", endpoint = "calendar", output = Answer)]
pub async fn load_calendar(year: String, draft: String) -> Result<CalendarSheet, ProblemDetails> {
    server::calendar(&year, &draft).await
}

#[server(prefix = "/ask", endpoint = "calendar_preview", output = Answer)]
pub async fn load_calendar_preview(
    draft: String,
    whole: bool,
) -> Result<CalendarPreview, ProblemDetails> {
    server::preview(&draft, whole).await
}
