use domain::order::placement::Draft;
use leptos::prelude::*;

use crate::problem::Problem;

#[server(prefix = "/act", endpoint = "place")]
pub async fn place(
    #[server(flatten)] draft: Draft,
    #[server(default)] once: String,
) -> Result<(), Problem> {
    crate::serve::placing::place(draft, once).await
}

#[server(prefix = "/act", endpoint = "dispatch")]
pub async fn dispatch(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] department: String,
    #[server(default)] complexity: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, |desk| {
        Step::dispatch(&department, &complexity, &desk.book.directory)
    })
    .await
}

#[server(prefix = "/act", endpoint = "decline")]
pub async fn decline(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, |_| Step::decline(&reason)).await
}

#[server(prefix = "/act", endpoint = "take")]
pub async fn take(
    #[server(default)] number: String,
    #[server(default)] version: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, |_| Ok(Step::Take)).await
}

#[server(prefix = "/act", endpoint = "reply")]
pub async fn reply(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] kind: String,
    #[server(default)] text: String,
    #[server(default)] until: String,
    #[server(default)] basis: String,
) -> Result<(), Problem> {
    use domain::order::{Reply, Step};
    crate::serve::act::act(&number, &version, |_| {
        Reply::parse(&kind, &text, &until, &basis).map(Step::Reply)
    })
    .await
}

#[server(prefix = "/act", endpoint = "rate")]
pub async fn rate(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] level: String,
    #[server(default)] comment: String,
) -> Result<(), Problem> {
    use domain::order::{Rating, Step};
    crate::serve::act::act(&number, &version, |_| {
        Rating::parse(&level, &comment).map(Step::Rate)
    })
    .await
}

#[server(prefix = "/act", endpoint = "close")]
pub async fn close(
    #[server(default)] number: String,
    #[server(default)] version: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, |_| Ok(Step::Close)).await
}

#[server(prefix = "/act", endpoint = "withdraw")]
pub async fn withdraw(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, |_| Step::withdraw(&reason)).await
}
