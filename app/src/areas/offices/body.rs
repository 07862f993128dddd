#[cfg(feature = "ssr")]
pub mod server;

use domain::Named;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use crate::api::text::Answer;
use crate::components::act::{Act, ActForm};
use crate::components::loaded::Loaded;
use crate::frame::{name, t};
use crate::problem::ProblemDetails;

/// How one's own body works, for its head.
#[component]
pub fn BodyPage() -> impl IntoView {
    let action = Act::of::<SetApproval>();
    let query = use_query_map();
    let body = Resource::new(move || action.version().get(), |_| load_body());
    view! {
        <Title text=t(words::body::TITLE)/>
        <section class="page narrow">
            <h1>{t(words::body::TITLE)}</h1>
            {move || {
                let done = query.read().get("done").is_some();
                done.then(|| {
                    view! {
                        <p class="notice" role="status">
                            {t(words::body::SAVED)}
                        </p>
                    }
                })
            }}
            <Loaded resource=body view=move |body: BodySheet| view! { <Settings body action/> }/>
        </section>
    }
}

/// How a body works, for its head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodySheet {
    pub name: Named,
    pub approves_replies: bool,
}

#[component]
fn Settings(body: BodySheet, action: Act) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>{name(&body.name)}</h2>
            <ActForm action=action attr:class="form">
                <input type="hidden" name="page" value="/body"/>
                <label class="check">
                    <input
                        type="checkbox"
                        name="approves"
                        value="yes"
                        checked=body.approves_replies
                    />
                    {t(words::body::APPROVES)}
                </label>
                <p class="hint">{t(words::body::APPROVES_HINT)}</p>
                <button type="submit" class="button primary">
                    {t(words::frame::SAVE)}
                </button>
            </ActForm>
        </section>
    }
}

#[server(prefix = "/ask", endpoint = "body", output = Answer)]
pub async fn load_body() -> Result<BodySheet, ProblemDetails> {
    server::sheet().await
}

#[server(prefix = "/act", endpoint = "set_approval")]
pub async fn set_approval(#[server(default)] approves: String) -> Result<(), ProblemDetails> {
    server::set_approval(&approves).await
}
