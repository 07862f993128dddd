use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::api::administration::ReadNotices;
use crate::api::asks;
use crate::components::act::Act;
use crate::components::deadline::Moment;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::{lang, t};
use crate::sheets::{DigestSheet, Notices};
use crate::words;

/// What one was told, what came together as one.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let query = use_query_map();
    let notices = Resource::new(
        move || query.read().get("read").is_some(),
        |_| asks::notices(),
    );
    view! {
        <Title text=t(words::cards::NOTICES)/>
        <section class="page narrow">
            <h1>{t(words::cards::NOTICES)}</h1>
            <Loaded resource=notices view=|notices| view! { <Digests notices/> }/>
        </section>
    }
}

#[component]
fn Digests(notices: Notices) -> impl IntoView {
    let action = Act::of::<ReadNotices>();
    let newest = notices.digests.iter().map(|digest| digest.at).max();
    let newest = newest.map(|at| at.timestamp().to_string());
    let read = newest.filter(|_| notices.any_new).map(|at| {
        view! {
            <StepForm action hidden=vec![("at", at)]>
                <Submit label=t(words::cards::READ) primary=false/>
            </StepForm>
        }
    });
    if notices.digests.is_empty() {
        return view! { <p class="empty">{t(words::cards::NOTICES_NONE)}</p> }.into_any();
    }
    let digests = notices
        .digests
        .into_iter()
        .map(|digest| view! { <Digest digest/> })
        .collect_view();
    view! {
        {read}
        {digests}
    }
    .into_any()
}

#[component]
fn Digest(digest: DigestSheet) -> impl IntoView {
    let items = digest
        .items
        .into_iter()
        .map(|item| {
            view! {
                <li>
                    {item.page.map(|page| view! { <A href=page>{item.title}</A> })} <p>{item.sentence}</p>
                    {item.text.map(|text| view! { <p class="said">{text}</p> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel digest">
            <h2>
                <Moment at=digest.at/>
                {digest
                    .is_new
                    .then(|| view! { " " <span class="tag">{t(words::cards::NEW)}</span> })}
            </h2>
            <ul class="plain-list">{items}</ul>
            {(digest.more > 0)
                .then(|| view! { <p class="hint">{words::cards::more(lang(), digest.more)}</p> })}
        </section>
    }
}
