use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::problem::ProblemDetails;
use crate::sheets::Registering;

#[server(prefix = "/act", endpoint = "change_password")]
pub async fn change_password(
    #[server(default)] password: String,
    #[server(default)] new_password: String,
    #[server(default)] repeat: String,
) -> Result<(), ProblemDetails> {
    crate::serve::account::change_password(&password, &new_password, &repeat).await
}

#[server(prefix = "/act", endpoint = "prove_factor")]
pub async fn prove_factor(
    #[server(default)] code: String,
    #[server(default)] password: String,
) -> Result<(), ProblemDetails> {
    crate::serve::second_factor::set_up(&code, &password).await
}

#[server(prefix = "/act", endpoint = "remove_factor")]
pub async fn remove_factor(
    #[server(default)] password: String,
    #[server(default)] code: String,
) -> Result<(), ProblemDetails> {
    crate::serve::second_factor::remove(&password, &code).await
}

#[server(prefix = "/act", endpoint = "end_session")]
pub async fn end_session(#[server(default)] session: String) -> Result<(), ProblemDetails> {
    crate::serve::account::end_session(&session).await
}

#[server(prefix = "/act", endpoint = "add_account")]
pub async fn add_account(
    #[server(default)] name: String,
    #[server(default)] display: String,
    #[server(default)] phone: String,
    #[server(default)] role: String,
    #[server(default)] body: String,
    #[server(default)] new_password: String,
) -> Result<(), ProblemDetails> {
    let wish = crate::serve::accounts::Wish {
        name,
        display,
        phone,
        role,
        body,
    };
    crate::serve::accounts::add(wish, &new_password).await
}

#[server(prefix = "/act", endpoint = "draft_accounts")]
pub async fn draft_accounts(#[server(default)] list: String) -> Result<(), ProblemDetails> {
    crate::serve::accounts::many::draft(&list).await
}

#[server(prefix = "/act", endpoint = "make_accounts")]
pub async fn make_accounts(#[server(default)] draft: String) -> Result<(), ProblemDetails> {
    crate::serve::accounts::many::make(&draft).await
}

#[server(prefix = "/act", endpoint = "add_membership")]
pub async fn add_membership(
    #[server(default)] account: String,
    #[server(default)] role: String,
    #[server(default)] body: String,
) -> Result<(), ProblemDetails> {
    crate::serve::accounts::add_membership(&account, &role, &body).await
}

#[server(prefix = "/act", endpoint = "change_account")]
pub async fn change_account(
    #[server(default)] account: String,
    #[server(default)] change: String,
) -> Result<(), ProblemDetails> {
    crate::serve::accounts::change(&account, &change, "").await
}

#[server(prefix = "/act", endpoint = "correct_account")]
pub async fn correct_account(
    #[server(default)] account: String,
    #[server(default)] display: String,
    #[server(default)] phone: String,
) -> Result<(), ProblemDetails> {
    crate::serve::accounts::correct(&account, &display, &phone).await
}

#[server(prefix = "/act", endpoint = "answer_for")]
pub async fn answer_for(
    #[server(default)] account: String,
    #[server(default)] bodies: Vec<String>,
) -> Result<(), ProblemDetails> {
    crate::serve::accounts::answer_for(&account, &bodies).await
}

#[server(prefix = "/act", endpoint = "reset_password")]
pub async fn reset_password(
    #[server(default)] account: String,
    #[server(default)] new_password: String,
) -> Result<(), ProblemDetails> {
    crate::serve::accounts::change(&account, "reset", &new_password).await
}

/// Ends a membership; its open orders go to a colleague.
#[server(prefix = "/act", endpoint = "hand_over")]
pub async fn hand_over(
    #[server(default)] membership: String,
    #[server(default)] successor: String,
    #[server(default)] account: String,
) -> Result<(), ProblemDetails> {
    crate::serve::hand_over::end(&membership, &successor, &account).await
}

#[server(prefix = "/act", endpoint = "register")]
pub async fn register(#[server(flatten)] typed: Registering) -> Result<(), ProblemDetails> {
    crate::serve::registrations::register(typed).await
}

#[server(prefix = "/act", endpoint = "decide_registration")]
pub async fn decide_registration(
    #[server(default)] registration: String,
    #[server(default)] approve: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    crate::serve::registrations::decide(&registration, &approve, &reason).await
}

#[server(prefix = "/act", endpoint = "invite")]
pub async fn invite(
    #[server(default)] display: String,
    #[server(default)] phone: String,
    #[server(default)] manages: String,
) -> Result<(), ProblemDetails> {
    crate::serve::members::invite(&display, &phone, manages == "yes").await
}

#[server(prefix = "/act", endpoint = "uninvite")]
pub async fn uninvite(#[server(default)] invitation: String) -> Result<(), ProblemDetails> {
    crate::serve::members::uninvite(&invitation).await
}

/// Makes a member an administrator of their enterprise, or no longer.
#[server(prefix = "/act", endpoint = "change_member")]
pub async fn change_member(
    #[server(default)] membership: String,
    #[server(default)] manages: String,
) -> Result<(), ProblemDetails> {
    crate::serve::members::change(&membership, &manages).await
}

#[server(prefix = "/act", endpoint = "join_new")]
pub async fn join_new(
    #[server(default)] key: String,
    #[server(default)] name: String,
    #[server(default)] new_password: String,
    #[server(default)] repeat: String,
) -> Result<(), ProblemDetails> {
    crate::serve::members::join_new(&key, &name, &new_password, &repeat).await
}

#[server(prefix = "/act", endpoint = "join")]
pub async fn join(#[server(default)] key: String) -> Result<(), ProblemDetails> {
    crate::serve::members::join(&key).await
}

/// The fields are those of the policy, by their names.
#[server(prefix = "/act", endpoint = "change_policy")]
pub async fn change_policy(
    #[server(flatten)] typed: BTreeMap<String, String>,
) -> Result<(), ProblemDetails> {
    crate::serve::security::change(typed).await
}

#[server(prefix = "/act", endpoint = "unmask")]
pub async fn unmask(#[server(default)] number: String) -> Result<(), ProblemDetails> {
    crate::serve::sheet::unmask(&number).await
}
