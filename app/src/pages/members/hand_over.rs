use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::api::asks;
use crate::components::hand_over::HandOverForm;
use crate::components::loaded::{Loaded, ProblemPage};
use crate::frame::t;
use crate::problem::Problem;
use crate::sheets::Members;
use crate::words::people;

/// Somebody leaves the enterprise: what they have open goes to a colleague.
#[component]
pub fn MemberLeavesPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.read().get("membership").unwrap_or_default();
    let members = Resource::new(id, |_| asks::members());
    view! {
        <Title text=t(people::HAND_OVER)/>
        <section class="page narrow">
            <h1>{t(people::HAND_OVER)}</h1>
            <Loaded
                resource=members
                view=move |all: Members| {
                    let wanted = params.read_untracked().get("membership").unwrap_or_default();
                    let one = all
                        .members
                        .into_iter()
                        .find(|one| one.membership.to_string() == wanted);
                    match one {
                        Some(one) => {
                            view! {
                                <HandOverForm
                                    membership=one.membership
                                    who=one.display
                                    open=one.open
                                    colleagues=one.colleagues
                                    account=String::new()
                                />
                            }
                                .into_any()
                        }
                        None => view! { <ProblemPage problem=Problem::NotFound/> }.into_any(),
                    }
                }
            />
        </section>
    }
}
