use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::{SsrMode, path};

use crate::pages::account::AccountPage;
use crate::pages::accounts::AccountsPage;
use crate::pages::accounts::account::AccountSheetPage;
use crate::pages::accounts::many::{AccountsPreviewPage, ManyAccountsPage};
use crate::pages::ahead::AheadPage;
use crate::pages::audit::AuditPage;
use crate::pages::body::BodyPage;
use crate::pages::calendar::CalendarPage;
use crate::pages::calendar::preview::CalendarPreviewPage;
use crate::pages::cards::CardsPage;
use crate::pages::city::CityPage;
use crate::pages::commitments::CommitmentsPage;
use crate::pages::common::CommonPage;
use crate::pages::deputy::DeputyPage;
use crate::pages::directory::DirectoryPage;
use crate::pages::directory::preview::DirectoryPreviewPage;
use crate::pages::express::ExpressPage;
use crate::pages::gates::{CodePage, EnrolPage, FirstPasswordPage, NowherePage};
use crate::pages::guidance::GuidancePage;
use crate::pages::guidance::publish::PublishPage;
use crate::pages::hand_over::HandOverPage;
use crate::pages::home::HomePage;
use crate::pages::late::LatePage;
use crate::pages::meetings::MeetingsPage;
use crate::pages::meetings::edit::MeetingEditPage;
use crate::pages::meetings::meeting::MeetingPage;
use crate::pages::meetings::minutes::MinutesPage;
use crate::pages::members::MembersPage;
use crate::pages::members::invitation::InvitationPage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::notices::NoticesPage;
use crate::pages::orders::hall::{HallPage, HallPreviewPage};
use crate::pages::orders::list::ListPage;
use crate::pages::orders::many::ManyPage;
use crate::pages::orders::order::OrderPage;
use crate::pages::orders::paper::PaperPage;
use crate::pages::orders::place::PlacePage;
use crate::pages::orders::receipt::ReceiptPage;
use crate::pages::policy::PolicyPage;
use crate::pages::projects::edit::ProjectEditPage;
use crate::pages::projects::{ProjectPage, ProjectsPage};
use crate::pages::registrations::RegistrationsPage;
use crate::pages::registrations::decide::DecidePage;
use crate::pages::registrations::register::RegisterPage;
use crate::pages::registrations::status::RegistrationPage;
use crate::pages::rights::RightsPage;
use crate::pages::rules::RulesPage;
use crate::pages::rules::edit::RulesEditPage;
use crate::pages::rules::preview::RulesPreviewPage;
use crate::pages::sessions::SessionsPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::tasks::TasksPage;
use crate::pages::tasks::task::TaskPage;
use crate::pages::templates::TemplatesPage;
use crate::pages::templates::edit::TemplateEditPage;

/// The table of pages. Each arrives as complete HTML, before any script.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
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
            <Route path=path!("/rights") view=RightsPage ssr=SsrMode::Async/>
            <Route path=path!("/audit") view=AuditPage ssr=SsrMode::Async/>
            <Route path=path!("/orders") view=ListPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/new") view=PlacePage ssr=SsrMode::Async/>
            <Route path=path!("/orders/import") view=HallPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/import/:draft") view=HallPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/many/:numbers") view=ManyPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number") view=OrderPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number/receipt") view=ReceiptPage ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number/cards/:seq") view=PaperPage ssr=SsrMode::Async/>
            <Route path=path!("/ahead") view=AheadPage ssr=SsrMode::Async/>
            <Route path=path!("/cards") view=CardsPage ssr=SsrMode::Async/>
            <Route path=path!("/commitments") view=CommitmentsPage ssr=SsrMode::Async/>
            <Route path=path!("/common") view=CommonPage ssr=SsrMode::Async/>
            <Route path=path!("/projects") view=ProjectsPage ssr=SsrMode::Async/>
            <Route path=path!("/projects/new") view=ProjectEditPage ssr=SsrMode::Async/>
            <Route path=path!("/projects/:number") view=ProjectPage ssr=SsrMode::Async/>
            <Route path=path!("/projects/:number/edit") view=ProjectEditPage ssr=SsrMode::Async/>
            <Route path=path!("/templates") view=TemplatesPage ssr=SsrMode::Async/>
            <Route path=path!("/templates/:id") view=TemplateEditPage ssr=SsrMode::Async/>
            <Route path=path!("/guidance") view=GuidancePage ssr=SsrMode::Async/>
            <Route path=path!("/guidance/new") view=PublishPage ssr=SsrMode::Async/>
            <Route path=path!("/body") view=BodyPage ssr=SsrMode::Async/>
            <Route path=path!("/notices") view=NoticesPage ssr=SsrMode::Async/>
            <Route path=path!("/calendar") view=CalendarPage ssr=SsrMode::Async/>
            <Route path=path!("/directory") view=DirectoryPage ssr=SsrMode::Async/>
            <Route path=path!("/directory/preview") view=DirectoryPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/calendar/preview") view=CalendarPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/rules") view=RulesPage ssr=SsrMode::Async/>
            <Route path=path!("/rules/edit") view=RulesEditPage ssr=SsrMode::Async/>
            <Route path=path!("/rules/preview") view=RulesPreviewPage ssr=SsrMode::Async/>
            <Route path=path!("/city") view=CityPage ssr=SsrMode::Async/>
            <Route path=path!("/deputy") view=DeputyPage ssr=SsrMode::Async/>
            <Route path=path!("/express") view=ExpressPage ssr=SsrMode::Async/>
            <Route path=path!("/tasks") view=TasksPage ssr=SsrMode::Async/>
            <Route path=path!("/tasks/:number") view=TaskPage ssr=SsrMode::Async/>
            <Route path=path!("/tasks/:number/receipt") view=ReceiptPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings") view=MeetingsPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings/new") view=MeetingEditPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings/:number") view=MeetingPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings/:number/edit") view=MeetingEditPage ssr=SsrMode::Async/>
            <Route path=path!("/meetings/:number/minutes") view=MinutesPage ssr=SsrMode::Async/>
            <Route path=path!("/late") view=LatePage ssr=SsrMode::Async/>
        </Routes>
    }
}
