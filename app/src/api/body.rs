use leptos::prelude::*;

use crate::problem::ProblemDetails;

#[server(prefix = "/act", endpoint = "set_approval")]
pub async fn set_approval(#[server(default)] approves: String) -> Result<(), ProblemDetails> {
    crate::serve::body::set_approval(&approves).await
}
