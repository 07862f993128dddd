use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::api::asks;
use crate::components::loaded::Loaded;
use crate::frame::t;
use crate::sheets::Laid;
use crate::words;

/// How a deadline came about: each day, whether it counted, and why not.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = move || {
        (
            params.read().get("number").unwrap_or_default(),
            query.read().get("n").unwrap_or_default(),
        )
    };
    let receipt = Resource::new(asked, |(number, n)| asks::receipt(number, n));
    let page = |laid: Laid| {
        view! { <article class="page narrow receipt" inner_html=laid.html()></article> }
    };
    view! {
        <Title text=t(words::receipt::TITLE)/>
        <Loaded resource=receipt view=page/>
    }
}
