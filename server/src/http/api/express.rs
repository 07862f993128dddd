use app::serve::Problem;
use app::serve::visit::problem;
use axum::Json;
use axum::extract::Extension;
use axum::http::HeaderMap;
use domain::Action;
use domain::order::ExpressState;
use domain::time::rfc3339;
use serde::Serialize;
use store::meetings::{Listed, Which};
use store::{Context, meetings, orders};
use utoipa::ToSchema;

use super::order_json::OrderJson;
use super::problem::ProblemJson;
use super::tasks::TaskJson;

/// Orders of the express that are shown at once.
const MOST: u16 = 200;

/// What stands on the mayor's express, the longest waiting first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpressJson {
    items: Vec<MatterJson>,
    /// How many there are; at most 200 are in `items`.
    total: u64,
}

#[derive(Debug, Serialize, ToSchema)]
struct MatterJson {
    order: OrderJson,
    /// The difficulty in one sentence; null where nobody has described it yet.
    difficulty: Option<String>,
    since: String,
    /// The body that holds it up.
    stuck_with: Option<String>,
    tasks: Vec<TaskJson>,
}

/// Candidates, matters and what was decided.
#[utoipa::path(
    get, path = "/express",
    responses((status = 200, body = ExpressJson), (status = 403, body = ProblemJson))
)]
pub async fn express(
    Extension(ctx): Extension<Context>,
    headers: HeaderMap,
) -> Result<Json<ExpressJson>, ProblemJson> {
    let asked = async {
        ctx.actor.may(Action::SeeExpress)?;
        let states = ExpressState::ALL.map(|state| {
            let is_over = matches!(state, ExpressState::Concluded | ExpressState::Settled);
            (!is_over, state)
        });
        let open: Vec<ExpressState> = states
            .into_iter()
            .filter_map(|(open, state)| open.then_some(state))
            .collect();
        let (found, total) = orders::on_express(&ctx, &open, MOST)
            .await
            .map_err(problem)?;
        let items = found.iter().map(|one| {
            let brief = one.order.track.as_ref().and_then(|track| track.brief());
            let since = one.listed.overview.express.map(|(_, since)| since);
            MatterJson {
                order: OrderJson::of(&one.listed.overview, &ctx),
                difficulty: brief.map(|brief| brief.difficulty.as_str().to_owned()),
                since: rfc3339(since.unwrap_or(one.order.placed_at)),
                stuck_with: orders::stuck_with(&one.order, &ctx).map(|body| body.to_string()),
                tasks: one
                    .listed
                    .overview
                    .tasks
                    .iter()
                    .map(|task| TaskJson::of(task, &ctx))
                    .collect(),
            }
        });
        let items = items.collect();
        Ok::<_, Problem>(ExpressJson { items, total })
    };
    let asked = asked.await;
    asked
        .map(Json)
        .map_err(|problem| ProblemJson::of(problem, &headers))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MeetingsJson {
    items: Vec<MeetingJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct MeetingJson {
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
    /// How many matters its agenda has; not for enterprises.
    #[serde(skip_serializing_if = "Option::is_none")]
    matters: Option<u32>,
}

impl MeetingJson {
    fn of(listed: &Listed) -> Self {
        Self {
            number: listed.number.to_string(),
            kind: listed.kind.code(),
            title: listed.title.clone(),
            starts_at: rfc3339(listed.starts_at),
            minutes: listed.minutes,
            place: listed.place.clone(),
            chair: listed.chair.clone(),
            state: listed.state.code(),
            matters: listed.matters,
        }
    }
}

/// Meetings to come, that the caller calls or is invited to.
#[utoipa::path(
    get, path = "/meetings",
    responses((status = 200, body = MeetingsJson), (status = 403, body = ProblemJson))
)]
pub async fn meetings(
    Extension(ctx): Extension<Context>,
    headers: HeaderMap,
) -> Result<Json<MeetingsJson>, ProblemJson> {
    let asked = async {
        ctx.actor.may(Action::SeeMeetings)?;
        let ahead = meetings::list(&ctx, Which::Ahead, MOST)
            .await
            .map_err(problem)?;
        let items = ahead.iter().map(MeetingJson::of).collect();
        Ok::<_, Problem>(MeetingsJson { items })
    };
    let asked = asked.await;
    asked
        .map(Json)
        .map_err(|problem| ProblemJson::of(problem, &headers))
}
