//! The pages: rendered by the server, then live in the browser as wasm.

mod api;
pub mod areas;
mod components;
pub mod frame;
mod page;
pub mod problem;
mod routes;
#[cfg(feature = "ssr")]
pub mod serve;
pub mod sheets;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::components::Router;

use components::fields::escaped;
use components::header::Header;
use components::keyboard::Keyboard;
use frame::Frame;
use routes::Pages;

/// The document around the pages; only ever rendered by the server.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let frame = use_context::<Frame>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html
            lang=frame.lang.tag()
            data-theme=frame.theme.code()
            data-text=if frame.large_text { "large" } else { "normal" }
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet options=options.clone() id="style"/>
                {(!frame.inert)
                    .then(|| {
                        view! {
                            <script nonce=use_nonce()>{include_str!("fallback.js")}</script>
                            <HydrationScripts options/>
                        }
                    })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let frame = SharedValue::new(|| use_context::<Frame>().unwrap_or_default()).into_inner();
    let lang = frame.lang;
    let rehearsal = frame.rehearsal;
    provide_context(frame);
    view! {
        <Title formatter=move |title: String| {
            let product = words::frame::PRODUCT.of(lang);
            // leptos_meta writes the title into the page as it is.
            let title = if cfg!(feature = "ssr") { escaped(&title) } else { title };
            if title.is_empty() { product.to_owned() } else { format!("{title} · {product}") }
        }/>
        <Router>
            <a class="skip" href="#content" rel="external">{words::frame::SKIP.of(lang)}</a>
            {rehearsal
                .then(|| {
                    view! {
                        <p class="banner banner-rehearsal">
                            {words::frame::REHEARSAL.of(lang)}
                        </p>
                    }
                })}
            <p class="banner banner-old">{words::frame::OLD_BROWSER.of(lang)}</p>
            <Header/>
            <main id="content" tabindex="-1">
                <Pages/>
            </main>
            <p class="printed">{words::frame::undated(lang, frame::year())}</p>
            <Keyboard/>
        </Router>
    }
}

/// Called by the page once the wasm is there.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|info| {
        let page = document().document_element();
        let live = page
            .as_ref()
            .is_some_and(|page| page.has_attribute("data-live"));
        if let Some(page) = &page {
            let _ = page.set_attribute("data-dead", if live { "late" } else { "early" });
        }
        // A fault of ours is said; a page that others have changed falls back in silence.
        if live {
            console_error_panic_hook::hook(info);
        }
    }));
    leptos::mount::hydrate_body(App);
    // For styles and tests that depend on whether the page is live.
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-live", "");
    }
}
