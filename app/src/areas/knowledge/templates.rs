pub mod edit;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod server;

use leptos::prelude::*;

use crate::api::text::Answer;
use crate::problem::ProblemDetails;

/// `new` is an empty one.
#[server(prefix = "/ask", endpoint = "template", output = Answer)]
pub async fn load_template(id: String) -> Result<crate::sheets::TemplateSheet, ProblemDetails> {
    server::one(&id).await
}

/// `id` is empty for a new one.
#[server(prefix = "/act", endpoint = "save_template")]
pub async fn save_template(
    #[server(default)] id: String,
    #[server(default)] template_title: String,
    #[server(default)] text: String,
) -> Result<(), ProblemDetails> {
    server::save(&id, &template_title, &text).await
}

#[server(prefix = "/act", endpoint = "remove_template")]
pub async fn remove_template(#[server(default)] id: String) -> Result<(), ProblemDetails> {
    server::remove(&id).await
}
