use leptos::prelude::*;

use crate::problem::ProblemDetails;

#[server(prefix = "/act", endpoint = "make_feed")]
pub async fn make_feed() -> Result<(), ProblemDetails> {
    crate::serve::meetings::make_feed().await
}
