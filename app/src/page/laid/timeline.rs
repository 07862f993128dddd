use leptos::prelude::*;

use crate::sheets::Laid;

/// What happened, the latest first.
#[component]
pub fn Timeline(lines: Laid) -> impl IntoView {
    view! { <ol class="timeline" inner_html=lines.html()></ol> }
}
