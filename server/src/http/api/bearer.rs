use app::problem::Problem;
use app::serve::visit::problem;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use store::desk::Trace;
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
        Ok((desk, account)) => {
            let address = request.extensions().get::<Address>().copied();
            if !address.is_some_and(Address::is_this_machine)
                && let Err(problem) = house.by_account.check(&account)
            {
                return too_many(problem, request.headers());
            }
            let actor = desk.actor.clone();
            let asked = format!("{} {}", request.method(), request.uri().path());
            request.extensions_mut().insert(desk);
            let response = next.run(request).await;
            refused(&house, response.status(), Some(&actor), &trace, asked).await;
            response
        }
        Err(problem) => ProblemJson::of(problem, request.headers()).into_response(),
    }
}

/// The desk, and the account's name.
async fn desk(house: &House, headers: &HeaderMap, trace: Trace) -> Result<(Desk, String), Problem> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token)
        .ok_or(Problem::NotSignedIn)?;
    let (wall, policy) = (Clock::wall(), house.store.policy());
    let person = sessions::bearer(&house.store, token.trim(), wall, &policy)
        .await
        .map_err(problem)?
        .ok_or(Problem::NotSignedIn)?;
    let desk = Desk::new(house.store.clone(), person.actor, house.clock.now());
    Ok((desk.traced(trace), person.name))
}
