//! The head of every page: what there is to open, by role.

use domain::RoleName;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;
use words::lang::Text;
use words::{audit, knowledge, people, rights};

use crate::frame::{Frame, Me, Theme, frame, name, t};

/// Who one is, where one can go, and how the pages look.
#[component]
pub fn Header() -> impl IntoView {
    let frame = frame();
    let me = frame.me.clone();
    let city = frame.city.as_ref().map(name);
    view! {
        <header class="header">
            <A href="/" attr:class="brand">
                {t(words::frame::PRODUCT)}
                {city.map(|city| view! { <small>{city}</small> })}
            </A>
            {me.as_ref().map(|me| view! { <Navigation role=me.role manages=me.manages/> })}
            <div class="header-end">
                <Preferences frame=frame.clone()/>
                <Language frame/>
                {me.map(|me| view! { <Account me/> })}
            </div>
        </header>
    }
}

#[component]
fn Navigation(role: RoleName, manages: bool) -> impl IntoView {
    let orders = match role {
        RoleName::Enterprise => Some(words::frame::MY_ORDERS),
        RoleName::SystemAdmin | RoleName::SecurityAdmin | RoleName::Auditor => None,
        RoleName::Centre
        | RoleName::Handler
        | RoleName::Head
        | RoleName::Township
        | RoleName::Supervision
        | RoleName::Deputy
        | RoleName::Office
        | RoleName::Mayor
        | RoleName::Leader
        | RoleName::Clockwork => Some(words::frame::ORDERS),
    };
    let looks_from_above = matches!(
        role,
        RoleName::Centre
            | RoleName::Supervision
            | RoleName::Deputy
            | RoleName::Office
            | RoleName::Mayor
    );
    let sees_city = matches!(role, RoleName::Deputy | RoleName::Office | RoleName::Mayor);
    let works_with_orders =
        orders.is_some() && !matches!(role, RoleName::Enterprise | RoleName::Leader);
    let administers = administration(role, manages)
        .into_iter()
        .map(|(href, text)| view! { <A href=href>{t(text)}</A> })
        .collect_view();
    view! {
        <nav class="navigation" aria-label=t(words::frame::HOME)>
            <A href="/" exact=true>
                {t(words::frame::HOME)}
            </A>
            {orders.map(|text| view! { <A href="/orders" exact=true>{t(text)}</A> })}
            {(role == RoleName::Enterprise)
                .then(|| view! { <A href="/orders/new">{t(words::frame::PLACE)}</A> })}
            {(role == RoleName::Deputy)
                .then(|| view! { <A href="/deputy">{t(words::express::DEPUTY)}</A> })}
            {sees_city.then(|| view! { <A href="/city">{t(words::express::CITY)}</A> })}
            {looks_from_above
                .then(|| {
                    view! {
                        <A href="/late">{t(words::frame::LATE)}</A>
                        <A href="/express">{t(words::express::EXPRESS)}</A>
                    }
                })}
            {works_with_orders
                .then(|| {
                    view! {
                        <A href="/ahead">{t(words::frame::AHEAD)}</A>
                        <A href="/cards">{t(words::frame::CARDS)}</A>
                        <A href="/commitments">{t(words::commitments::TITLE)}</A>
                        <A href="/tasks">{t(words::express::TASKS)}</A>
                    }
                })}
            {orders
                .is_some()
                .then(|| {
                    view! {
                        <A href="/projects">{t(knowledge::PROJECTS)}</A>
                        <A href="/guidance">{t(knowledge::GUIDANCE)}</A>
                    }
                })}
            {orders.is_some().then(|| view! { <A href="/meetings">{t(words::express::MEETINGS)}</A> })}
            {orders.is_some().then(|| view! { <A href="/notices">{t(words::frame::NOTICES)}</A> })}
            {administers}
        </nav>
    }
}

