use app::problem::Problem;
use app::serve::visit::problem;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use store::{Desk, sessions};

use super::problem::ProblemJson;
use crate::http::House;

/// Puts the desk of the token's user into the request.
pub async fn identify(State(house): State<House>, mut request: Request, next: Next) -> Response {
    match desk(&house, request.headers()).await {
        Ok(desk) => {
            request.extensions_mut().insert(desk);
            next.run(request).await
        }
        Err(problem) => ProblemJson::of(problem, request.headers()).into_response(),
    }
}

async fn desk(house: &House, headers: &HeaderMap) -> Result<Desk, Problem> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token)
        .ok_or(Problem::NotSignedIn)?;
    let person = sessions::bearer(&house.store, token.trim())
        .await
        .map_err(problem)?
        .ok_or(Problem::NotSignedIn)?;
    Ok(Desk::new(
        house.store.clone(),
        person.actor,
        house.clock.now(),
    ))
}
