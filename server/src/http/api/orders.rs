use app::serve::Problem;
use app::serve::visit::problem;
use app::sheets;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use domain::order::placement::Draft;
use domain::order::{Number, Placement, StepName};
use serde::{Deserialize, Serialize};
use store::orders::Sort;
use store::{Context, contact_reads, orders};
use utoipa::{IntoParams, ToSchema};

use super::bearer::Home;
use super::condition::etag;
use super::event_json::EventJson;
use super::order_json::OrderJson;
use super::problem::ProblemJson;
use super::read::{Body, Query, number};

/// What an enterprise asks for.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceJson {
    /// At most 80 characters.
    title: String,
    /// At most 5,000 characters.
    content: String,
    category: String,
    urgency: String,
    /// Code of the township; where the enterprise sits if it is left out.
    township: String,
    project: Option<String>,
    /// The number of a joint meeting that one is invited to.
    meeting: Option<String>,
    contact: ContactInput,
    /// Ids of files that were sent.
    attachments: Vec<i64>,
}

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ContactInput {
    name: String,
    phone: String,
}

/// Place an order. The same `Idempotency-Key` gives the same order, once.
#[utoipa::path(
    post, path = "/orders", request_body = PlaceJson,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 201, body = OrderJson, headers(("Location" = String))),
        (status = 403, body = ProblemJson), (status = 422, body = ProblemJson),
    )
)]
pub async fn place(
    Extension(ctx): Extension<Context>,
    Extension(home): Extension<Home>,
    headers: HeaderMap,
    Body(wish): Body<PlaceJson>,
) -> Result<Response, ProblemJson> {
    let placed = place_order(&ctx, home, &headers, wish).await;
    let order = placed.map_err(|problem| ProblemJson::of(problem, &headers))?;
    let location = format!("/api/v1/orders/{}", order.0);
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        Json(order.1),
    )
        .into_response())
}

async fn place_order(
    ctx: &Context,
    Home(home): Home,
    headers: &HeaderMap,
    wish: PlaceJson,
) -> Result<(Number, OrderJson), Problem> {
    let Some(home) = home else {
        return Err(Problem::Refused(Refusal::NotYours {
            step: StepName::Place,
        }));
    };
    let key = match headers.get("idempotency-key") {
        Some(key) => Some(key.to_str().map_err(|_| Problem::Malformed)?.to_owned()),
        None => None,
    };
    if key
        .as_ref()
        .is_some_and(|key| key.is_empty() || key.len() > 200)
    {
        return Err(Problem::Malformed);
    }
    let township = if wish.township.trim().is_empty() {
        home.to_string()
    } else {
        wish.township
    };
    let draft = Draft {
        title: wish.title,
        content: wish.content,
        category: wish.category,
        urgency: wish.urgency,
        township,
        project: wish.project.unwrap_or_default(),
        meeting: wish.meeting.unwrap_or_default(),
        contact_name: wish.contact.name,
        contact_phone: wish.contact.phone,
    };
    let placement = Placement::parse(&draft, &ctx.book.directory)?;
    let overview = orders::place_with(ctx, placement, key, wish.attachments)
        .await
        .map_err(problem)?;
    Ok((overview.number, OrderJson::of(&overview, ctx)))
}

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
// A filter that is misspelt would show too much.
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    stage: Option<String>,
    light: Option<String>,
    department: Option<String>,
    category: Option<String>,
    township: Option<String>,
    urgency: Option<String>,
    rating: Option<String>,
    /// Placed from this day on, and until that day: 2026-11-25.
    from: Option<String>,
    until: Option<String>,
    /// Words of the number, title, content or enterprise; or a whole telephone number.
    q: Option<String>,
    /// The number of a project.
    project: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// 1 to 200; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
}

/// A page of orders, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListJson {
    items: Vec<OrderJson>,
    /// Hand it in as `after`; null at the end.
    next: Option<String>,
}

