use leptos::prelude::*;

use crate::problem::ProblemDetails;

/// `watch` is `yes`, or the case of this `kind` is watched no more.
#[server(prefix = "/act", endpoint = "watch")]
pub async fn watch(
    #[server(default)] kind: String,
    #[server(default)] number: String,
    #[server(default)] watch: String,
) -> Result<(), ProblemDetails> {
    crate::serve::watching::watch(&kind, &number, &watch).await
}
