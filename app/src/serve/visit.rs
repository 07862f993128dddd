use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use domain::account::Gate;
use domain::{Instant, Policy, Refusal};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::de::DeserializeOwned;
use store::context::Trace;
use store::error::Lack;
use store::people::Person;
use store::sessions::Session;
use store::{Context, Store};

use crate::frame::Frame;
use crate::problem::ProblemDetails;
use crate::serve::Problem;

/// One request: what the server hands to the pages and server functions.
#[derive(Clone)]
pub struct Visit {
    pub store: Store,
    /// The time by which orders live.
    pub now: Instant,
    /// The real time, by which sessions and codes live.
    pub wall: Instant,
    /// Who acts; nobody while a gate stands before them.
    pub person: Option<Person>,
    /// Set where somebody has signed in, gate or not.
    pub session: Option<Session>,
    pub gate: Option<Gate>,
    pub policy: Arc<Policy>,
    pub trace: Trace,
    pub channel: Channel,
    /// Whether a script asks for something alone, and no page is rendered.
    pub is_asked: bool,
    pub frame: Frame,
    /// Where a server function leaves how it ended, for the plain form's answer;
    /// `None` where none of ours was reached.
    pub outcome: Arc<Mutex<Option<Result<(), Problem>>>>,
}

/// How the program was reached.
#[derive(Clone)]
pub struct Channel {
    /// Scheme and host, as the caller names them.
    pub origin: String,
    /// The cookie that holds a session's secret, as a header's value.
    pub cookie: Arc<dyn Fn(&str) -> String + Send + Sync>,
}

impl Visit {
    /// The context of whoever is signed in.
    pub fn context(&self) -> Result<Context, Problem> {
        let person = self.person.clone().ok_or(Problem::NotSignedIn)?;
        let ctx = Context::new(self.store.clone(), person.actor, self.now);
        Ok(ctx.traced(self.trace.clone()))
    }

    pub fn take_outcome(&self) -> Option<Result<(), Problem>> {
        match self.outcome.lock() {
            Ok(mut slot) => slot.take(),
            Err(poisoned) => poisoned.into_inner().take(),
        }
    }

    pub fn leave(&self, outcome: Result<(), Problem>) {
        match self.outcome.lock() {
            Ok(mut slot) => *slot = Some(outcome),
            Err(poisoned) => *poisoned.into_inner() = Some(outcome),
        }
    }
}

pub fn visit() -> Result<Visit, Problem> {
    use_context::<Visit>().ok_or_else(|| {
        tracing::error!("a server function ran without a visit");
        Problem::Failed
    })
}

/// The context of whoever is signed in.
pub fn context() -> Result<Context, Problem> {
    visit()?.context()
}

/// The context of whoever is signed in and may do it.
pub fn context_for(action: domain::Action) -> Result<Context, Problem> {
    let ctx = context()?;
    ctx.actor
        .may(action)
        .map_err(|refusal: Refusal| Problem::Refused(refusal))?;
    Ok(ctx)
}

/// The session of whoever has signed in, also before a gate.
pub fn session() -> Result<(Visit, Session), Problem> {
    let visit = visit()?;
    let session = visit.session.clone().ok_or(Problem::NotSignedIn)?;
    Ok((visit, session))
}

/// Gives the answer its status, and leaves a refusal where the plain form finds it.
/// A draft to be changed once more; nothing where there is none any more.
pub async fn drafted<T: DeserializeOwned>(
    ctx: &Context,
    kind: &'static str,
    id: &str,
) -> Result<Option<T>, Problem> {
    let Ok(id) = id.trim().parse() else {
        return Ok(None);
    };
    match store::drafts::find(ctx, kind, id).await {
        Ok(draft) => Ok(Some(draft)),
        Err(store::Error::NotFound) => Ok(None),
        Err(error) => Err(problem(error)),
    }
}

pub async fn answer<T>(
    work: impl Future<Output = Result<T, Problem>>,
) -> Result<T, ProblemDetails> {
    let result = work.await;
    let visit = use_context::<Visit>();
    if let Some(visit) = &visit {
        visit.leave(result.as_ref().map(|_| ()).map_err(Clone::clone));
    }
    if let Err(problem) = &result
        && let Some(response) = use_context::<ResponseOptions>()
        && let Ok(status) = StatusCode::from_u16(problem.status())
    {
        response.set_status(status);
    }
    result.map_err(|problem| problem.details(&visit.map(|visit| visit.frame).unwrap_or_default()))
}

/// What a person may know of a failure of the store; the cause goes to the log.
pub fn problem(error: store::Error) -> Problem {
    if let Some(lack) = error.lack() {
        tracing::error!(%error, "the store lacks something");
        return match lack {
            Lack::Room => Problem::DiskFull,
            Lack::Turn => Problem::Busy,
            Lack::Time => Problem::TookTooLong,
        };
    }
    match error {
        store::Error::NotFound => Problem::NotFound,
        store::Error::Refused(refusal) => Problem::Refused(refusal),
        error @ (store::Error::Broken(_)
        | store::Error::BrokenCase(_)
        | store::Error::Unreadable { .. }
        | store::Error::Event(_)
        | store::Error::Row(_)
        | store::Error::Database(_)
        | store::Error::Lacking(_)
        | store::Error::Book(_)
        | store::Error::Stopped
        | store::Error::Panicked
        | store::Error::NoRandomness) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(%error, cause, "the store failed");
            Problem::Failed
        }
    }
}
