use app::serve::Problem;
use app::serve::visit::problem;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::BodyCode;
use store::context::Trace;
use store::sessions::Bearer;
use store::{Context, sessions};

use super::problem::ProblemJson;
use crate::clock::Clock;
use crate::http::AppState;
use crate::http::limits::too_many;
use crate::http::request::Address;
use crate::http::visits::{refused, trace};

/// Puts the context of the token's user into the request.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let trace = trace(&request);
    match context(&state, request.headers(), trace.clone()).await {
        Ok((ctx, Bearer { person, township })) => {
            let address = request.extensions().get::<Address>().copied();
            if !address.is_some_and(Address::is_this_machine)
                && let Err(problem) = state.by_account.check(&person.name)
            {
                return too_many(problem, request.headers());
            }
            let actor = ctx.actor.clone();
            let asked = format!("{} {}", request.method(), request.uri().path());
            request.extensions_mut().insert(ctx);
            request.extensions_mut().insert(Home(township));
            let response = next.run(request).await;
            refused(&state, response.status(), Some(&actor), &trace, asked).await;
            response
        }
        Err(problem) => ProblemJson::of(problem, request.headers()).into_response(),
    }
}

/// Where the caller's enterprise sits.
#[derive(Clone)]
pub struct Home(pub Option<BodyCode>);

/// The context, and whose token it was.
async fn context(
    state: &AppState,
    headers: &HeaderMap,
    trace: Trace,
) -> Result<(Context, Bearer), Problem> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token)
        .ok_or(Problem::NotSignedIn)?;
    let (wall, policy) = (Clock::wall(), state.store.policy());
    let bearer = sessions::bearer(&state.store, token.trim(), wall, &policy)
        .await
        .map_err(problem)?
        .ok_or(Problem::NotSignedIn)?;
    let actor = bearer.person.actor.clone();
    let ctx = Context::new(state.store.clone(), actor, state.clock.now());
    Ok((ctx.traced(trace), bearer))
}
