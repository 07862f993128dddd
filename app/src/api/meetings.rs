use domain::meeting::PlanDraft;
use leptos::prelude::*;

use crate::problem::Problem;

#[server(prefix = "/act", endpoint = "call_meeting")]
pub async fn call_meeting(#[server(flatten)] draft: PlanDraft) -> Result<(), Problem> {
    crate::serve::meetings::call(draft).await
}

#[server(prefix = "/act", endpoint = "make_feed")]
pub async fn make_feed() -> Result<(), Problem> {
    crate::serve::meetings::make_feed().await
}
