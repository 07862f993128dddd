use leptos::prelude::*;

use super::text::Text;
use crate::problem::ProblemDetails;
use crate::sheets;

#[server(prefix = "/ask", endpoint = "home", output = Text)]
pub async fn home() -> Result<sheets::Home, ProblemDetails> {
    crate::serve::home::home().await
}

#[server(prefix = "/ask", endpoint = "orders", output = Text)]
pub async fn list(query: sheets::Query) -> Result<sheets::List, ProblemDetails> {
    crate::serve::list::list(&query).await
}

#[server(prefix = "/ask", endpoint = "order", output = Text)]
pub async fn sheet(number: String) -> Result<sheets::Sheet, ProblemDetails> {
    crate::serve::sheet::sheet(&number).await
}

#[server(prefix = "/ask", endpoint = "placing", output = Text)]
pub async fn placing(meeting: String) -> Result<sheets::Placing, ProblemDetails> {
    crate::serve::placing::placing(&meeting).await
}

#[server(prefix = "/ask", endpoint = "late", output = Text)]
pub async fn late() -> Result<sheets::LateSheet, ProblemDetails> {
    crate::serve::late::late().await
}

#[server(prefix = "/ask", endpoint = "receipt", output = Text)]
pub async fn receipt(number: String, n: String) -> Result<sheets::Laid, ProblemDetails> {
    crate::serve::receipt::receipt(&number, &n).await
}

#[server(prefix = "/ask", endpoint = "ahead", output = Text)]
pub async fn ahead() -> Result<sheets::Ahead, ProblemDetails> {
    crate::serve::ahead::ahead().await
}

#[server(prefix = "/ask", endpoint = "cards", output = Text)]
pub async fn cards(query: sheets::CardQuery) -> Result<sheets::Cards, ProblemDetails> {
    crate::serve::cards::cards(&query).await
}

#[server(prefix = "/ask", endpoint = "card_paper", output = Text)]
pub async fn card_paper(number: String, seq: String) -> Result<sheets::CardPaper, ProblemDetails> {
    crate::serve::cards::paper(&number, &seq).await
}

#[server(prefix = "/ask", endpoint = "commitments", output = Text)]
pub async fn commitments(
    query: sheets::CommitmentQuery,
) -> Result<sheets::Commitments, ProblemDetails> {
    crate::serve::commitments::commitments(&query).await
}

#[server(prefix = "/ask", endpoint = "express", output = Text)]
pub async fn express() -> Result<sheets::ExpressSheet, ProblemDetails> {
    crate::serve::express::express().await
}

#[server(prefix = "/ask", endpoint = "city", output = Text)]
pub async fn city() -> Result<sheets::CitySheet, ProblemDetails> {
    crate::serve::city::city().await
}

#[server(prefix = "/ask", endpoint = "deputy", output = Text)]
pub async fn deputy() -> Result<sheets::DeputySheet, ProblemDetails> {
    crate::serve::deputy::deputy().await
}

#[server(prefix = "/ask", endpoint = "tasks", output = Text)]
pub async fn tasks(query: sheets::TaskQuery) -> Result<sheets::TasksSheet, ProblemDetails> {
    crate::serve::tasks::list(&query).await
}

#[server(prefix = "/ask", endpoint = "task", output = Text)]
pub async fn task(number: String) -> Result<sheets::TaskCaseSheet, ProblemDetails> {
    crate::serve::tasks::sheet(&number).await
}

#[server(prefix = "/ask", endpoint = "firms", output = Text)]
pub async fn firms(typed: String) -> Result<Vec<String>, ProblemDetails> {
    crate::serve::meetings::firms(&typed).await
}

#[server(prefix = "/ask", endpoint = "meetings", output = Text)]
pub async fn meetings() -> Result<sheets::MeetingsSheet, ProblemDetails> {
    crate::serve::meetings::list().await
}

/// `number` is empty for a new one.
#[server(prefix = "/ask", endpoint = "meeting_form", output = Text)]
pub async fn meeting_form(number: String) -> Result<sheets::PlanSheet, ProblemDetails> {
    crate::serve::meetings::form(&number).await
}

#[server(prefix = "/ask", endpoint = "meeting", output = Text)]
pub async fn meeting(number: String) -> Result<sheets::MeetingSheet, ProblemDetails> {
    crate::serve::meetings::sheet(&number).await
}

