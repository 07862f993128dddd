use domain::meeting::{AnswerDraft, PlanDraft};
use domain::order::DutyDraft;
use leptos::prelude::*;

use crate::problem::Problem;

#[server(prefix = "/act", endpoint = "call_meeting")]
pub async fn call_meeting(#[server(flatten)] draft: PlanDraft) -> Result<(), Problem> {
    crate::serve::meetings::call(draft).await
}

#[server(prefix = "/act", endpoint = "change_meeting")]
pub async fn change_meeting(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(flatten)] draft: PlanDraft,
) -> Result<(), Problem> {
    crate::serve::meetings::change(&number, &version, draft).await
}

/// `step`: invite, open, end.
#[server(prefix = "/act", endpoint = "run_meeting")]
pub async fn run_meeting(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] step: String,
    #[server(default)] knowingly: String,
) -> Result<(), Problem> {
    crate::serve::meetings::plain(&number, &version, &step, knowingly == "yes").await
}

#[server(prefix = "/act", endpoint = "name_chair")]
pub async fn name_chair(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] chair: String,
) -> Result<(), Problem> {
    crate::serve::meetings::name_chair(&number, &version, chair).await
}

#[server(prefix = "/act", endpoint = "cancel_meeting")]
pub async fn cancel_meeting(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    crate::serve::meetings::cancel(&number, &version, &reason).await
}

#[server(prefix = "/act", endpoint = "answer_invitation")]
pub async fn answer_invitation(
    #[server(default)] number: String,
    #[server(flatten)] draft: AnswerDraft,
) -> Result<(), Problem> {
    crate::serve::meetings::answer_invitation(&number, draft).await
}

#[server(prefix = "/act", endpoint = "put_on")]
pub async fn put_on(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] other: String,
    #[server(default)] minutes: String,
) -> Result<(), Problem> {
    crate::serve::meetings::put_on(&number, &version, &other, &minutes).await
}

/// `up`: `yes` moves a matter up; else it is taken off.
#[server(prefix = "/act", endpoint = "arrange")]
pub async fn arrange(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] other: String,
    #[server(default)] up: String,
) -> Result<(), Problem> {
    crate::serve::meetings::arrange(&number, &version, &other, &up).await
}

#[server(prefix = "/act", endpoint = "attend")]
pub async fn attend(
    #[server(default)] number: String,
    #[server(default)] guest: String,
    #[server(default)] present: String,
) -> Result<(), Problem> {
    crate::serve::meetings::attend(&number, &guest, &present).await
}

#[server(prefix = "/act", endpoint = "decide_matter")]
pub async fn decide_matter(
    #[server(default)] number: String,
    #[server(default)] other: String,
    #[server(default)] seen: String,
    #[server(default)] basis: String,
    #[server(default)] replaces: String,
    #[server(flatten)] duty: DutyDraft,
) -> Result<(), Problem> {
    crate::serve::meetings::decide(&number, &other, &seen, duty, basis, replaces).await
}

#[server(prefix = "/act", endpoint = "defer_matter")]
pub async fn defer_matter(
    #[server(default)] number: String,
    #[server(default)] other: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    crate::serve::meetings::defer(&number, &other, &reason).await
}

#[server(prefix = "/act", endpoint = "write_minutes")]
pub async fn write_minutes(
    #[server(default)] number: String,
    #[server(default)] revision: String,
    #[server(default)] text: String,
) -> Result<(), Problem> {
    crate::serve::minutes::write(&number, &revision, &text).await
}

#[server(prefix = "/act", endpoint = "approve_minutes")]
pub async fn approve_minutes(
    #[server(default)] number: String,
    #[server(default)] revision: String,
) -> Result<(), Problem> {
    crate::serve::minutes::approve(&number, &revision).await
}

#[server(prefix = "/act", endpoint = "amend_minutes")]
pub async fn amend_minutes(
    #[server(default)] number: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    crate::serve::minutes::amend(&number, &reason).await
}

#[server(prefix = "/act", endpoint = "make_feed")]
pub async fn make_feed() -> Result<(), Problem> {
    crate::serve::meetings::make_feed().await
}
