use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use words::people;

use crate::areas::people::registrations::status::RegistrationFacts;
use crate::areas::people::registrations::{DecideRegistration, load_registrations};
use crate::components::act::Act;
use crate::components::fields::{Choice, Choices, TextArea};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::{Loaded, ProblemPage};
use crate::frame::t;
use crate::problem::ProblemKind;
use crate::sheets::Registrations;

/// Where the centre approves or declines an enterprise.
#[component]
pub fn DecidePage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.read().get("id").unwrap_or_default();
    let list = Resource::new(id, |_| load_registrations());
    view! {
        <Title text=t(people::REGISTRATIONS)/>
        <section class="page narrow">
            <p>
                <A href="/registrations">{t(people::REGISTRATIONS)}</A>
            </p>
            <Loaded
                resource=list
                view=move |list: Registrations| {
                    let wanted = params.read_untracked().get("id").unwrap_or_default();
                    let one = list.open.into_iter().find(|one| one.id.to_string() == wanted);
                    match one {
                        Some(one) => {
                            let (known, doubled) = (one.known, one.doubled);
                            let id = one.id.to_string();
                            view! {
                                <h1>{one.enterprise.clone()}</h1>
                                <RegistrationFacts one/>
                                {known.then(|| view! { <p class="fault">{t(people::KNOWN)}</p> })}
                                {doubled
                                    .then(|| view! { <p class="fault">{t(people::DOUBLED)}</p> })}
                                <Verdict id known/>
                            }
                                .into_any()
                        }
                        None => view! { <ProblemPage problem=ProblemKind::NotFound.into()/> }.into_any(),
                    }
                }
            />
        </section>
    }
}

#[component]
fn Verdict(
    id: String,
    /// An enterprise that is there already is not made twice.
    known: bool,
) -> impl IntoView {
    let action = Act::of::<DecideRegistration>();
    let yes = (!known).then(|| Choice::new("yes", t(people::APPROVE_YES)));
    let no = Choice::new("no", t(people::APPROVE_NO));
    let choices = yes.into_iter().chain([no]).collect();
    view! {
        <StepForm action hidden=vec![("registration", id)]>
            <Choices field=Field::Approve legend=t(people::APPROVE) choices/>
            <TextArea field=Field::Reason label=t(people::REASON_IF_NOT) max=500 rows=3/>
            <Submit label=t(people::DECIDE) consequence=t(people::DECIDE_HINT)/>
        </StepForm>
    }
}
