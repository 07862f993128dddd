//! Every request has a number, which stands in each line of the log and on each page
//! of an error, and an address, by which it is limited and audited.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use store::context::{Trace, network};
use tracing::Instrument;

use super::AppState;

tokio::task_local! {
    /// The number of the request that is being answered.
    static NUMBER: String;
}

/// Who connected, as the connection knows it.
#[derive(Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Where a request comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Address(pub Option<IpAddr>);

impl Address {
    /// What requests are counted by.
    pub fn key(self) -> String {
        match self.0 {
            None => "unknown".to_owned(),
            Some(address) => network(address),
        }
    }

    /// Programs on this machine are not limited: a proxy here speaks for everybody.
    pub fn is_this_machine(self) -> bool {
        self.0.is_some_and(|address| address.is_loopback())
    }
}

pub async fn number(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let number = format!("{:016x}", fastrand::u64(..));
    let address = address(&request, state.behind_proxy);
    let trace = Trace {
        address: address
            .0
            .map(|address| address.to_string())
            .unwrap_or_default(),
        request: number.clone(),
    };
    request.extensions_mut().insert(trace);
    request.extensions_mut().insert(address);
    // Without the query: addresses of invitations are secrets.
    let path = match request.uri().path() {
        feed if feed.starts_with("/calendars/") => "/calendars/…",
        path => path,
    };
    let path: String = path.chars().take(100).collect();
    let span = tracing::info_span!("request", number, method = %request.method(), path);
    let answered = NUMBER.scope(number.clone(), next.run(request));
    let mut response = answered.instrument(span.clone()).await;
    let status = response.status().as_u16();
    if response.status().is_server_error() {
        tracing::warn!(parent: &span, status, "failed");
    } else {
        tracing::debug!(parent: &span, status, "answered");
    }
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert("x-request-id", number);
    }
    response
}

/// The number of the request that this is part of; empty outside of one.
pub fn current() -> String {
    NUMBER.try_with(Clone::clone).unwrap_or_default()
}

/// The last address that the proxy in front saw; what stands before it, anybody can
/// have written.
fn address(request: &Request, behind_proxy: bool) -> Address {
    if behind_proxy {
        let headers = request.headers().get_all("x-forwarded-for");
        if let Some(last) = headers.iter().next_back() {
            let last = last.as_bytes().rsplit(|byte| *byte == b',').next();
            return Address(last.and_then(read));
        }
    }
    let peer = request.extensions().get::<Peer>();
    Address(peer.map(|peer| peer.0.ip().to_canonical()))
}

/// An address, with or without a port.
fn read(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let alone = text.parse::<IpAddr>().ok();
    let address = alone.or_else(|| text.parse::<SocketAddr>().ok().map(|with| with.ip()));
    address.map(|address| address.to_canonical())
}

/// Scheme and host by which the program was reached, as the caller names it.
pub fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if is_encrypted(headers) {
        "https"
    } else {
        "http"
    };
    format!("{scheme}://{host}")
}

/// Outside this machine cookies only travel encrypted.
pub fn is_encrypted(headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = host.unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let by_proxy = headers
        .get("x-forwarded-proto")
        .is_some_and(|scheme| scheme.as_bytes() == b"https");
    by_proxy || !matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}