/// The orders that the caller may see.
#[utoipa::path(
    get, path = "/orders", params(ListQuery),
    responses((status = 200, body = ListJson), (status = 400, body = ProblemJson))
)]
pub async fn list(
    Extension(ctx): Extension<Context>,
    headers: HeaderMap,
    Query(query): Query<ListQuery>,
) -> Result<Json<ListJson>, ProblemJson> {
    let listed = list_orders(&ctx, query).await;
    listed
        .map(Json)
        .map_err(|problem| ProblemJson::of(problem, &headers))
}

async fn list_orders(ctx: &Context, query: ListQuery) -> Result<ListJson, Problem> {
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Problem::Malformed);
    }
    let filter = app::areas::orders::list::server::filter(
        ctx,
        &sheets::Query {
            stage: query.stage.unwrap_or_default(),
            light: query.light.unwrap_or_default(),
            department: query.department.unwrap_or_default(),
            category: query.category.unwrap_or_default(),
            township: query.township.unwrap_or_default(),
            urgency: query.urgency.unwrap_or_default(),
            rating: query.rating.unwrap_or_default(),
            from: query.from.unwrap_or_default(),
            until: query.until.unwrap_or_default(),
            q: query.q.unwrap_or_default(),
            project: query.project.unwrap_or_default(),
            ..sheets::Query::default()
        },
    )?;
    let after = choice(query.after, Number::parse)?;
    let page = orders::list(ctx, &filter, Sort::NewestFirst, after, limit)
        .await
        .map_err(problem)?;
    let shown = page.items.iter().map(|item| &item.overview);
    contact_reads::note_shown(ctx, shown)
        .await
        .map_err(problem)?;
    Ok(ListJson {
        items: page
            .items
            .iter()
            .map(|item| OrderJson::of(&item.overview, ctx))
            .collect(),
        next: page.next.map(|number| number.to_string()),
    })
}

fn choice<T>(
    code: Option<String>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    match code.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(code) => parse(code).map(Some).ok_or(Problem::Malformed),
    }
}

/// One order.
#[utoipa::path(
    get, path = "/orders/{number}", params(("number" = String, Path)),
    responses((status = 200, body = OrderJson), (status = 404, body = ProblemJson))
)]
pub async fn order(
    Extension(ctx): Extension<Context>,
    Path(text): Path<String>,
    headers: HeaderMap,
) -> Result<([(HeaderName, String); 1], Json<OrderJson>), ProblemJson> {
    let found = find(&ctx, &text).await;
    let found = found.map_err(|problem| ProblemJson::of(problem, &headers))?;
    let overview = &found.listed.overview;
    Ok((etag(overview.version), Json(OrderJson::of(overview, &ctx))))
}

/// A history.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventsJson {
    pub items: Vec<EventJson>,
}

/// What happened to an order, the first event first.
#[utoipa::path(
    get, path = "/orders/{number}/events", params(("number" = String, Path)),
    responses((status = 200, body = EventsJson), (status = 404, body = ProblemJson))
)]
pub async fn events(
    Extension(ctx): Extension<Context>,
    Path(text): Path<String>,
    headers: HeaderMap,
) -> Result<Json<EventsJson>, ProblemJson> {
    let found = find(&ctx, &text).await;
    let found = found.map_err(|problem| ProblemJson::of(problem, &headers))?;
    let items = found
        .events
        .iter()
        .filter(|event| event.is_seen_by(&ctx.actor))
        .map(|event| EventJson::of_order(event, &found.listed.overview, &ctx))
        .collect();
    Ok(Json(EventsJson { items }))
}

async fn find(ctx: &Context, text: &str) -> Result<orders::Found, Problem> {
    let found = orders::find(ctx, number(text)?).await.map_err(problem)?;
    let shown = std::iter::once(&found.listed.overview);
    contact_reads::note_shown(ctx, shown)
        .await
        .map_err(problem)?;
    Ok(found)
}
