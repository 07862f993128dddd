//! Tasks: the list of all, and those that are cases by themselves, given, read and moved on by
//! programs through the door of the forms.

use app::problem::Problem;
use app::serve::door;
use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::task::giving::TAKES;
use domain::task::{GivingDraft, Source, TaskLine, TaskNumber, TaskStepName};
use domain::time::rfc3339;
use domain::{Action, Refusal};
use serde::Serialize;
use serde_json::{Map, Value};
use store::tasks::{self, Found, Of, Which};
use store::{Asked, Desk};
use utoipa::ToSchema;

use super::condition::{Condition, etag};
use super::door::{Fields, typed, unreadable};
use super::event_json::EventJson;
use super::orders::EventsJson;
use super::problem::ProblemJson;
use super::read::{Body, Common};

/// Tasks that are shown at once.
const MOST: u16 = 200;

/// What a body is to do, whoever gave it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskJson {
    /// The event of its case that gave it.
    task: u32,
    text: String,
    owner: String,
    co_owners: Vec<String>,
    proof: String,
    /// decision instruction supervision
    source: &'static str,
    meeting: Option<String>,
    due_at: String,
    /// none green yellow red
    light: &'static str,
    /// open reported done replaced withdrawn
    state: &'static str,
}

impl TaskJson {
    pub fn of(task: &TaskLine, desk: &Desk) -> Self {
        let others = task.duty.co_owners.iter();
        let (source, meeting) = match task.source {
            Source::Instruction => ("instruction", None),
            Source::Supervision => ("supervision", None),
            Source::Decision { meeting } => ("decision", Some(meeting.to_string())),
        };
        Self {
            task: task.seq,
            text: task.duty.text.as_str().to_owned(),
            owner: task.duty.owner.to_string(),
            co_owners: others.map(ToString::to_string).collect(),
            proof: task.duty.proof.as_str().to_owned(),
            source,
            meeting,
            due_at: rfc3339(task.due.at),
            light: task.light(desk.now).code(),
            state: task.state.code(),
        }
    }
}

/// The tasks of whoever asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct TasksJson {
    items: Vec<ListedTaskJson>,
    total: u64,
}

#[derive(Debug, Serialize, ToSchema)]
struct ListedTaskJson {
    /// Of the order that it is of; null where it is of none.
    order: Option<String>,
    /// Its own, where it is a case by itself.
    number: Option<String>,
    title: String,
    #[serde(flatten)]
    task: TaskJson,
}

/// Tasks that are not done, the nearest deadline first; a body's are its own.
#[utoipa::path(
    get, path = "/tasks",
    responses((status = 200, body = TasksJson), (status = 403, body = ProblemJson))
)]
pub async fn tasks(
    Extension(desk): Extension<Desk>,
    headers: HeaderMap,
) -> Result<Json<TasksJson>, ProblemJson> {
    let asked = async {
        desk.actor.may(Action::SeeTasks)?;
        let (given, total) = tasks::tasks(&desk, Which::Open, 0, MOST)
            .await
            .map_err(problem)?;
        let items = given.iter().map(|given| {
            let (order, number) = match &given.of {
                Of::Order { number, .. } => (Some(number.to_string()), None),
                Of::Itself(number) => (None, Some(number.to_string())),
            };
            ListedTaskJson {
                order,
                number,
                title: given.title.clone(),
                task: TaskJson::of(&given.task, &desk),
            }
        });
        let items = items.collect();
        Ok::<_, Problem>(TasksJson { items, total })
    };
    let asked = asked.await;
    asked
        .map(Json)
        .map_err(|problem| ProblemJson::of(problem, &headers))
}

/// A task that is a case by itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeTaskJson {
    number: String,
    title: String,
    #[serde(flatten)]
    task: TaskJson,
    basis: Option<String>,
    given_at: String,
    /// What its owner said, where it calls it done.
    report: Option<String>,
    reported_at: Option<String>,
    /// Why it was not taken for done, at last.
    not_done: Option<String>,
    version: u32,
}

type Shown = ([(HeaderName, String); 1], Json<WholeTaskJson>);

async fn find(desk: &Desk, number: &str) -> Result<Found, Problem> {
    desk.actor.may(Action::SeeTasks)?;
    let number = TaskNumber::parse(number).ok_or(Problem::NotFound)?;
    tasks::find(desk, number).await.map_err(problem)
}

