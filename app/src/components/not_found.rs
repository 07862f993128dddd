use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::loaded::RequestNumber;
use crate::frame::t;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Title text=t(words::frame::NOT_FOUND)/>
        <section class="page narrow">
            <h1>{t(words::frame::NOT_FOUND)}</h1>
            <p>{t(words::frame::NOT_FOUND_HELP)}</p>
            <RequestNumber/>
            <p>
                <a href="/">{t(words::frame::BACK_HOME)}</a>
            </p>
        </section>
    }
}
