//! Meetings: called, read and moved on by programs, through the door of the forms.

use app::problem::Problem;
use app::serve::door;
use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::meeting::calling::PLAN;
use domain::meeting::{Answer, Guest, Meeting, MeetingNumber, MeetingStepName, Outcome, PlanDraft};
use domain::time::rfc3339;
use domain::{Action, Refusal};
use serde::Serialize;
use store::meetings::{self, Found};
use store::{Asked, Desk};
use utoipa::ToSchema;

use super::condition::{Condition, etag};
use super::door::{Fields, typed, unreadable};
use super::event_json::EventJson;
use super::orders::EventsJson;
use super::problem::ProblemJson;
use super::read::{Body, Common};

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
    async fn of(desk: &Desk, found: &Found) -> Result<Self, Problem> {
        let meeting = &found.meeting;
        let heard = meetings::heard(desk, found).await.map_err(problem)?;
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
        let writes = app::serve::meetings::writes_minutes(desk, meeting);
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
            guests: guests(desk, meeting),
            version: meeting.version,
            revision: writes.then_some(meeting.minutes.revision),
        })
    }
}

/// As the page has them: an enterprise learns of the bodies, and what it said itself.
fn guests(desk: &Desk, meeting: &Meeting) -> Vec<GuestJson> {
    let own = Guest::of(&desk.actor);
    let outside = desk.actor.role.enterprise().is_some();
    app::serve::meetings::roll(desk, meeting)
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

type Shown = ([(HeaderName, String); 1], Json<WholeMeetingJson>);

async fn find(desk: &Desk, number: &str) -> Result<Found, Problem> {
    desk.actor.may(Action::SeeMeetings)?;
    let number = MeetingNumber::parse(number).ok_or(Problem::NotFound)?;
    meetings::find(desk, number).await.map_err(problem)
}

async fn shown(desk: &Desk, number: &str) -> Result<Shown, Problem> {
    let found = find(desk, number).await?;
    let version = found.meeting.version;
    Ok((
        etag(version),
        Json(WholeMeetingJson::of(desk, &found).await?),
    ))
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
    Extension(desk): Extension<Desk>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Shown, ProblemJson> {
    let shown = shown(&desk, &number).await;
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
    Extension(desk): Extension<Desk>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Json<EventsJson>, ProblemJson> {
    let found = find(&desk, &number).await;
    let found = found.map_err(|problem| ProblemJson::of(problem, &headers))?;
    let items = found
        .meeting
        .seen(&found.events, &desk.actor)
        .map(|event| EventJson::of_meeting(event, &found.meeting, &desk));
    let items = items.collect();
    Ok(Json(EventsJson { items }))
}

/// Calls a meeting; the body is what `change` takes.
pub async fn call(
    Extension(desk): Extension<Desk>,
    headers: HeaderMap,
    Body(Fields(sent)): Body<Fields>,
) -> Result<Response, ProblemJson> {
    let told = |problem| ProblemJson::of(problem, &headers);
    let may = desk.actor.may(Action::CallMeetings);
    may.map_err(|refusal| told(Problem::Refused(refusal)))?;
    let typed = typed(&PLAN, &[], sent)?;
    let number = meetings::call(&desk, PlanDraft::read(&typed)).await;
    let number = number.map_err(|error| told(problem(error)))?.to_string();
    let location = format!("/api/v1/meetings/{number}");
    let shown = shown(&desk, &number).await.map_err(told)?;
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], shown).into_response())
}

/// A step on a meeting; the answer is the meeting after it.
pub async fn step(
    Extension(desk): Extension<Desk>,
    Path((number, name)): Path<(String, String)>,
    headers: HeaderMap,
    Body(Fields(mut sent)): Body<Fields>,
) -> Result<Shown, ProblemJson> {
    let told = |problem| ProblemJson::of(problem, &headers);
    let step = MeetingStepName::parse(&name).ok_or_else(|| told(Problem::NotFound))?;
    let form = step.form().ok_or_else(|| told(Problem::NotFound))?;
    let may = desk.actor.may(step.action());
    may.map_err(|refusal| told(Problem::Refused(refusal)))?;
    // Whether the meeting may be known of comes before what was sent.
    let found = find(&desk, &number).await.map_err(told)?;
    let stands = |version| version == found.meeting.version;
    let condition = Condition::of(&headers)?.met_by(stands, Refusal::MeetingMoved, &headers)?;
    let common = Common::taken_from(&mut sent).map_err(|error| unreadable(format!("{error}")))?;
    let typed = typed(form.fields, &[], sent)?;
    let carried_out = async {
        let asked = Asked {
            version: condition.or(common.version()),
            happened: common.happened_at()?,
            wish: (form.read)(&typed, &door::reading(&desk))?,
            files: common.attachments(),
        };
        let number = found.meeting.number;
        let done = meetings::carry_out(&desk, number, asked).await;
        done.map_err(problem)?;
        shown(&desk, &number.to_string()).await
    };
    carried_out.await.map_err(told)
}