#[server(prefix = "/ask", endpoint = "minutes", output = Text)]
pub async fn minutes(number: String) -> Result<sheets::MinutesSheet, ProblemDetails> {
    crate::serve::minutes::sheet(&number).await
}

#[server(prefix = "/ask", endpoint = "body", output = Text)]
pub async fn body() -> Result<sheets::BodySheet, ProblemDetails> {
    crate::serve::body::sheet().await
}

#[server(prefix = "/ask", endpoint = "notices", output = Text)]
pub async fn notices() -> Result<sheets::Notices, ProblemDetails> {
    crate::serve::notices::notices().await
}

#[server(prefix = "/ask", endpoint = "calendar", output = Text)]
pub async fn calendar(
    year: String,
    draft: String,
) -> Result<sheets::CalendarSheet, ProblemDetails> {
    crate::serve::calendar::calendar(&year, &draft).await
}

#[server(prefix = "/ask", endpoint = "directory", output = Text)]
pub async fn directory(
    of: String,
    row: String,
    draft: String,
) -> Result<sheets::DirectorySheet, ProblemDetails> {
    crate::serve::directory::sheet(&of, &row, &draft).await
}

#[server(prefix = "/ask", endpoint = "directory_preview", output = Text)]
pub async fn directory_preview(draft: String) -> Result<sheets::DirectoryPreview, ProblemDetails> {
    crate::serve::directory::preview(&draft).await
}

#[server(prefix = "/ask", endpoint = "calendar_preview", output = Text)]
pub async fn calendar_preview(
    draft: String,
    whole: bool,
) -> Result<sheets::CalendarPreview, ProblemDetails> {
    crate::serve::calendar::preview(&draft, whole).await
}

#[server(prefix = "/ask", endpoint = "rules", output = Text)]
pub async fn rules() -> Result<sheets::RulesSheet, ProblemDetails> {
    crate::serve::rules::rules().await
}

#[server(prefix = "/ask", endpoint = "next_rules", output = Text)]
pub async fn next_rules(draft: String) -> Result<sheets::RulesSheet, ProblemDetails> {
    crate::serve::rules::next(&draft).await
}

#[server(prefix = "/ask", endpoint = "rules_preview", output = Text)]
pub async fn rules_preview(draft: String) -> Result<sheets::RulesPreview, ProblemDetails> {
    crate::serve::rules::preview(&draft).await
}

#[server(prefix = "/ask", endpoint = "account", output = Text)]
pub async fn my_account() -> Result<sheets::MyAccount, ProblemDetails> {
    crate::serve::account::mine().await
}

#[server(prefix = "/ask", endpoint = "factor", output = Text)]
pub async fn factor() -> Result<Option<sheets::FactorOffer>, ProblemDetails> {
    crate::serve::second_factor::offer().await
}

#[server(prefix = "/ask", endpoint = "accounts_preview", output = Text)]
pub async fn accounts_preview(draft: String) -> Result<sheets::AccountsPreview, ProblemDetails> {
    crate::serve::accounts::many::preview(&draft).await
}

#[server(prefix = "/ask", endpoint = "accounts", output = Text)]
pub async fn accounts(
    q: String,
    role: String,
    state: String,
    after: String,
) -> Result<sheets::Accounts, ProblemDetails> {
    crate::serve::accounts::list(&q, &role, &state, &after).await
}

#[server(prefix = "/ask", endpoint = "account_sheet", output = Text)]
pub async fn account_sheet(id: String) -> Result<sheets::AccountSheet, ProblemDetails> {
    crate::serve::accounts::sheet(&id).await
}

#[server(prefix = "/ask", endpoint = "leaving", output = Text)]
pub async fn leaving(membership: String) -> Result<sheets::Leaving, ProblemDetails> {
    crate::serve::hand_over::leaving(&membership).await
}

#[server(prefix = "/ask", endpoint = "registration_form", output = Text)]
/// `again` opens a declined application of one's own, to be mended; or it is empty.
pub async fn registration_form(
    #[server(default)] again: String,
) -> Result<sheets::RegistrationForm, ProblemDetails> {
    crate::serve::registrations::form(&again).await
}

#[server(prefix = "/ask", endpoint = "registration", output = Text)]
pub async fn registration(key: String) -> Result<sheets::RegistrationSheet, ProblemDetails> {
    crate::serve::registrations::status(&key).await
}

