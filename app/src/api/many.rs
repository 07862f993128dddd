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

/// `orders`: numbers with blanks, or a plus, between.
#[server(prefix = "/act", endpoint = "dispatch_many")]
pub async fn dispatch_many(
    #[server(default)] orders: String,
    #[server(default)] department: String,
    #[server(default)] complexity: String,
) -> Result<(), ProblemDetails> {
    crate::serve::many::dispatch(&orders, &department, &complexity).await
}

#[server(prefix = "/act", endpoint = "urge_many")]
pub async fn urge_many(
    #[server(default)] orders: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    crate::serve::many::urge(&orders, &reason).await
}

#[server(prefix = "/act", endpoint = "take_many")]
pub async fn take_many(#[server(default)] orders: String) -> Result<(), ProblemDetails> {
    crate::serve::many::take(&orders).await
}

#[server(prefix = "/act", endpoint = "note_many")]
pub async fn note_many(
    #[server(default)] orders: String,
    #[server(default)] note: String,
) -> Result<(), ProblemDetails> {
    crate::serve::many::note(&orders, &note).await
}

#[server(prefix = "/act", endpoint = "message_many")]
pub async fn message_many(
    #[server(default)] orders: String,
    #[server(default)] message: String,
) -> Result<(), ProblemDetails> {
    crate::serve::many::message(&orders, &message).await
}

#[server(prefix = "/act", endpoint = "extend_many")]
pub async fn extend_many(
    #[server(default)] orders: String,
    #[server(default)] days: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    crate::serve::many::extend(&orders, &days, &reason).await
}

/// Joins them to `other`, which is one of them.
#[server(prefix = "/act", endpoint = "merge_many")]
pub async fn merge_many(
    #[server(default)] orders: String,
    #[server(default)] other: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    crate::serve::many::merge(&orders, &other, &reason).await
}

/// A common problem was looked at; `number` is the first order of its group.
#[server(prefix = "/act", endpoint = "put_aside")]
pub async fn put_aside(#[server(default)] number: String) -> Result<(), ProblemDetails> {
    crate::serve::common::put_aside(&number).await
}

/// One that was put aside is looked at again.
#[server(prefix = "/act", endpoint = "list_again")]
pub async fn list_again(#[server(default)] number: String) -> Result<(), ProblemDetails> {
    crate::serve::common::list_again(&number).await
}
