use app::serve::Problem;
use app::serve::visit::problem;
use axum::Json;
use axum::extract::Extension;
use axum::http::HeaderMap;
use domain::{Field, ProjectNumber};
use serde::{Deserialize, Serialize};
use store::projects::Listed;
use store::{Context, guidance, projects};
use utoipa::{IntoParams, ToSchema};

use super::problem::ProblemJson;
use super::read::Query;

#[derive(Debug, Default, Deserialize, IntoParams)]
// A filter that is misspelt would show too much.
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProjectsQuery {
    /// In the number, the name or the enterprise's name.
    q: String,
    /// `next` of the page before.
    after: Option<String>,
    /// 1 to 200; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
}

/// A page of projects, by number.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectsJson {
    items: Vec<ProjectJson>,
    /// Hand it in as `after`; null at the end.
    next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ProjectJson {
    number: String,
    name: String,
    enterprise: String,
    /// province prefecture county
    level: &'static str,
    township: String,
    /// The leader in charge; null where there is none.
    leader: Option<String>,
    /// Its orders that the caller may see.
    orders: u64,
}

impl ProjectJson {
    fn of(listed: &Listed) -> Self {
        let project = &listed.project;
        Self {
            number: project.number.to_string(),
            name: project.name.as_str().to_owned(),
            enterprise: listed.enterprise.clone(),
            level: project.level.code(),
            township: project.township.to_string(),
            leader: listed.leader.clone(),
            orders: listed.orders,
        }
    }
}

/// The projects of the register; an enterprise's are its own.
#[utoipa::path(
    get, path = "/projects", params(ProjectsQuery),
    responses(
        (status = 200, body = ProjectsJson), (status = 400, body = ProblemJson),
        (status = 403, body = ProblemJson),
    )
)]
pub async fn projects(
    Extension(ctx): Extension<Context>,
    headers: HeaderMap,
    Query(query): Query<ProjectsQuery>,
) -> Result<Json<ProjectsJson>, ProblemJson> {
    let page = async {
        let limit = query.limit.unwrap_or(50);
        if !(1..=200).contains(&limit) {
            return Err(Problem::Malformed);
        }
        let after = match query.after.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(after) => {
                let after = ProjectNumber::parse(Field::Project, after);
                Some(after.map_err(|_| Problem::Malformed)?)
            }
        };
        projects::list(&ctx, &query.q, after.as_ref(), limit)
            .await
            .map_err(problem)
    };
    match page.await {
        Ok(page) => Ok(Json(ProjectsJson {
            items: page.items.iter().map(ProjectJson::of).collect(),
            next: page.next.map(|number| number.to_string()),
        })),
        Err(problem) => Err(ProblemJson::of(problem, &headers)),
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
// A filter that is misspelt would show too much.
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GuidanceQuery {
    /// Words of the question or the answer.
    q: String,
    category: Option<String>,
}

/// Answers that were published, the likeliest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuidanceJson {
    items: Vec<AnswerJson>,
    /// Whether there are more than these.
    more: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct AnswerJson {
    id: i64,
    title: String,
    category: String,
    department: String,
    text: String,
    basis: Option<String>,
    published_at: String,
}

/// Published answers.
#[utoipa::path(
    get, path = "/guidance", params(GuidanceQuery),
    responses((status = 200, body = GuidanceJson), (status = 403, body = ProblemJson))
)]
pub async fn guidance(
    Extension(ctx): Extension<Context>,
    headers: HeaderMap,
    Query(query): Query<GuidanceQuery>,
) -> Result<Json<GuidanceJson>, ProblemJson> {
    let category = query.category.as_deref().filter(|code| !code.is_empty());
    let found = guidance::search(&ctx, &query.q, category).await;
    let (items, more) = found.map_err(|error| ProblemJson::of(problem(error), &headers))?;
    let item = |one: guidance::Published| AnswerJson {
        id: one.id,
        title: one.guidance.title.into(),
        category: one.guidance.category,
        department: one.guidance.body.to_string(),
        text: one.guidance.text.into(),
        basis: one.guidance.basis.map(Into::into),
        published_at: domain::time::rfc3339(one.at),
    };
    Ok(Json(GuidanceJson {
        items: items.into_iter().map(item).collect(),
        more,
    }))
}