#[server(prefix = "/ask", endpoint = "registrations", output = Text)]
pub async fn registrations() -> Result<sheets::Registrations, ProblemDetails> {
    crate::serve::registrations::list().await
}

#[server(prefix = "/ask", endpoint = "members", output = Text)]
pub async fn members() -> Result<sheets::Members, ProblemDetails> {
    crate::serve::members::list().await
}

#[server(prefix = "/ask", endpoint = "invitation", output = Text)]
pub async fn invitation(key: String) -> Result<sheets::InvitationSheet, ProblemDetails> {
    crate::serve::members::invitation(&key).await
}

#[server(prefix = "/ask", endpoint = "policy", output = Text)]
pub async fn policy() -> Result<sheets::PolicySheet, ProblemDetails> {
    crate::serve::security::policy().await
}

#[server(prefix = "/ask", endpoint = "sessions", output = Text)]
pub async fn sessions() -> Result<sheets::Sessions, ProblemDetails> {
    crate::serve::security::sessions().await
}

#[server(prefix = "/ask", endpoint = "rights", output = Text)]
pub async fn rights() -> Result<sheets::Rights, ProblemDetails> {
    crate::serve::security::rights().await
}

#[server(prefix = "/ask", endpoint = "audit", output = Text)]
pub async fn audit(query: sheets::AuditQuery) -> Result<sheets::AuditSheet, ProblemDetails> {
    crate::serve::audit::lines(&query).await
}

#[server(prefix = "/ask", endpoint = "projects", output = Text)]
pub async fn projects(query: sheets::ProjectQuery) -> Result<sheets::Projects, ProblemDetails> {
    crate::serve::projects::page(&query).await
}

#[server(prefix = "/ask", endpoint = "project", output = Text)]
pub async fn project(number: String) -> Result<sheets::ProjectSheet, ProblemDetails> {
    crate::serve::projects::sheet(&number).await
}

/// `number` is empty for a new one.
#[server(prefix = "/ask", endpoint = "project_form", output = Text)]
pub async fn project_form(
    #[server(default)] number: String,
) -> Result<sheets::ProjectForm, ProblemDetails> {
    crate::serve::projects::form(&number).await
}

#[server(prefix = "/ask", endpoint = "templates", output = Text)]
pub async fn templates() -> Result<Vec<sheets::TemplateSheet>, ProblemDetails> {
    crate::serve::templates::list().await
}

/// `new` is an empty one.
#[server(prefix = "/ask", endpoint = "template", output = Text)]
pub async fn template(id: String) -> Result<sheets::TemplateSheet, ProblemDetails> {
    crate::serve::templates::one(&id).await
}

#[server(prefix = "/ask", endpoint = "guidance", output = Text)]
pub async fn guidance(
    query: sheets::GuidanceQuery,
) -> Result<sheets::GuidanceList, ProblemDetails> {
    crate::serve::guidance::list(&query).await
}

/// `number` is that of an order that was replied to, or empty.
#[server(prefix = "/ask", endpoint = "guidance_form", output = Text)]
pub async fn guidance_form(
    #[server(default)] number: String,
) -> Result<sheets::GuidanceForm, ProblemDetails> {
    crate::serve::guidance::form(&number).await
}

/// What could answer somebody who is typing an order.
#[server(prefix = "/ask", endpoint = "offered", output = Text)]
pub async fn offered(
    #[server(default)] title: String,
    #[server(default)] content: String,
) -> Result<sheets::Offered, ProblemDetails> {
    crate::serve::guidance::offered(&title, &content).await
}

#[server(prefix = "/ask", endpoint = "many", output = Text)]
pub async fn many(#[server(default)] orders: String) -> Result<sheets::Many, ProblemDetails> {
    crate::serve::many::many(&orders).await
}

#[server(prefix = "/ask", endpoint = "common", output = Text)]
pub async fn common() -> Result<sheets::CommonProblems, ProblemDetails> {
    crate::serve::common::problems().await
}

#[server(prefix = "/ask", endpoint = "may_enter", output = Text)]
pub async fn may_enter() -> Result<(), ProblemDetails> {
    crate::serve::hall::may_enter().await
}

#[server(prefix = "/ask", endpoint = "hall_preview", output = Text)]
pub async fn hall_preview(draft: String) -> Result<sheets::HallPreview, ProblemDetails> {
    crate::serve::hall::preview(&draft).await
}
