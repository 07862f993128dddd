//! Steps that concern two orders, from a form; and who watches.

use domain::Field;
use domain::order::merge::known_number;
use domain::order::{MergeWish, Number, Overview, Portion, Reason, StepName};
use store::{Desk, orders, watching};

use super::act::parse_version;
use super::visit::problem;
use super::{answer, desk};
use crate::problem::Problem;

pub async fn merge(number: &str, version: &str, other: &str, reason: &str) -> Result<(), Problem> {
    on(number, StepName::Merge, async |desk, number| {
        let wish = MergeWish::parse(other, reason)?;
        let version = Some(parse_version(version)?);
        orders::merge(desk, number, version, wish)
            .await
            .map_err(problem)
    })
    .await
}

pub async fn unmerge(number: &str, version: &str, reason: &str) -> Result<(), Problem> {
    on(number, StepName::Unmerge, async |desk, number| {
        let reason = Reason::parse(Field::Reason, reason)?;
        let version = Some(parse_version(version)?);
        orders::unmerge(desk, number, version, reason)
            .await
            .map_err(problem)
    })
    .await
}

pub async fn link(number: &str, other: &str) -> Result<(), Problem> {
    on(number, StepName::Link, async |desk, number| {
        let other = known_number(other)?;
        orders::link(desk, number, other).await.map_err(problem)
    })
    .await
}

pub async fn unlink(number: &str, other: &str) -> Result<(), Problem> {
    on(number, StepName::Unlink, async |desk, number| {
        let other = known_number(other)?;
        orders::unlink(desk, number, other).await.map_err(problem)
    })
    .await
}

pub async fn split(
    number: &str,
    version: &str,
    title: &str,
    content: &str,
    category: &str,
) -> Result<(), Problem> {
    on(number, StepName::Split, async |desk, number| {
        let portion = Portion::parse(title, content, category, &desk.book.directory)?;
        let version = Some(parse_version(version)?);
        orders::split(desk, number, version, portion)
            .await
            .map_err(problem)
    })
    .await
}

pub async fn watch(number: &str, watch: &str) -> Result<(), Problem> {
    answer(async {
        let desk = desk()?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        orders::find(&desk, number).await.map_err(problem)?;
        watching::watch(&desk, number, watch == "yes")
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/orders/{number}"));
        Ok(())
    })
    .await
}

/// Finds the order first: whether it may be known of comes before what was typed.
pub(super) async fn on(
    number: &str,
    step: StepName,
    work: impl AsyncFnOnce(&Desk, Number) -> Result<Overview, Problem>,
) -> Result<(), Problem> {
    answer(async {
        let desk = desk()?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        orders::find(&desk, number).await.map_err(problem)?;
        work(&desk, number).await?;
        let done = step.code();
        leptos_axum::redirect(&format!("/orders/{number}?done={done}"));
        Ok(())
    })
    .await
}