async fn shown(desk: &Desk, number: &str) -> Result<Shown, Problem> {
    let case = find(desk, number).await?.case;
    let line = case.task.line(&desk.book);
    let report = line.report.as_ref();
    let whole = WholeTaskJson {
        number: case.number.to_string(),
        title: case.title.as_str().to_owned(),
        task: TaskJson::of(&line, desk),
        basis: line.basis.as_ref().map(|basis| basis.as_str().to_owned()),
        given_at: rfc3339(line.given_at),
        report: report.map(|report| report.text.as_str().to_owned()),
        reported_at: report.map(|report| rfc3339(report.at)),
        not_done: line.not_done.as_ref().map(|why| why.as_str().to_owned()),
        version: case.version,
    };
    Ok((etag(case.version), Json(whole)))
}

/// One task that is a case by itself.
#[utoipa::path(
    get, path = "/tasks/{number}", params(("number" = String, Path)),
    responses(
        (status = 200, body = WholeTaskJson), (status = 403, body = ProblemJson),
        (status = 404, body = ProblemJson)
    )
)]
pub async fn task(
    Extension(desk): Extension<Desk>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Shown, ProblemJson> {
    let shown = shown(&desk, &number).await;
    shown.map_err(|problem| ProblemJson::of(problem, &headers))
}

/// What happened to a task, the first event first.
#[utoipa::path(
    get, path = "/tasks/{number}/events", params(("number" = String, Path)),
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
    let items = found.events.iter();
    let items = items.map(|event| EventJson::of_task(event, &found.case, &desk));
    let items = items.collect();
    Ok(Json(EventsJson { items }))
}

/// Gives a task by itself.
pub async fn give(
    Extension(desk): Extension<Desk>,
    headers: HeaderMap,
    Body(Fields(mut sent)): Body<Fields>,
) -> Result<Response, ProblemJson> {
    let told = |problem| ProblemJson::of(problem, &headers);
    let may = desk.actor.may(Action::GiveTasks);
    may.map_err(|refusal| told(Problem::Refused(refusal)))?;
    // Nothing else goes along with what begins a case.
    let mut along: Map<String, Value> = sent.remove_entry("attachments").into_iter().collect();
    let files = Common::taken_from(&mut along);
    let files = files.map_err(|error| unreadable(format!("{error}")))?;
    let typed = typed(&TAKES, &[], sent)?;
    let number = tasks::give(&desk, GivingDraft::read(&typed), files.attachments()).await;
    let number = number.map_err(|error| told(problem(error)))?.to_string();
    let location = format!("/api/v1/tasks/{number}");
    let shown = shown(&desk, &number).await.map_err(told)?;
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], shown).into_response())
}

/// A step on a task; the answer is the task after it.
pub async fn step(
    Extension(desk): Extension<Desk>,
    Path((number, name)): Path<(String, String)>,
    headers: HeaderMap,
    Body(Fields(mut sent)): Body<Fields>,
) -> Result<Shown, ProblemJson> {
    let told = |problem| ProblemJson::of(problem, &headers);
    let step = TaskStepName::parse(&name).ok_or_else(|| told(Problem::NotFound))?;
    let form = step.form().ok_or_else(|| told(Problem::NotFound))?;
    let may = desk.actor.may(step.action());
    may.map_err(|refusal| told(Problem::Refused(refusal)))?;
    // Whether the task may be known of comes before what was sent.
    let found = find(&desk, &number).await.map_err(told)?;
    let stands = |version| version == found.case.version;
    let condition = Condition::of(&headers)?.met_by(stands, Refusal::TaskMoved, &headers)?;
    let common = Common::taken_from(&mut sent).map_err(|error| unreadable(format!("{error}")))?;
    let typed = typed(form.fields, &[], sent)?;
    let carried_out = async {
        let asked = Asked {
            version: condition.or(common.version()),
            happened: common.happened_at()?,
            wish: (form.read)(&typed, &door::reading(&desk))?,
            files: common.attachments(),
        };
        let number = found.case.number;
        let done = tasks::carry_out(&desk, number, asked).await;
        done.map_err(problem)?;
        shown(&desk, &number.to_string()).await
    };
    carried_out.await.map_err(told)
}