/// What a role looks after beside orders: the page, and what it is called.
pub fn administration(role: RoleName, manages: bool) -> Vec<(&'static str, Text)> {
    match role {
        RoleName::SystemAdmin => vec![
            ("/accounts", people::ACCOUNTS),
            ("/rules", words::frame::RULES),
            ("/calendar", words::frame::CALENDAR),
            ("/directory", words::directory::TITLE),
            ("/rights", rights::RIGHTS),
        ],
        RoleName::SecurityAdmin => vec![
            ("/policy", people::POLICY),
            ("/sessions", people::ALL_SESSIONS),
            ("/rights", rights::RIGHTS),
        ],
        RoleName::Auditor => vec![("/audit", audit::AUDIT), ("/rights", rights::RIGHTS)],
        RoleName::Centre => vec![
            ("/orders/import", knowledge::HALL),
            ("/common", knowledge::COMMON),
            ("/registrations", people::REGISTRATIONS),
        ],
        RoleName::Head => vec![
            ("/templates", knowledge::TEMPLATES),
            ("/body", words::body::TITLE),
        ],
        RoleName::Handler | RoleName::Township => vec![("/templates", knowledge::TEMPLATES)],
        RoleName::Enterprise if manages => vec![("/members", people::MEMBERS)],
        _ => Vec::new(),
    }
}

#[component]
fn Account(me: Me) -> impl IntoView {
    let role = t(words::order::role(me.role));
    let place = me.place.as_ref().map_or_else(|| role.to_owned(), name);
    // Who is called as what they are is named once.
    let place = (place != me.name).then_some(place);
    view! {
        <a class="me" href="/account" title=t(people::ACCOUNT_PAGE)>
            <span class="me-name">{me.name}</span>
            <span class="quiet">{place} {me.can_choose.then_some(" ⇄")}</span>
        </a>
        <form method="post" action="/sign-out">
            <button type="submit" class="link">
                {t(words::frame::SIGN_OUT)}
            </button>
        </form>
    }
}

/// The other language, by one click.
#[component]
fn Language(frame: Frame) -> impl IntoView {
    view! {
        <form method="post" action="/preferences">
            <PageField/>
            <input type="hidden" name="lang" value=frame.lang.other().code()/>
            <button type="submit" class="link" lang=frame.lang.other().tag()>
                {t(words::frame::OTHER_LANGUAGE)}
            </button>
        </form>
    }
}

#[component]
fn Preferences(frame: Frame) -> impl IntoView {
    let label = |theme| match theme {
        Theme::Auto => words::frame::THEME_AUTO,
        Theme::Light => words::frame::THEME_LIGHT,
        Theme::Dark => words::frame::THEME_DARK,
    };
    let themes = Theme::ALL
        .map(|theme| {
            view! {
                <option value=theme.code() selected=theme == frame.theme>
                    {t(label(theme))}
                </option>
            }
        })
        .collect_view();
    view! {
        <details class="preferences">
            <summary>{t(words::frame::APPEARANCE)}</summary>
            <form method="post" action="/preferences" class="form">
                <PageField/>
                <input type="hidden" name="appearance" value="1"/>
                <label for="theme">{t(words::frame::THEME)}</label>
                <select id="theme" name="theme">
                    {themes}
                </select>
                <label class="check">
                    <input
                        type="checkbox"
                        name="large_text"
                        value="1"
                        checked=frame.large_text
                    />
                    {t(words::frame::LARGE_TEXT)}
                </label>
                <button type="submit" class="button">
                    {t(words::frame::SAVE)}
                </button>
            </form>
        </details>
    }
}

/// Where a plain form goes back to.
#[component]
fn PageField() -> impl IntoView {
    let location = use_location();
    let page = move || {
        let query = location.search.get();
        let path = location.pathname.get();
        if query.is_empty() {
            path
        } else {
            format!("{path}?{}", query.trim_start_matches('?'))
        }
    };
    view! { <input type="hidden" name="page" prop:value=page value=page/> }
}
