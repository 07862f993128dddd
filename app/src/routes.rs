use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::{SsrMode, path};

use crate::pages::ahead::AheadPage;
use crate::pages::calendar::CalendarPage;
use crate::pages::calendar::preview::CalendarPreviewPage;
use crate::pages::cards::CardsPage;
use crate::pages::home::HomePage;
use crate::pages::late::LatePage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::notices::NoticesPage;
use crate::pages::orders::list::ListPage;
use crate::pages::orders::order::OrderPage;
use crate::pages::orders::place::PlacePage;
use crate::pages::orders::receipt::ReceiptPage;
use crate::pages::rules::RulesPage;
use crate::pages::rules::edit::RulesEditPage;
use crate::pages::rules::preview::RulesPreviewPage;
use crate::pages::sign_in::SignInPage;

/// The table of pages. Each arrives as complete HTML, before any script.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/orders") view=ListPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/new") view=PlacePage ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number") view=OrderPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number/receipt") view=ReceiptPage ssr=SsrMode::Async/>
            <Route path=path!("/ahead") view=AheadPage ssr=SsrMode::Async/>
            <Route path=path!("/cards") view=CardsPage ssr=SsrMode::Async/>
            <Route path=path!("/notices") view=NoticesPage ssr=SsrMode::Async/>
            <Route path=path!("/calendar") view=CalendarPage ssr=SsrMode::Async/>
            <Route path=path!("/calendar/preview") view=CalendarPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/rules") view=RulesPage ssr=SsrMode::Async/>
            <Route path=path!("/rules/edit") view=RulesEditPage ssr=SsrMode::Async/>
            <Route path=path!("/rules/preview") view=RulesPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/late") view=LatePage ssr=SsrMode::Async/>
        </Routes>
    }
}
