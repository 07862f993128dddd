#[cfg(feature = "ssr")]
pub mod server;

use std::collections::BTreeMap;

use domain::RoleName;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use words::people;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::fields::NumberField;
use crate::components::form::{FormState, StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::t;
use crate::problem::ProblemDetails;

/// What the security administrator decides.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let query = use_query_map();
    let done = move || query.read().get("done").is_some();
    let policy = Resource::new(done, |_| load_policy());
    view! {
        <Title text=t(people::POLICY)/>
        <section class="page narrow">
            <h1>{t(people::POLICY)}</h1>
            <p class="lead">{t(people::POLICY_LEAD)}</p>
            {move || {
                done()
                    .then(|| view! { <p class="notice" role="status">{t(people::POLICY_SAVED)}</p> })
            }}
            <Loaded resource=policy view=|sheet| view! { <Edit sheet/> }/>
        </section>
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySheet {
    /// (name, now, least, most).
    pub rows: Vec<(String, u16, u16, u16)>,
    /// (role, whether it needs a second factor, whether that cannot be changed).
    pub second_factor: Vec<(RoleName, bool, bool)>,
}

#[component]
fn Edit(sheet: PolicySheet) -> impl IntoView {
    let action = Act::of::<ChangePolicy>();
    view! {
        <StepForm action>
            <div class="amounts">
                {sheet
                    .rows
                    .into_iter()
                    .map(|(name, value, min, max)| {
                        let label = t(people::policy_row(&name)).to_owned();
                        let hint = format!("{min} – {max}");
                        view! { <NumberField name label unit="" hint value/> }
                    })
                    .collect_view()}
            </div>
            <fieldset class="field">
                <legend>{t(people::POLICY_FACTOR)}</legend>
                <div class="checks">
                    {sheet
                        .second_factor
                        .into_iter()
                        .map(|(role, on, always)| view! { <Factor role on always/> })
                        .collect_view()}
                </div>
            </fieldset>
            <Submit label=t(words::frame::SAVE)/>
        </StepForm>
    }
}

#[component]
fn Factor(role: RoleName, on: bool, always: bool) -> impl IntoView {
    let state = expect_context::<FormState>();
    let name = format!("factor_{}", role.code());
    // After a refusal the boxes are as they were sent.
    let checked = always
        || if state.was_sent("password_length") {
            state.was_sent(&name)
        } else {
            on
        };
    view! {
        <label class="check">
            <input type="checkbox" name=name value="yes" checked=checked disabled=always/>
            {t(words::order::role(role))}
        </label>
    }
}

#[server(prefix = "/ask", endpoint = "policy", output = Answer)]
pub async fn load_policy() -> Result<PolicySheet, ProblemDetails> {
    server::policy().await
}

#[server(prefix = "/ask", endpoint = "sessions", output = Answer)]
pub async fn load_sessions() -> Result<crate::sheets::Sessions, ProblemDetails> {
    server::sessions().await
}

/// The fields are those of the policy, by their names.
#[server(prefix = "/act", endpoint = "change_policy")]
pub async fn change_policy(
    #[server(flatten)] typed: BTreeMap<String, String>,
) -> Result<(), ProblemDetails> {
    server::change(typed).await
}
