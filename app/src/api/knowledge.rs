use domain::guidance::GuidanceDraft;
use domain::project::ProjectDraft;
use leptos::prelude::*;

use crate::problem::ProblemDetails;

#[server(prefix = "/act", endpoint = "add_project")]
pub async fn add_project(#[server(flatten)] draft: ProjectDraft) -> Result<(), ProblemDetails> {
    crate::serve::projects::save(&draft, false).await
}

#[server(prefix = "/act", endpoint = "change_project")]
pub async fn change_project(#[server(flatten)] draft: ProjectDraft) -> Result<(), ProblemDetails> {
    crate::serve::projects::save(&draft, true).await
}

/// `id` is empty for a new one.
#[server(prefix = "/act", endpoint = "save_template")]
pub async fn save_template(
    #[server(default)] id: String,
    #[server(default)] template_title: String,
    #[server(default)] text: String,
) -> Result<(), ProblemDetails> {
    crate::serve::templates::save(&id, &template_title, &text).await
}

#[server(prefix = "/act", endpoint = "remove_template")]
pub async fn remove_template(#[server(default)] id: String) -> Result<(), ProblemDetails> {
    crate::serve::templates::remove(&id).await
}

#[server(prefix = "/act", endpoint = "publish_guidance")]
pub async fn publish_guidance(
    #[server(flatten)] draft: GuidanceDraft,
) -> Result<(), ProblemDetails> {
    crate::serve::guidance::publish(&draft).await
}

#[server(prefix = "/act", endpoint = "withdraw_guidance")]
pub async fn withdraw_guidance(#[server(default)] id: String) -> Result<(), ProblemDetails> {
    crate::serve::guidance::withdraw(&id).await
}

/// The list that was checked is entered, all of it.
#[server(prefix = "/act", endpoint = "enter_orders")]
pub async fn enter_orders(#[server(default)] draft: String) -> Result<(), ProblemDetails> {
    crate::serve::hall::enter(&draft).await
}
