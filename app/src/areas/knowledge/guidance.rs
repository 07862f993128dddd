#[cfg(feature = "ssr")]
pub mod list;
pub mod publish;
#[cfg(feature = "ssr")]
pub mod server;

use domain::guidance::GuidanceDraft;
use domain::{Category, Named};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::text::Answer;
use crate::problem::ProblemDetails;
use crate::sheets::GuidanceSheet;

/// A page of published answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceList {
    pub items: Vec<GuidanceSheet>,
    /// Whether there are more than are shown.
    pub more: bool,
    pub categories: Vec<Category>,
    pub can_publish: bool,
}

/// What published answers are narrowed to, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuidanceQuery {
    pub q: String,
    pub category: String,
}

/// The form for publishing an answer, filled in from an order where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceForm {
    pub number: String,
    pub title: String,
    pub category: String,
    pub department: String,
    pub text: String,
    pub basis: String,
    pub categories: Vec<Category>,
    /// (code, name).
    pub departments: Vec<(String, Named)>,
}

/// `number` is that of an order that was replied to, or empty.
#[server(prefix = "/ask", endpoint = "guidance_form", output = Answer)]
pub async fn load_guidance_form(
    #[server(default)] number: String,
) -> Result<GuidanceForm, ProblemDetails> {
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
