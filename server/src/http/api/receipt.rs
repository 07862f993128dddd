use app::areas::orders::receipt::{Which, chosen};
use app::serve::Problem;
use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use domain::clock::terms::Timed;
use domain::order::ClockName;
use domain::order::clocks::seen_terms;
use domain::time::receipt::{Counted, Day, Why};
use domain::time::rfc3339;
use domain::{Fault, Field, FieldFault};
use serde::{Deserialize, Serialize};
use store::{Context, orders};
use utoipa::{IntoParams, ToSchema};

use super::problem::ProblemJson;
use super::read::{Query, number};

/// How a deadline was computed, day by day.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptJson {
    /// triage take ruling resolve rework rating
    clock: &'static str,
    cycle: u8,
    received_at: String,
    rule: RuleJson,
    days: Vec<CountedDayJson>,
    pauses: Vec<PausedJson>,
    due_at: String,
    provisional: bool,
    /// When the clock stopped; null while it runs.
    ended_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct RuleJson {
    version: u32,
    /// With its extensions.
    limit: u16,
    /// days hours
    unit: &'static str,
    /// Working days granted.
    extended: u16,
    /// Version of the calendar.
    calendar: u32,
}

#[derive(Debug, Serialize, ToSchema)]
struct CountedDayJson {
    date: String,
    counted: bool,
    /// Its number among the counted days, of a limit in days.
    number: Option<u32>,
    /// Business seconds that it counted, of a limit in hours.
    seconds: Option<u64>,
    /// working make_up weekend day_off received after_closing paused moved_on
    why: &'static str,
    /// Of a day that the notice names.
    name: Option<String>,
    provisional: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct PausedJson {
    /// supplement special merged confirmation
    kind: &'static str,
    reason: String,
    basis: String,
    from: String,
    until: String,
    /// Still open: it counts until its cap.
    open: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichJson {
    /// The n-th clock of the order, from 1, in the order in which they started.
    #[serde(default)]
    #[param(minimum = 1, maximum = 1000)]
    n: Option<u16>,
    /// Of which clock; without it, of the one that runs, or else the last.
    #[serde(default)]
    clock: Option<String>,
    #[serde(default)]
    #[param(minimum = 1, maximum = 255)]
    cycle: Option<u8>,
}

/// How the deadline of an order was computed.
#[utoipa::path(
    get, path = "/orders/{number}/receipt", params(("number" = String, Path), WhichJson),
    responses(
        (status = 200, body = ReceiptJson), (status = 404, body = ProblemJson),
        (status = 422, body = ProblemJson),
    )
)]
pub async fn receipt(
    Extension(ctx): Extension<Context>,
    Path(text): Path<String>,
    Query(which): Query<WhichJson>,
    headers: HeaderMap,
) -> Result<Json<ReceiptJson>, ProblemJson> {
    let found = async {
        let found = orders::find(&ctx, number(&text)?).await.map_err(problem)?;
        let all = seen_terms(&found.events, &ctx.actor).map_err(|error| problem(error.into()))?;
        let clock = match &which.clock {
            None => None,
            Some(code) => Some(ClockName::parse(code).ok_or_else(no_such_clock)?),
        };
        let which = Which {
            n: which.n.map(usize::from),
            clock,
            cycle: which.cycle,
        };
        let shown = chosen(&all, which, &ctx.book).ok_or(Problem::NotFound)?;
        Ok(laid_out(&all[shown], &ctx))
    };
    let found: Result<ReceiptJson, Problem> = found.await;
    found
        .map(Json)
        .map_err(|problem| ProblemJson::of(problem, &headers))
}

fn no_such_clock() -> Problem {
    FieldFault {
        field: Field::Clock,
        fault: Fault::Unknown,
    }
    .into()
}

fn laid_out(timed: &Timed, ctx: &Context) -> ReceiptJson {
    let term = &timed.term;
    let calendar = timed.calendar(&ctx.book);
    let receipt = term.receipt(calendar);
    let (limit, unit) = (receipt.limit.amount(), receipt.limit.unit());
    ReceiptJson {
        clock: term.clock.name.code(),
        cycle: timed.cycle,
        received_at: rfc3339(receipt.received),
        rule: RuleJson {
            version: term.clock.rules,
            limit,
            unit,
            extended: term.extensions.iter().sum(),
            calendar: calendar.version(),
        },
        days: receipt.days.into_iter().map(day).collect(),
        pauses: term
            .pauses
            .iter()
            .map(|pause| {
                let span = pause.span();
                PausedJson {
                    kind: pause.kind.code(),
                    reason: pause.reason.as_str().to_owned(),
                    basis: pause.basis.as_str().to_owned(),
                    from: rfc3339(span.from),
                    until: rfc3339(span.until),
                    open: pause.ended.is_none(),
                }
            })
            .chain(term.joined.iter().map(|span| PausedJson {
                // Of a task: while it was looked at.
                kind: match term.clock.name {
                    ClockName::Task => "confirmation",
                    _ => "merged",
                },
                reason: String::new(),
                basis: String::new(),
                from: rfc3339(span.from),
                until: rfc3339(span.until),
                open: false,
            }))
            .collect(),
        due_at: rfc3339(receipt.due.at),
        provisional: receipt.due.provisional,
        ended_at: timed.ended.map(|(at, _)| rfc3339(at)),
    }
}

fn day(day: Day) -> CountedDayJson {
    let (number, seconds) = match day.counted {
        Counted::Not => (None, None),
        Counted::Day(number) => (Some(number), None),
        Counted::Seconds(seconds) => (None, Some(seconds)),
    };
    CountedDayJson {
        date: day.date.to_string(),
        counted: number.is_some() || seconds.is_some(),
        number,
        seconds,
        why: day.why.code(),
        name: match day.why {
            Why::MakeUp(name) | Why::DayOff(name) => Some(name),
            Why::Working
            | Why::Weekend
            | Why::Received
            | Why::AfterClosing
            | Why::Paused
            | Why::MovedOn => None,
        },
        provisional: day.provisional,
    }
}
