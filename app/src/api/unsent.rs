use leptos::prelude::*;

use crate::problem::ProblemDetails;

/// Keeps what stands in a form, as somebody types; `typed` as a form would send it.
#[server(prefix = "/act", endpoint = "keep_unsent")]
pub async fn keep_unsent(
    #[server(default)] page: String,
    #[server(default)] form: String,
    #[server(default)] typed: String,
) -> Result<(), ProblemDetails> {
    crate::serve::unsent::keep(&page, &form, &typed).await
}

/// What was typed is not wanted any more.
#[server(prefix = "/act", endpoint = "forget_unsent")]
pub async fn forget_unsent(
    #[server(default)] page: String,
    #[server(default)] form: String,
) -> Result<(), ProblemDetails> {
    crate::serve::unsent::forget(&page, &form).await
}
