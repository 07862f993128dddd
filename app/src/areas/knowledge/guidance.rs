#[cfg(feature = "ssr")]
pub mod list;
pub mod publish;
#[cfg(feature = "ssr")]
pub mod server;

use domain::guidance::GuidanceDraft;
use leptos::prelude::*;

use crate::api::text::Answer;
use crate::problem::ProblemDetails;

/// `number` is that of an order that was replied to, or empty.
#[server(prefix = "/ask", endpoint = "guidance_form", output = Answer)]
pub async fn load_guidance_form(
    #[server(default)] number: String,
) -> Result<crate::sheets::GuidanceForm, ProblemDetails> {
    server::form(&number).await
}

/// What could answer somebody who is typing an order.
#[server(prefix = "/ask", endpoint = "offered", output = Answer)]
pub async fn load_offered(
    #[server(default)] title: String,
    #[server(default)] content: String,
) -> Result<crate::sheets::Offered, ProblemDetails> {
    server::offered(&title, &content).await
}

#[server(prefix = "/act", endpoint = "publish_guidance")]
pub async fn publish_guidance(
    #[server(flatten)] draft: GuidanceDraft,
) -> Result<(), ProblemDetails> {
    server::publish(&draft).await
}

#[server(prefix = "/act", endpoint = "withdraw_guidance")]
pub async fn withdraw_guidance(#[server(default)] id: String) -> Result<(), ProblemDetails> {
    server::withdraw(&id).await
}
