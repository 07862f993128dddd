use domain::order::placement::Draft;
use leptos::prelude::*;

use crate::problem::ProblemDetails;

#[server(prefix = "/act", endpoint = "place")]
pub async fn place(
    #[server(flatten)] draft: Draft,
    #[server(default)] once: String,
    #[server(default)] files: String,
) -> Result<(), ProblemDetails> {
    crate::serve::placing::place(draft, once, &files).await
}
