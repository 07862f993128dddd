pub mod unsent;
pub mod views;
pub mod watching;

use std::net::IpAddr;
use std::sync::Arc;

use domain::{Actor, AttachmentId, Instant, Rulebook};
use futures::future::BoxFuture;

use crate::dialect::{Conn, Sql};
use crate::{Error, Store};

/// What every act needs: the store, who acts, and when. Handed in by the server.
#[derive(Clone)]
pub struct Context {
    pub store: Store,
    pub actor: Actor,
    pub now: Instant,
    pub book: Arc<Rulebook>,
    pub trace: Trace,
}

/// Where a request came from, for the audit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// The network address of the caller; empty for the program itself.
    pub address: String,
    /// The number of the request, as in the log.
    pub request: String,
}

/// What somebody asks to be done with a case, with what comes along.
#[derive(Debug, Clone)]
pub struct Asked<W> {
    /// What the caller had read; `None` takes what is there.
    pub version: Option<u32>,
    /// Set where it is entered after it happened (补录).
    pub happened: Option<Instant>,
    pub wish: W,
    pub files: Vec<AttachmentId>,
}

impl<W> From<W> for Asked<W> {
    /// By itself, on the case as it is there, as it happens.
    fn from(wish: W) -> Self {
        Self {
            version: None,
            happened: None,
            wish,
            files: Vec::new(),
        }
    }
}

impl Context {
    pub fn new(store: Store, actor: Actor, now: Instant) -> Self {
        let book = store.book();
        Self {
            store,
            actor,
            now,
            book,
            trace: Trace::default(),
        }
    }

    /// As [`Store::write`].
    pub(crate) async fn write<T, F>(&self, command: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, Error>> + Send + 'static,
    {
        self.store.write(command).await
    }

    /// What a query counts.
    pub(crate) async fn counted(&self, mut query: Sql) -> Result<u64, Error> {
        let count: i64 = query
            .build_query_scalar()
            .fetch_one(&self.store.read)
            .await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    pub fn traced(self, trace: Trace) -> Self {
        Self { trace, ..self }
    }
}

impl Trace {
    /// What attempts are counted by.
    pub fn network(&self) -> String {
        match self.address.parse() {
            Ok(address) => network(address),
            Err(_) => self.address.clone(),
        }
    }
}

/// An IPv6 caller has a whole network of addresses, and is that network.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_addresses_is_one_caller() {
        let key = |address: &str| address.parse().map(network).ok();
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:10.0.0.1"), key("10.0.0.1"));
        assert_ne!(key("10.0.0.2"), key("10.0.0.1"));
    }
}
