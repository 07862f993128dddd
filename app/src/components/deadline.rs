use leptos::prelude::*;

use crate::frame::{lang, t, year};

/// 暂定: a year that it runs through has no calendar yet.
#[component]
pub fn Provisional() -> impl IntoView {
    view! { <span class="tag">{t(words::order::PROVISIONAL)}</span> }
}

/// A moment as people read it.
#[component]
pub fn Moment(at: domain::Instant) -> impl IntoView {
    view! {
        <time datetime=domain::time::rfc3339(
            at,
        )>{words::time::moment(lang(), at, year())}</time>
    }
}
