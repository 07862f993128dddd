use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::problem::ProblemDetails;

#[server(prefix = "/act", endpoint = "read_notices")]
pub async fn read_notices(#[server(default)] at: String) -> Result<(), ProblemDetails> {
    crate::serve::notices::read(&at).await
}

#[server(prefix = "/act", endpoint = "draft_calendar")]
pub async fn draft_calendar(#[server(default)] calendar: String) -> Result<(), ProblemDetails> {
    crate::serve::calendar::draft(calendar).await
}

#[server(prefix = "/act", endpoint = "apply_calendar")]
pub async fn apply_calendar(
    #[server(default)] draft: String,
    #[server(default)] whole: String,
) -> Result<(), ProblemDetails> {
    crate::serve::calendar::apply(&draft, whole == "yes").await
}

#[server(prefix = "/act", endpoint = "draft_directory")]
pub async fn draft_directory(
    #[server(default)] of: String,
    #[server(default)] list: String,
) -> Result<(), ProblemDetails> {
    crate::serve::directory::draft(&of, list).await
}

#[server(prefix = "/act", endpoint = "apply_directory")]
pub async fn apply_directory(#[server(default)] draft: String) -> Result<(), ProblemDetails> {
    crate::serve::directory::apply(&draft).await
}

/// The fields are those of the table of rules, by their names.
#[server(prefix = "/act", endpoint = "draft_rules")]
pub async fn draft_rules(
    #[server(flatten)] typed: BTreeMap<String, String>,
) -> Result<(), ProblemDetails> {
    crate::serve::rules::draft(typed).await
}

#[server(prefix = "/act", endpoint = "apply_rules")]
pub async fn apply_rules(
    #[server(default)] draft: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    crate::serve::rules::apply(&draft, &reason).await
}
