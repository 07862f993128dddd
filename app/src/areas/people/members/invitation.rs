use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use words::people;

use crate::areas::people::members::{InvitationSheet, Join, JoinNew, load_invitation};
use crate::areas::people::registrations::load_registration_form;
use crate::components::act::Act;
use crate::components::fields::TextField;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::new_password::NewPassword;
use crate::frame::{frame, t};
use crate::problem::ProblemKind;
use crate::sheets::RegistrationForm;

/// Where somebody who was invited joins their enterprise.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let query = use_query_map();
    // After a refusal the address has no key any more: the form has it.
    let kept = frame().kept;
    let key = move || {
        let kept = kept.iter().flat_map(|kept| &kept.typed);
        let mut kept = kept.filter(|(name, _)| name == "key");
        let typed = kept.next().map(|(_, key)| key.clone());
        query.read().get("key").or(typed).unwrap_or_default()
    };
    let asked = key.clone();
    let invitation = Resource::new(key, |key| async move {
        let form = load_registration_form(String::new()).await?;
        match load_invitation(key).await {
            Ok(invitation) => Ok(Some((invitation, form))),
            Err(problem) if problem.kind == ProblemKind::NotFound => Ok(None),
            Err(problem) => Err(problem),
        }
    });
    view! {
        <Title text=t(people::INVITATION)/>
        <section class="page narrow">
            <h1>{t(people::INVITATION)}</h1>
            <Loaded
                resource=invitation
                view=move |found| match found {
                    Some((sheet, form)) => view! { <Joining sheet form key=asked()/> }.into_any(),
                    None => view! { <p class="empty">{t(people::INVITATION_GONE)}</p> }.into_any(),
                }
            />
        </section>
    }
}

#[component]
fn Joining(sheet: InvitationSheet, form: RegistrationForm, key: String) -> impl IntoView {
    let signed_in = sheet.signed_in.clone();
    view! {
        <dl class="facts">
            <dt>{t(people::ENTERPRISE_NAME)}</dt>
            <dd>{sheet.enterprise}</dd>
            <dt>{t(people::PERSON)}</dt>
            <dd>{sheet.display}</dd>
        </dl>
        {match signed_in {
            Some(name) => view! { <WithMine name key/> }.into_any(),
            None => view! { <WithNew form key/> }.into_any(),
        }}
    }
}

#[component]
fn WithMine(name: String, key: String) -> impl IntoView {
    let action = Act::of::<Join>();
    view! {
        <StepForm action hidden=vec![("key", key)]>
            <Submit label=format!("{} · {name}", t(people::JOIN))/>
        </StepForm>
    }
}

#[component]
fn WithNew(form: RegistrationForm, key: String) -> impl IntoView {
    let action = Act::of::<JoinNew>();
    // The key is of letters and digits: it needs no escaping twice.
    let sign_in = format!("/sign-in?next=%2Finvitation%3Fkey%3D{key}");
    view! {
        <h2>{t(people::NEW_HERE)}</h2>
        <StepForm action hidden=vec![("key", key)]>
            <TextField
                field=Field::UserName
                label=t(people::NAME)
                hint=t(people::NAME_HINT)
                autocomplete="username"
            />
            <NewPassword
                label=t(people::NEW_PASSWORD)
                long=form.password_length
                mixed=form.password_length_mixed
            />
            <Submit label=t(people::JOIN)/>
        </StepForm>
        <p>
            <a href=sign_in rel="external">
                {t(people::HAVE_ACCOUNT)}
            </a>
        </p>
    }
}
