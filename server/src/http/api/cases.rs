//! Cases of the kinds that their events alone tell, as programs read them and move them on:
//! through the door of the forms.

use std::future::Future;

use app::serve::visit::problem;
use app::serve::{Problem, door};
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Action;
use domain::case::Telling;
use domain::case::door::{Name, StepName};
use serde::Serialize;
use store::cases::{Found, Stored};
use store::{Asked, Context, cases};

use super::condition::{Condition, etag};
use super::door::{Fields, typed, unreadable};
use super::event_json::EventJson;
use super::orders::EventsJson;
use super::problem::ProblemJson;
use super::read::{Body, Common};

/// A kind as programs read it.
pub trait Exposed: Stored<Shown = Self> {
    type Json: Serialize + Send;
    /// Whoever may not know of any.
    const SEES: Action;

    fn json(
        ctx: &Context,
        found: &Found<Self>,
    ) -> impl Future<Output = Result<Self::Json, Problem>> + Send;

    /// What happened to it, as far as the caller sees it.
    fn events(ctx: &Context, found: &Found<Self>) -> Vec<EventJson>;

    fn telling<'a>(&'a self, ctx: &'a Context) -> Telling<'a, Self> {
        Telling {
            case: self,
            reader: &ctx.actor,
            book: &ctx.book,
        }
    }
}

pub type Shown<C> = ([(HeaderName, String); 1], Json<<C as Exposed>::Json>);

async fn find<C: Exposed>(ctx: &Context, number: &str) -> Result<Found<C>, Problem> {
    ctx.actor.may(C::SEES)?;
    cases::find(ctx, number).await.map_err(problem)
}

/// The case, with its version.
pub async fn shown<C: Exposed>(ctx: &Context, number: &str) -> Result<Shown<C>, Problem> {
    let found = find::<C>(ctx, number).await?;
    let version = found.case.version();
    Ok((etag(version), Json(C::json(ctx, &found).await?)))
}

/// What happened to it, as far as the caller sees it, the first event first.
pub async fn events<C: Exposed>(
    ctx: &Context,
    number: &str,
    headers: &HeaderMap,
) -> Result<Json<EventsJson>, ProblemJson> {
    let found = find::<C>(ctx, number).await;
    let found = found.map_err(|problem| ProblemJson::of(problem, headers))?;
    let items = C::events(ctx, &found);
    Ok(Json(EventsJson { items }))
}

/// One that has begun just now.
pub async fn begun<C: Exposed>(
    ctx: &Context,
    number: Result<String, Problem>,
    headers: &HeaderMap,
) -> Result<Response, ProblemJson> {
    let told = |problem| ProblemJson::of(problem, headers);
    let number = number.map_err(told)?;
    let location = format!("/api/v1/{}s/{number}", C::KIND.code());
    let shown = shown::<C>(ctx, &number).await.map_err(told)?;
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], shown).into_response())
}

/// A step on a case; the answer is the case after it.
pub async fn step<C: Exposed>(
    Extension(ctx): Extension<Context>,
    Path((number, name)): Path<(String, String)>,
    headers: HeaderMap,
    Body(Fields(mut sent)): Body<Fields>,
) -> Result<Shown<C>, ProblemJson> {
    let told = |problem| ProblemJson::of(problem, &headers);
    let mut steps = Name::<C>::ALL.iter().copied();
    let step = steps.find(|step| step.code() == name);
    let step = step.ok_or_else(|| told(Problem::NotFound))?;
    let form = step.form().ok_or_else(|| told(Problem::NotFound))?;
    let may = ctx.actor.may(C::action(step));
    may.map_err(|refusal| told(Problem::Refused(refusal)))?;
    // Whether the case may be known of comes before what was sent.
    let found = find::<C>(&ctx, &number).await.map_err(told)?;
    let stands = |version| version == found.case.version();
    let condition = Condition::of(&headers)?.met_by(stands, C::moved(), &headers)?;
    let common = Common::taken_from(&mut sent).map_err(|error| unreadable(format!("{error}")))?;
    let typed = typed(form.fields, &[], sent)?;
    let carried_out = async {
        let asked = Asked {
            version: condition.or(common.version()),
            happened: common.happened_at()?,
            wish: (form.read)(&typed, &door::reading(&ctx))?,
            files: common.attachments(),
        };
        let number = found.case.number();
        let done = cases::carry_out::<C>(&ctx, number.clone(), asked).await;
        done.map_err(problem)?;
        shown::<C>(&ctx, &number).await
    };
    carried_out.await.map_err(told)
}
