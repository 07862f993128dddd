use domain::order::{BriefDraft, DutyDraft};
use leptos::prelude::*;

use crate::problem::Problem;

#[server(prefix = "/act", endpoint = "refer")]
pub async fn refer(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(flatten)] brief: BriefDraft,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| brief.parse().map(Step::Refer)).await
}

#[server(prefix = "/act", endpoint = "accept_matter")]
pub async fn accept_matter(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(flatten)] brief: BriefDraft,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| {
        brief.parse().map(Step::AcceptMatter)
    })
    .await
}

#[server(prefix = "/act", endpoint = "instruct")]
pub async fn instruct(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(flatten)] duty: DutyDraft,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |desk| {
        duty.parse(desk.now, &desk.book).map(Step::Instruct)
    })
    .await
}

#[server(prefix = "/act", endpoint = "join_matter")]
pub async fn join_matter(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] other: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    crate::serve::express::join_matter(&number, &version, &other, &reason).await
}

#[server(prefix = "/act", endpoint = "report_task")]
pub async fn report_task(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] task: String,
    #[server(default)] text: String,
    #[server(default)] files: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act_with(&number, &version, "", &files, |_| {
        Step::report_task(&task, &text)
    })
    .await
}

#[server(prefix = "/act", endpoint = "confirm_task")]
pub async fn confirm_task(
    #[server(default)] number: String,
    #[server(default)] version: String,
    #[server(default)] task: String,
    #[server(default)] grant: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use domain::order::Step;
    crate::serve::act::act(&number, &version, "", |_| {
        Step::confirm_task(&task, &grant, &reason)
    })
    .await
}
