use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use words::people;

use crate::areas::people::registrations::{load_registration, verdict};
use crate::components::deadline::Moment;
use crate::components::loaded::Loaded;
use crate::frame::{name, t};
use crate::sheets::RegistrationSheet;

/// How a registration stands, for whoever has its address.
#[component]
pub fn RegistrationPage() -> impl IntoView {
    let query = use_query_map();
    let key = move || query.read().get("key").unwrap_or_default();
    let status = Resource::new(key, load_registration);
    view! {
        <Title text=t(people::REGISTRATION)/>
        <section class="page narrow">
            <h1>{t(people::REGISTRATION)}</h1>
            <Loaded resource=status view=move |one| view! { <Status one key=key()/> }/>
        </section>
    }
}

#[component]
fn Status(one: RegistrationSheet, key: String) -> impl IntoView {
    let again = format!("/register?again={key}");
    let waits = one.approved.is_none();
    let approved = one.approved == Some(true);
    let declined = one.approved == Some(false);
    let renamed = (approved && one.account != one.wish).then(|| one.account.clone());
    view! {
        <p class="notice" role="status">
            <strong>{t(verdict(one.approved))}</strong>
            {one.reason.clone().map(|reason| view! { " · " {reason} })}
        </p>
        {waits.then(|| view! { <p>{t(people::KEEP_ADDRESS)}</p> })}
        {renamed
            .map(|account| {
                view! {
                    <p>
                        {t(people::RENAMED)} " " <strong class="key">{account}</strong>
                    </p>
                }
            })}
        {declined
            .then(|| {
                view! {
                    <p>
                        <a class="button" href=again rel="external">
                            {t(people::REGISTER_AGAIN)}
                        </a>
                    </p>
                }
            })}
        <RegistrationFacts one/>
        {approved
            .then(|| {
                view! {
                    <p>
                        <a class="button primary" href="/sign-in" rel="external">
                            {t(words::frame::SIGN_IN)}
                        </a>
                    </p>
                }
            })}
    }
}

/// What was filled in.
#[component]
pub fn RegistrationFacts(one: RegistrationSheet) -> impl IntoView {
    view! {
        <dl class="facts">
            <dt>{t(people::ENTERPRISE_NAME)}</dt>
            <dd>{one.enterprise}</dd>
            <dt>{t(people::CREDIT_CODE)}</dt>
            <dd>{one.code}</dd>
            <dt>{t(people::TOWNSHIP)}</dt>
            <dd>{one.township.as_ref().map(name)}</dd>
            <dt>{t(people::PERSON)}</dt>
            <dd>{one.display}</dd>
            <dt>{t(people::PHONE)}</dt>
            <dd>{one.phone}</dd>
            <dt>{t(people::SIGN_IN_WITH)}</dt>
            <dd>{one.account}</dd>
            <dt>{t(people::APPLIED_AT)}</dt>
            <dd>
                <Moment at=one.at/>
            </dd>
        </dl>
    }
}
