//! What stands between a right password and the pages: a code, a password of one's
//! own, a second factor to be set up.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use words::people;

use crate::areas::people::account::{FactorSetUp, PasswordForm};
use crate::areas::people::registrations::load_registration_form;
use crate::components::loaded::Loaded;
use crate::frame::{frame, t};
use crate::problem::ProblemKind;

/// The second step of a sign-in. A plain form in any case: the session gets another
/// secret.
#[component]
pub fn CodePage() -> impl IntoView {
    let frame = frame();
    let kept = frame.kept.clone();
    let next = use_query_map().read_untracked().get("next");
    let next = next
        .filter(|_| kept.is_none())
        .map(|next| view! { <input type="hidden" name="next" value=next/> });
    let carried = kept
        .iter()
        .flat_map(|kept| &kept.typed)
        .filter(|(name, _)| matches!(name.as_str(), "next" | "carried" | "link"))
        .map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone()/> }
        })
        .collect_view();
    let problem = kept
        .map(|kept| kept.problem)
        .filter(|problem| problem.kind != ProblemKind::CodeAsked)
        .map(|problem| match problem.faults.first() {
            Some(fault) => fault.sentence.clone(),
            None => problem.said(frame.lang),
        });
    view! {
        <Title text=t(people::CODE_TITLE)/>
        <section class="page narrow">
            <h1>{t(people::CODE_TITLE)}</h1>
            <p class="lead">{t(people::CODE_LEAD)}</p>
            <form method="post" action="/sign-in/code" class="form">
                {problem
                    .map(|text| {
                        view! {
                            <div class="summary" role="alert">
                                <p>{text}</p>
                            </div>
                        }
                    })}
                {next}
                {carried}
                <div class="field">
                    <label for="code">{t(people::CODE_OR_RECOVERY)}</label>
                    <input
                        id="code"
                        name="code"
                        autocomplete="one-time-code"
                        autocapitalize="none"
                        autofocus
                        required
                    />
                </div>
                <button type="submit" class="button primary">
                    {t(words::frame::SIGN_IN)}
                </button>
            </form>
            <SignOut/>
        </section>
    }
}

/// A password that somebody else has set is changed first.
#[component]
pub fn FirstPasswordPage() -> impl IntoView {
    let form = Resource::new(|| (), |()| load_registration_form(String::new()));
    view! {
        <Title text=t(people::FIRST_PASSWORD)/>
        <section class="page narrow">
            <h1>{t(people::FIRST_PASSWORD)}</h1>
            <p class="lead">{t(people::FIRST_PASSWORD_LEAD)}</p>
            <Loaded
                resource=form
                view=|form| {
                    view! {
                        <PasswordForm long=form.password_length mixed=form.password_length_mixed/>
                    }
                }
            />
            <SignOut/>
        </section>
    }
}

/// The role needs a second factor, and there is none yet.
#[component]
pub fn EnrolPage() -> impl IntoView {
    view! {
        <Title text=t(people::SET_UP)/>
        <section class="page narrow">
            <h1>{t(people::SET_UP)}</h1>
            <p class="lead">{t(people::FACTOR_NEEDED)} " " {t(people::FACTOR_LEAD)}</p>
            <FactorSetUp/>
            <SignOut/>
        </section>
    }
}

/// The account belongs to nothing any more.
#[component]
pub fn NowherePage() -> impl IntoView {
    view! {
        <Title text=t(people::NO_MEMBERSHIP)/>
        <section class="page narrow">
            <h1>{t(people::NO_MEMBERSHIP)}</h1>
            <p class="lead">{t(people::NO_MEMBERSHIP_LEAD)}</p>
            <SignOut/>
        </section>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    view! {
        <form method="post" action="/sign-out">
            <button type="submit" class="link">
                {t(words::frame::SIGN_OUT)}
            </button>
        </form>
    }
}
