//! The table of addresses.

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::{SsrMode, path};

use crate::areas::book::calendar::CalendarPage;
use crate::areas::book::calendar::preview::CalendarPreviewPage;
use crate::areas::book::directory::DirectoryPage;
use crate::areas::book::directory::preview::DirectoryPreviewPage;
use crate::areas::book::rules::RulesPage;
use crate::areas::book::rules::edit::RulesEditPage;
use crate::areas::book::rules::preview::RulesPreviewPage;
use crate::areas::knowledge::guidance::publish::PublishPage;
use crate::areas::knowledge::templates::edit::TemplateEditPage;
use crate::areas::meetings::edit::MeetingEditPage;
use crate::areas::meetings::minutes::MinutesPage;
use crate::areas::offices::body::BodyPage;
use crate::areas::orders::hall::{HallPage, HallPreviewPage};
use crate::areas::orders::list::ListPage;
use crate::areas::orders::many::ManyPage;
use crate::areas::orders::place::PlacePage;
use crate::areas::people::account::AccountPage;
use crate::areas::people::accounts::AccountsPage;
use crate::areas::people::accounts::account::AccountSheetPage;
use crate::areas::people::accounts::many::{AccountsPreviewPage, ManyAccountsPage};
use crate::areas::people::gates::{CodePage, EnrolPage, FirstPasswordPage, NowherePage};
use crate::areas::people::hand_over::HandOverPage;
use crate::areas::people::members::MembersPage;
use crate::areas::people::members::invitation::InvitationPage;
use crate::areas::people::policy::PolicyPage;
use crate::areas::people::registrations::RegistrationsPage;
use crate::areas::people::registrations::decide::DecidePage;
use crate::areas::people::registrations::register::RegisterPage;
use crate::areas::people::registrations::status::RegistrationPage;
use crate::areas::people::sessions::SessionsPage;
use crate::areas::people::sign_in::SignInPage;
use crate::areas::projects::edit::ProjectEditPage;
use crate::components::not_found::NotFoundPage;
use crate::page::LaidPage;

/// The table of pages. Each arrives as complete HTML, before any script.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in/code") view=CodePage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in/password") view=FirstPasswordPage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in/enrol") view=EnrolPage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in/nowhere") view=NowherePage ssr=SsrMode::Async/>
            <Route path=path!("/register") view=RegisterPage ssr=SsrMode::Async/>
            <Route path=path!("/registration") view=RegistrationPage ssr=SsrMode::Async/>
            <Route path=path!("/invitation") view=InvitationPage ssr=SsrMode::Async/>
            <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
            <Route path=path!("/accounts") view=AccountsPage ssr=SsrMode::Async/>
            <Route path=path!("/account-list") view=ManyAccountsPage ssr=SsrMode::Async/>
            <Route path=path!("/account-list/:draft") view=AccountsPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/accounts/:id") view=AccountSheetPage ssr=SsrMode::Async/>
            <Route
                path=path!("/accounts/:id/hand-over/:membership")
                view=HandOverPage
                ssr=SsrMode::Async
            />
            <Route path=path!("/registrations") view=RegistrationsPage ssr=SsrMode::Async/>
            <Route path=path!("/registrations/:id") view=DecidePage ssr=SsrMode::Async/>
            <Route path=path!("/members") view=MembersPage ssr=SsrMode::Async/>
            <Route path=path!("/members/:membership") view=HandOverPage ssr=SsrMode::Async/>
            <Route path=path!("/policy") view=PolicyPage ssr=SsrMode::Async/>
            <Route path=path!("/sessions") view=SessionsPage ssr=SsrMode::Async/>
            <Route path=path!("/rights") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/audit") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/orders") view=ListPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/new") view=PlacePage ssr=SsrMode::Async/>
            <Route path=path!("/orders/import") view=HallPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/import/:draft") view=HallPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/many/:numbers") view=ManyPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number/receipt") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number/cards/:seq") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/ahead") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/cards") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/commitments") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/common") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/projects") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/projects/new") view=ProjectEditPage ssr=SsrMode::Async/>
            <Route path=path!("/projects/:number") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/projects/:number/edit") view=ProjectEditPage ssr=SsrMode::Async/>
            <Route path=path!("/templates") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/templates/:id") view=TemplateEditPage ssr=SsrMode::Async/>
            <Route path=path!("/guidance") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/guidance/new") view=PublishPage ssr=SsrMode::Async/>
            <Route path=path!("/body") view=BodyPage ssr=SsrMode::Async/>
            <Route path=path!("/notices") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/calendar") view=CalendarPage ssr=SsrMode::Async/>
            <Route path=path!("/directory") view=DirectoryPage ssr=SsrMode::Async/>
            <Route path=path!("/directory/preview") view=DirectoryPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/calendar/preview") view=CalendarPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/rules") view=RulesPage ssr=SsrMode::Async/>
            <Route path=path!("/rules/edit") view=RulesEditPage ssr=SsrMode::Async/>
            <Route path=path!("/rules/preview") view=RulesPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/city") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/deputy") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/express") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/tasks") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/tasks/:number") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/tasks/:number/receipt") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings/new") view=MeetingEditPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings/:number") view=LaidPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings/:number/edit") view=MeetingEditPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings/:number/minutes") view=MinutesPage ssr=SsrMode::Async/>
            <Route path=path!("/late") view=LaidPage ssr=SsrMode::Async/>
        </Routes>
    }
}
