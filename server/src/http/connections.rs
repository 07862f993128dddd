//! Connections: taken in, answered, cut off where somebody sends too slowly.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use store::context::network;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use super::request::Peer;

/// A request's head is there by then.
const HEAD: Duration = Duration::from_secs(15);
/// So many at a time; one more is closed at once, so that memory has a bound.
const CONNECTIONS: usize = 2_000;
/// Bytes that are read ahead of one connection.
const AHEAD: usize = 64 * 1024;
/// Requests under way when the program is stopped have so long.
const FAREWELL: Duration = Duration::from_secs(20);

/// Of these one network has a quarter at most: it keeps nobody else out.
const OF_ONE: usize = CONNECTIONS / 4;

/// Answers until `stop`; then finishes what is under way. `behind_proxy`: connections of
/// this machine speak for everybody.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    behind_proxy: bool,
    stop: impl Future<Output = ()>,
) {
    // What stands in front speaks HTTP/1 to us; waiting to hear which it is has no end.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(AHEAD);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let networks = Networks::default();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file handles, most likely: a moment later there are some.
                    tracing::error!(%error, "a connection could not be taken in");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            tracing::debug!("one connection too many");
            continue;
        };
        let speaks_for_all = behind_proxy && peer.ip().to_canonical().is_loopback();
        let seat = match speaks_for_all {
            true => None,
            false => match networks.seat(peer.ip()) {
                Some(seat) => Some(seat),
                None => {
                    tracing::debug!(%peer, "one connection of its network too many");
                    continue;
                }
            },
        };
        without_delay(&stream);
        let router = router.clone();
        let service = tower::service_fn(move |mut request: Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            router.clone().oneshot(request.map(axum::body::Body::new))
        });
        let connection = builder
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
            .into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _place = (place, seat);
            if let Err(error) = connection.await {
                tracing::debug!(error, "a connection ended");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests under way were cut off");
    }
}

/// How many connections each network has open.
#[derive(Clone, Default)]
struct Networks(Arc<Mutex<HashMap<String, usize>>>);

/// One of them, as long as it lives.
struct Seat {
    network: String,
    networks: Networks,
}

impl Networks {
    fn seat(&self, address: IpAddr) -> Option<Seat> {
        let network = network(address.to_canonical());
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(network.clone()).or_default();
        if *count >= OF_ONE {
            return None;
        }
        *count += 1;
        let networks = self.clone();
        Some(Seat { network, networks })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self
            .networks
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.network);
            }
        }
    }
}

/// Nagle's algorithm makes each page wait for 40 ms.
fn without_delay(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "set_nodelay");
    }
}
