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
}

impl Desk {
    pub fn new(store: Store, actor: Actor, now: Instant) -> Self {
        let book = store.book();
        Self {
            store,
            actor,
            now,
            book,
        }
    }
}
