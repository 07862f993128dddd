use leptos::prelude::*;
use leptos_meta::Title;
use words::people;

use crate::areas::people::account::EndSession;
use crate::areas::people::policy::load_sessions;
use crate::components::act::Act;
use crate::components::loaded::Loaded;
use crate::components::sessions::SessionTable;
use crate::frame::{lang, t};
use crate::sheets::Sessions;

/// Everybody's sessions, for the security administrator.
#[component]
pub fn SessionsPage() -> impl IntoView {
    let end = Act::of::<EndSession>();
    let sessions = Resource::new(move || end.version().get(), |_| load_sessions());
    view! {
        <Title text=t(people::ALL_SESSIONS)/>
        <section class="page">
            <h1>{t(people::ALL_SESSIONS)}</h1>
            <p class="lead">{t(people::ALL_SESSIONS_LEAD)}</p>
            <Loaded
                resource=sessions
                view=move |all: Sessions| {
                    let count = people::session_count(lang(), all.count, all.rows.len());
                    view! {
                        <p class="quiet">{count}</p>
                        <SessionTable rows=all.rows end people=true/>
                    }
                }
            />
        </section>
    }
}
