//! Tasks: the list of all, and those that are cases by themselves, given, read and moved on by
//! programs through the door of the forms.

use app::serve::Problem;
use app::serve::visit::problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Action;
use domain::case::History;
use domain::task::giving::TAKES;
use domain::task::{GivingDraft, Source, TaskCase, TaskEvent, TaskLine};
use domain::time::rfc3339;
use serde::Serialize;
use serde_json::{Map, Value};
use store::cases::Found;
use store::tasks::{Of, Which};
use store::{Context, tasks};
use utoipa::ToSchema;

use super::cases;
use super::cases::{Exposed, Shown, shown};
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
    pub fn of(task: &TaskLine, ctx: &Context) -> Self {
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
            light: task.light(ctx.now).code(),
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
    Extension(ctx): Extension<Context>,
    headers: HeaderMap,
) -> Result<Json<TasksJson>, ProblemJson> {
    let asked = async {
        ctx.actor.may(Action::SeeTasks)?;
        let (given, total) = tasks::tasks(&ctx, Which::Open, 0, MOST)
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
                task: TaskJson::of(&given.task, &ctx),
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

impl Exposed for TaskCase {
    type Json = WholeTaskJson;
    const SEES: Action = Action::SeeTasks;

    async fn json(ctx: &Context, found: &Found<Self>) -> Result<WholeTaskJson, Problem> {
        let case = &found.case;
        let line = case.task.line(&ctx.book);
        let report = line.report.as_ref();
        Ok(WholeTaskJson {
            number: case.number.to_string(),
            title: case.title.as_str().to_owned(),
            task: TaskJson::of(&line, ctx),
            basis: line.basis.as_ref().map(|basis| basis.as_str().to_owned()),
            given_at: rfc3339(line.given_at),
            report: report.map(|report| report.text.as_str().to_owned()),
            reported_at: report.map(|report| rfc3339(report.at)),
            not_done: line.not_done.as_ref().map(|why| why.as_str().to_owned()),
            version: case.version(),
        })
    }

    fn events(ctx: &Context, found: &Found<Self>) -> Vec<EventJson> {
        let told = |event: &TaskEvent| {
            let details = event.what.json(&found.case.telling(ctx));
            EventJson::of(event, event.by.name_for(&ctx.actor, true), details)
        };
        found.events.iter().map(told).collect()
    }
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
    Extension(ctx): Extension<Context>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Shown<TaskCase>, ProblemJson> {
    let shown = shown::<TaskCase>(&ctx, &number).await;
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
    Extension(ctx): Extension<Context>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Json<EventsJson>, ProblemJson> {
    cases::events::<TaskCase>(&ctx, &number, &headers).await
}

/// Gives a task by itself.
pub async fn give(
    Extension(ctx): Extension<Context>,
    headers: HeaderMap,
    Body(Fields(mut sent)): Body<Fields>,
) -> Result<Response, ProblemJson> {
    let may = ctx.actor.may(Action::GiveTasks);
    may.map_err(|refusal| ProblemJson::of(Problem::Refused(refusal), &headers))?;
    // Nothing else goes along with what begins a case.
    let mut along: Map<String, Value> = sent.remove_entry("attachments").into_iter().collect();
    let files = Common::taken_from(&mut along);
    let files = files.map_err(|error| unreadable(format!("{error}")))?;
    let typed = typed(&TAKES, &[], sent)?;
    let number = tasks::give(&ctx, GivingDraft::read(&typed), files.attachments()).await;
    let number = number.map(|number| number.to_string()).map_err(problem);
    cases::begun::<TaskCase>(&ctx, number, &headers).await
}
