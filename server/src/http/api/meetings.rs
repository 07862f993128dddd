//! Meetings: called, read and moved on by programs, through the door of the forms.

use app::serve::Problem;
use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Action;
use domain::case::History;
use domain::meeting::calling::PLAN;
use domain::meeting::{Answer, Guest, Meeting, MeetingEvent, Outcome, PlanDraft};
use domain::time::rfc3339;
use serde::Serialize;
use store::cases::Found;
use store::{Context, meetings};
use utoipa::ToSchema;

use super::cases;
use super::cases::{Exposed, Shown, shown};
use super::door::{Fields, typed};
use super::event_json::EventJson;
use super::orders::EventsJson;
use super::problem::ProblemJson;
use super::read::Body;

/// A meeting with its agenda and its guests, as far as the caller hears of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeMeetingJson {
    number: String,
    /// coordination joint planning observation
    kind: &'static str,
    title: String,
    starts_at: String,
    minutes: u16,
    place: String,
    chair: String,
    /// planned invited open ended cancelled
    state: &'static str,
    agenda: Vec<ItemJson>,
    guests: Vec<GuestJson>,
    version: u32,
    /// Of the minutes, for who writes and approves them.
    revision: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ItemJson {
    /// The number of the order whose matter it is.
    order: String,
    minutes: u16,
    /// open decided deferred
    outcome: &'static str,
    /// The decisions, by the events of the order that hold them.
    decisions: Vec<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
struct GuestJson {
    guest: String,
    /// comes substitute excused
    answer: Option<&'static str>,
    present: Option<bool>,
}

impl WholeMeetingJson {
    async fn of(ctx: &Context, meeting: &Meeting) -> Result<Self, Problem> {
        let heard = meetings::heard(ctx, meeting).await.map_err(problem)?;
        let agenda = heard.iter().filter_map(|heard| {
            let item = meeting.item(heard.found.order.number)?;
            Some(ItemJson {
                order: item.matter.to_string(),
                minutes: item.minutes,
                outcome: match item.outcome {
                    Outcome::Open => "open",
                    Outcome::Decided { .. } => "decided",
                    Outcome::Deferred { .. } => "deferred",
                },
                decisions: item.outcome.decisions().to_vec(),
            })
        });
        let writes = app::areas::meetings::meeting::server::writes_minutes(ctx, meeting);
        let plan = &meeting.plan;
        Ok(Self {
            number: meeting.number.to_string(),
            kind: plan.kind.code(),
            title: plan.title.as_str().to_owned(),
            starts_at: rfc3339(plan.starts_at),
            minutes: plan.minutes,
            place: plan.place.as_str().to_owned(),
            chair: plan.chair.name.clone(),
            state: meeting.state.code(),
            agenda: agenda.collect(),
            guests: guests(ctx, meeting),
            version: meeting.version(),
            revision: writes.then_some(meeting.minutes.revision),
        })
    }
}

/// As the page has them: an enterprise learns of the bodies, and what it said itself.
fn guests(ctx: &Context, meeting: &Meeting) -> Vec<GuestJson> {
    let own = Guest::of(&ctx.actor);
    let outside = ctx.actor.role.enterprise().is_some();
    app::areas::meetings::meeting::server::roll(ctx, meeting)
        .iter()
        .filter(|one| {
            !outside || matches!(one.guest, Guest::Body(_)) || Some(&one.guest) == own.as_ref()
        })
        .map(|one| {
            let open = !outside || Some(&one.guest) == own.as_ref();
            GuestJson {
                guest: one.guest.code(),
                answer: one.answer.as_ref().filter(|_| open).map(Answer::code),
                present: one.present.filter(|_| open),
            }
        })
        .collect()
}

impl Exposed for Meeting {
    type Json = WholeMeetingJson;
    const SEES: Action = Action::SeeMeetings;

    async fn json(ctx: &Context, found: &Found<Self>) -> Result<WholeMeetingJson, Problem> {
        WholeMeetingJson::of(ctx, &found.case).await
    }

    fn events(ctx: &Context, found: &Found<Self>) -> Vec<EventJson> {
        let meeting = &found.case;
        let told = |event: &MeetingEvent| {
            let details = event.what.json(&meeting.telling(ctx));
            EventJson::of(event, meeting.name_for(&event.by, &ctx.actor), details)
        };
        let seen = meeting.seen(&found.events, &ctx.actor);
        seen.map(told).collect()
    }
}

/// One meeting.
#[utoipa::path(
    get, path = "/meetings/{number}", params(("number" = String, Path)),
    responses(
        (status = 200, body = WholeMeetingJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson)
    )
)]
pub async fn meeting(
    Extension(ctx): Extension<Context>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Shown<Meeting>, ProblemJson> {
    let shown = shown::<Meeting>(&ctx, &number).await;
    shown.map_err(|problem| ProblemJson::of(problem, &headers))
}

/// What happened to a meeting, as far as the caller sees it, the first event first.
#[utoipa::path(
    get, path = "/meetings/{number}/events", params(("number" = String, Path)),
    responses(
        (status = 200, body = EventsJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson)
    )
)]
pub async fn events(
    Extension(ctx): Extension<Context>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Json<EventsJson>, ProblemJson> {
    cases::events::<Meeting>(&ctx, &number, &headers).await
}

/// Calls a meeting; the body is what `change` takes.
pub async fn call(
    Extension(ctx): Extension<Context>,
    headers: HeaderMap,
    Body(Fields(sent)): Body<Fields>,
) -> Result<Response, ProblemJson> {
    let may = ctx.actor.may(Action::CallMeetings);
    may.map_err(|refusal| ProblemJson::of(Problem::Refused(refusal), &headers))?;
    let typed = typed(&PLAN, &[], sent)?;
    let number = meetings::call(&ctx, PlanDraft::read(&typed)).await;
    let number = number.map(|number| number.to_string()).map_err(problem);
    cases::begun::<Meeting>(&ctx, number, &headers).await
}
