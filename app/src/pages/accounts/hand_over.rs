use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::api::asks;
use crate::components::hand_over::HandOverForm;
use crate::components::loaded::Loaded;
use crate::frame::t;
use crate::problem::Problem;
use crate::sheets::AccountSheet;
use crate::words::people;

/// Somebody leaves a body: what they have open goes to a colleague.
#[component]
pub fn HandOverPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.read().get("id").unwrap_or_default();
    let membership = move || {
        params
            .read_untracked()
            .get("membership")
            .unwrap_or_default()
    };
    let sheet = Resource::new(id, asks::account_sheet);
    view! {
        <Title text=t(people::HAND_OVER)/>
        <section class="page narrow">
            <h1>{t(people::HAND_OVER)}</h1>
            <Loaded
                resource=sheet
                view=move |sheet: AccountSheet| {
                    let wanted = membership();
                    let one = sheet
                        .memberships
                        .into_iter()
                        .find(|one| one.id.to_string() == wanted);
                    match one {
                        Some(one) => {
                            view! {
                                <HandOverForm
                                    membership=one.id
                                    who=sheet.account.display
                                    open=one.open
                                    colleagues=one.colleagues
                                    account=sheet.account.id.to_string()
                                />
                            }
                                .into_any()
                        }
                        None => {
                            view! { <crate::components::loaded::ProblemPage problem=Problem::NotFound/> }
                                .into_any()
                        }
                    }
                }
            />
        </section>
    }
}
