use app::serve::Problem;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::HeaderMap;
use chrono::NaiveDate;
use serde::Serialize;
use store::Context;
use utoipa::ToSchema;

use super::problem::ProblemJson;

/// The bodies that orders can be dispatched to.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentsJson {
    items: Vec<DepartmentJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DepartmentJson {
    code: String,
    name: String,
    short: String,
    /// joint_approval factor other subdistrict town township
    kind: &'static str,
}

/// Departments and townships.
#[utoipa::path(get, path = "/departments", responses((status = 200, body = DepartmentsJson)))]
pub async fn departments(Extension(ctx): Extension<Context>) -> Json<DepartmentsJson> {
    let bodies = ctx.book.directory.bodies.iter();
    let items = bodies
        .filter(|body| body.kind.fulfils_orders())
        .map(|body| DepartmentJson {
            code: body.code.to_string(),
            name: body.name.zh.clone(),
            short: body.short.zh.clone(),
            kind: body.kind.code(),
        })
        .collect();
    Json(DepartmentsJson { items })
}

/// The working days of a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarJson {
    year: i32,
    /// Whether the State Council's notice is in; without it Monday to Friday count.
    published: bool,
    working_days: u32,
    /// Days that do not go by their weekday.
    days: Vec<DayJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DayJson {
    date: String,
    name: String,
    /// off work
    kind: &'static str,
}

/// The calendar of a year, 2000 to 2099.
#[utoipa::path(
    get, path = "/calendar/{year}", params(("year" = i32, Path)),
    responses((status = 200, body = CalendarJson), (status = 404, body = ProblemJson))
)]
pub async fn calendar(
    Extension(ctx): Extension<Context>,
    Path(year): Path<String>,
    headers: HeaderMap,
) -> Result<Json<CalendarJson>, ProblemJson> {
    let calendar = &ctx.book.calendar;
    let none = || ProblemJson::of(Problem::NotFound, &headers);
    let year: i32 = year.parse().map_err(|_| none())?;
    if !(2000..=2099).contains(&year) {
        return Err(none());
    }
    let first = NaiveDate::from_ymd_opt(year, 1, 1).ok_or_else(none)?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31).ok_or_else(none)?;
    let days = calendar.named_of(year).map(|(date, named)| DayJson {
        date: date.to_string(),
        name: named.name.clone(),
        kind: named.kind.name(),
    });
    Ok(Json(CalendarJson {
        year,
        published: calendar.is_published(year),
        working_days: calendar.working_days(first, last),
        days: days.collect(),
    }))
}
