//! What of meetings is taken away: calendars, and minutes as a document.

mod calendar;
mod paper;

use app::areas::meetings::minutes::server as minutes;
use app::serve::visit::problem;
use app::serve::{Problem, Visit};
use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::Action;
use domain::case::History;
use domain::meeting::MeetingNumber;
use store::meetings::Which;
use store::{Context, feeds, meetings, people};
use words::lang::Lang;

use super::AppState;
use super::api::problem::ProblemJson;
use super::attachments::disposition;

/// Meetings that a calendar holds at most.
const MOST: u16 = 500;

/// One meeting, for a calendar program.
pub async fn event(
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let ctx = context(&visit)?;
        let found = found(&ctx, &number).await?;
        let row = app::areas::meetings::meeting::server::row_of(&found.meeting);
        let minutes = found.meeting.plan.minutes;
        let one = calendar::Entry::of_row(
            &row,
            minutes,
            found.meeting.plan.starts_at,
            found.meeting.version(),
        );
        Ok(calendar::write(&[one], visit.now, &visit.channel.origin))
    };
    let name = format!("{number}.ics");
    answered(&name, calendar::MEDIA_TYPE, made.await, &headers)
}

/// What somebody subscribes to, by its secret address: every meeting that they may know of
/// in any of their roles.
pub async fn feed(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let secret = secret.strip_suffix(".ics").unwrap_or(&secret);
        let user = feeds::whose(&state.store, secret).await.map_err(problem)?;
        let user = user.ok_or(Problem::NotFound)?;
        let now = state.clock.now();
        let mut entries: Vec<calendar::Entry> = Vec::new();
        // Of an account that is disabled there are none.
        let roles = people::memberships(&state.store, user).await;
        for person in roles.map_err(problem)? {
            let ctx = Context::new(state.store.clone(), person.actor, now);
            if ctx.actor.may(Action::SeeMeetings).is_err() {
                continue;
            }
            let listed = meetings::list(&ctx, Which::Calendar, MOST).await;
            for one in listed.map_err(problem)? {
                let entry = calendar::Entry::of(&one);
                if !entries.iter().any(|known| known.number == entry.number) {
                    entries.push(entry);
                }
            }
        }
        Ok(calendar::write(&entries, now, ""))
    };
    answered("meetings.ics", calendar::MEDIA_TYPE, made.await, &headers)
}

/// The minutes as a document, to be finished in WPS or Word.
pub async fn docx(
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let ctx = context(&visit)?;
        let found = found(&ctx, &number).await?;
        let sheet = minutes::of(&ctx, &found, Lang::Zh).await?;
        paper::write(&sheet).map_err(|error| {
            tracing::error!(%error, "minutes could not be written as a document");
            Problem::Failed
        })
    };
    let name = format!("{number}.docx");
    answered(&name, paper::MEDIA_TYPE, made.await, &headers)
}

fn context(visit: &Visit) -> Result<Context, Problem> {
    let person = visit.person.clone().ok_or(Problem::NotSignedIn)?;
    person.actor.may(Action::SeeMeetings)?;
    Ok(Context::new(visit.store.clone(), person.actor, visit.now))
}

async fn found(ctx: &Context, number: &str) -> Result<meetings::Found, Problem> {
    let number = MeetingNumber::parse(number).ok_or(Problem::NotFound)?;
    meetings::find(ctx, number).await.map_err(problem)
}

fn answered(
    name: &str,
    media_type: &str,
    made: Result<impl Into<Body>, Problem>,
    asked: &HeaderMap,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(false, name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    match made {
        Ok(body) => (headers, body.into()).into_response(),
        Err(problem) => ProblemJson::of(problem, asked).into_response(),
    }
}
