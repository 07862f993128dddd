//! What goes along with a sign-in until somebody is in.

use std::collections::HashMap;

use app::serve::Visit;
use domain::AuditKind;
use store::audit::Entry;
use store::identities;

use crate::http::pages::Pages;

/// What goes along with a sign-in, from step to step.
pub struct Onward {
    pub next: String,
    /// A form whose sender's session had ended, to be filled in again.
    pub carried: String,
    /// An identity that is linked once they are in.
    pub link: String,
}

impl Onward {
    pub fn take(fields: &mut HashMap<String, String>) -> Self {
        let mut take = |name: &str| fields.remove(name).unwrap_or_default();
        Self {
            next: take("next"),
            carried: take("carried"),
            link: take("link"),
        }
    }

    pub fn fields(&self) -> Vec<(String, String)> {
        let fields = [
            ("next", &self.next),
            ("carried", &self.carried),
            ("link", &self.link),
        ];
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        filled
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect()
    }

    /// Whether an address holds all of it.
    pub fn is_short(&self) -> bool {
        self.carried.is_empty() && self.link.is_empty()
    }
}

/// Links the identity that waited for somebody to be in, gates and all.
pub async fn link(pages: &Pages, visit: &Visit, key: &str) {
    let (Some(provider), Some(session)) = (&pages.state.provider, &visit.session) else {
        return;
    };
    let Some(subject) = provider.recall(key, visit.wall) else {
        return;
    };
    let entry = Entry::new(AuditKind::IdentityLinked, visit.wall, &visit.trace)
        .named(Some(session.user), &session.account)
        .object(provider.issuer());
    let store = &pages.state.store;
    let linked = identities::link(store, provider.issuer(), &subject, session.user, entry);
    if let Err(error) = linked.await {
        tracing::error!(%error, "an identity could not be linked");
    }
}
