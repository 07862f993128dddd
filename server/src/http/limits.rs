//! How many requests an address and an account may make.

use std::num::NonZeroU32;
use std::sync::Arc;

use app::serve::Problem;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::AppState;
use super::api::problem::ProblemJson;
use super::request::Address;

/// Kept until so many are; then those that are quiet again are forgotten.
const KEYS: usize = 10_000;

/// A second's requests, with ten seconds' worth at once.
#[derive(Clone)]
pub struct Limit(Arc<DefaultKeyedRateLimiter<String>>);

impl Limit {
    pub fn new(a_second: NonZeroU32) -> Self {
        let burst = a_second.saturating_mul(NonZeroU32::MIN.saturating_add(9));
        let quota = Quota::per_second(a_second).allow_burst(burst);
        Self(Arc::new(RateLimiter::keyed(quota)))
    }

    /// The problem, where it is one too many.
    pub fn check(&self, key: &str) -> Result<(), Problem> {
        if self.0.len() > KEYS {
            self.0.retain_recent();
        }
        self.0.check_key(&key.to_owned()).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX);
            Problem::TooMany {
                seconds: seconds.saturating_add(1),
            }
        })
    }
}

pub async fn by_address(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let address = request.extensions().get::<Address>().copied();
    if let Some(address) = address.filter(|address| !address.is_this_machine())
        && let Err(problem) = state.by_address.check(&address.key())
    {
        return too_many(problem, request.headers());
    }
    next.run(request).await
}

/// With how long to wait.
pub fn too_many(problem: Problem, headers: &HeaderMap) -> Response {
    let seconds = match problem {
        Problem::TooMany { seconds } => seconds,
        _ => 1,
    };
    let mut response = ProblemJson::of(problem, headers).into_response();
    retry_after(&mut response, seconds);
    response
}

pub fn retry_after(response: &mut Response, seconds: u32) {
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
}
