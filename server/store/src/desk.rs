use std::sync::Arc;

use domain::{Actor, Instant, Rulebook};

use crate::Store;

/// What every act needs: the store, who acts, and when. Handed in by the server.
#[derive(Clone)]
pub struct Desk {
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

impl Desk {
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

    pub fn traced(self, trace: Trace) -> Self {
        Self { trace, ..self }
    }
}
