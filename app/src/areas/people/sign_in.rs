use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use words::people;

use crate::frame::{frame, name, t};
use crate::problem::ProblemKind;
use crate::sheets::DEMO_ACCOUNTS;

/// A plain form in any case: a new session begins with a fresh page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let frame = frame();
    let next = use_query_map()
        .read_untracked()
        .get("next")
        .unwrap_or_default();
    let kept = frame.kept.clone();
    let typed = |name: &str| {
        kept.iter()
            .filter(|kept| kept.act == "/sign-in")
            .flat_map(|kept| &kept.typed)
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.clone())
    };
    let account = typed("name").unwrap_or_default();
    let next = typed("next").unwrap_or(next);
    let joined = use_query_map().read_untracked().get("joined").is_some();
    // A form whose sender's session had ended travels through the sign-in.
    let carried = typed("carried");
    // And so does an identity that this sign-in will link.
    let link = kept
        .iter()
        .flat_map(|kept| &kept.typed)
        .find(|(field, _)| field == "link")
        .map(|(_, key)| view! { <input type="hidden" name="link" value=key.clone()/> });
    let provider = frame.provider.clone();
    let problem = kept.as_ref().map(|kept| match kept.problem.kind {
        ProblemKind::NotSignedIn => words::frame::SIGN_IN_TO_GO_ON.of(frame.lang).to_owned(),
        _ => kept.problem.said(frame.lang),
    });
    view! {
        <Title text=t(words::frame::SIGN_IN)/>
        <section class="page narrow">
            <h1>{t(words::frame::PRODUCT)}</h1>
            <p class="lead">{t(words::frame::TAGLINE)}</p>
            {joined.then(|| view! { <p class="notice" role="status">{t(people::JOINED)}</p> })}
            <form method="post" action="/sign-in" class="form">
                {problem
                    .map(|text| {
                        view! {
                            <div class="summary" role="alert">
                                <p>{text}</p>
                            </div>
                        }
                    })}
                <input type="hidden" name="next" value=next/>
                {link}
                {carried.map(|form| view! { <input type="hidden" name="carried" value=form/> })}
                <div class="field">
                    <label for="name">{t(words::frame::USER_NAME)}</label>
                    <input
                        id="name"
                        name="name"
                        value=account
                        autocomplete="username"
                        autocapitalize="none"
                        required
                    />
                </div>
                <div class="field">
                    <label for="password">{t(words::frame::PASSWORD)}</label>
                    <input
                        id="password"
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        required
                    />
                </div>
                <button type="submit" class="button primary">
                    {t(words::frame::SIGN_IN)}
                </button>
            </form>
            {provider
                .map(|named| {
                    view! {
                        <p>
                            // A link: a form would not be let go to another address.
                            <a class="button" href="/oidc/start" rel="external">
                                {name(&named)}
                            </a>
                        </p>
                    }
                })}
            <p>
                <a href="/register" rel="external">{t(people::REGISTER)}</a> " "
                <span class="hint">{t(people::REGISTER_NOTE)}</span>
            </p>
            {frame.demo_password.map(|password| view! { <DemoAccounts password/> })}
        </section>
    }
}

#[component]
fn DemoAccounts(password: String) -> impl IntoView {
    view! {
        <aside class="panel">
            <h2>{t(words::frame::DEMO_ACCOUNTS)}</h2>
            <p>{t(words::frame::DEMO_PASSWORD)} " " <code>{password}</code></p>
            <p>{t(people::DEMO_NOTE)}</p>
            <p class="accounts">
                {DEMO_ACCOUNTS.map(|name| view! { <code>{name}</code> " " }).collect_view()}
            </p>
        </aside>
    }
}
