use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use words::people;

use crate::areas::people::registrations::{Register, load_registration_form};
use crate::components::act::Act;
use crate::components::fields::{SelectField, TextField, bodies};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::new_password::NewPassword;
use crate::frame::t;
use crate::sheets::{RegistrationForm, RegistrationSheet};

/// An enterprise asks to take part.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let query = use_query_map();
    let again = move || query.read().get("again").unwrap_or_default();
    let form = Resource::new(again, load_registration_form);
    view! {
        <Title text=t(people::REGISTER)/>
        <section class="page narrow">
            <h1>{t(people::REGISTER)}</h1>
            <p class="lead">{t(people::REGISTER_LEAD)}</p>
            <Loaded resource=form view=|form| view! { <Form form/> }/>
            <p>
                <a href="/sign-in" rel="external">{t(words::frame::SIGN_IN)}</a>
            </p>
        </section>
    }
}

#[component]
fn Form(form: RegistrationForm) -> impl IntoView {
    let action = Act::of::<Register>();
    let townships = bodies(form.townships);
    // A declined application is mended, not typed anew; but for the password.
    let again = form.again.clone();
    let was = move |field: fn(&RegistrationSheet) -> &String| {
        again.as_ref().map(field).cloned().unwrap_or_default()
    };
    let (enterprise, code) = (was(|one| &one.enterprise), was(|one| &one.code));
    let (township, display) = (was(|one| &one.township_code), was(|one| &one.display));
    let (phone, wish) = (was(|one| &one.phone), was(|one| &one.wish));
    view! {
        <StepForm action>
            <TextField
                field=Field::EnterpriseName
                label=t(people::ENTERPRISE_NAME)
                value=enterprise
                autocomplete="organization"
            />
            <TextField
                field=Field::CreditCode
                label=t(people::CREDIT_CODE)
                value=code
                hint=t(people::CREDIT_CODE_HINT)
                autocomplete="off"
            />
            <SelectField field=Field::Township label=t(people::TOWNSHIP) choices=townships value=township/>
            <TextField field=Field::Display label=t(people::YOUR_NAME) value=display autocomplete="name"/>
            <TextField
                field=Field::Phone
                label=t(people::YOUR_PHONE)
                value=phone
                kind="tel"
                autocomplete="tel"
            />
            <TextField
                field=Field::UserName
                label=t(people::WISHED_NAME)
                value=wish
                hint=format!("{}{}", t(people::NAME_HINT), t(people::RENAMED_HINT))
                autocomplete="username"
            />
            <NewPassword
                label=t(people::NEW_PASSWORD)
                long=form.password_length
                mixed=form.password_length_mixed
            />
            <Submit
                label=t(people::SUBMIT_REGISTRATION)
                consequence=t(people::SUBMIT_REGISTRATION_HINT)
            />
        </StepForm>
    }
}
