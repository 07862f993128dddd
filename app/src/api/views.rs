use leptos::prelude::*;

use crate::problem::ProblemDetails;

/// `query` as it stands in the list's address; `shared` is `yes` where the box is ticked.
#[server(prefix = "/act", endpoint = "save_view")]
pub async fn save_view(
    #[server(default)] view: String,
    #[server(default)] query: String,
    #[server(default)] shared: String,
) -> Result<(), ProblemDetails> {
    crate::serve::views::save(&view, &query, &shared).await
}

#[server(prefix = "/act", endpoint = "remove_view")]
pub async fn remove_view(
    #[server(default)] id: String,
    #[server(default)] query: String,
) -> Result<(), ProblemDetails> {
    crate::serve::views::remove(&id, &query).await
}
