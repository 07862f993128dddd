use app::serve::Problem;
use app::serve::visit::problem;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::BodyCode;
use store::desk::Trace;
use store::sessions::Bearer;
use store::{Desk, sessions};

use super::problem::ProblemJson;
use crate::clock::Clock;
use crate::http::House;
use crate::http::limits::too_many;
use crate::http::request::Address;
use crate::http::visits::{refused, trace};

/// Puts the desk of the token's user into the request.
pub async fn identify(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let trace = trace(&request);
    match desk(&house, request.headers(), trace.clone()).await {
        Ok((desk, Bearer { person, township })) => {
            let address = request.extensions().get::<Address>().copied();
            if !address.is_some_and(Address::is_this_machine)
                && let Err(problem) = house.by_account.check(&person.name)
            {
                return too_many(problem, request.headers());
            }
            let actor = desk.actor.clone();
            let asked = format!("{} {}", request.method(), request.uri().path());
            request.extensions_mut().insert(desk);
            request.extensions_mut().insert(Home(township));
            let response = next.run(request).await;
            refused(&house, response.status(), Some(&actor), &trace, asked).await;
            response
        }
        Err(problem) => ProblemJson::of(problem, request.headers()).into_response(),
    }
}

/// Where the caller's enterprise sits.
#[derive(Clone)]
pub struct Home(pub Option<BodyCode>);

/// The desk, and whose token it was.
async fn desk(house: &House, headers: &HeaderMap, trace: Trace) -> Result<(Desk, Bearer), Problem> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token)
        .ok_or(Problem::NotSignedIn)?;
    let (wall, policy) = (Clock::wall(), house.store.policy());
    let bearer = sessions::bearer(&house.store, token.trim(), wall, &policy)
        .await
        .map_err(problem)?
        .ok_or(Problem::NotSignedIn)?;
    let actor = bearer.person.actor.clone();
    let desk = Desk::new(house.store.clone(), actor, house.clock.now());
    Ok((desk.traced(trace), bearer))
}
