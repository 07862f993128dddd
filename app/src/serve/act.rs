use domain::order::{Number, Step};
use domain::{Fault, Field, FieldFault, Refusal};

use super::visit::problem;
use super::{answer, desk};
use crate::problem::Problem;

/// One step on an order, from a form: finds, parses, takes it.
pub async fn act(
    number: &str,
    version: &str,
    parse: impl FnOnce(&store::Desk) -> Result<Step, Refusal>,
) -> Result<(), Problem> {
    answer(async {
        let desk = desk()?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        let version = parse_version(version)?;
        // Whether the order may be known of comes before what was typed.
        store::orders::find(&desk, number).await.map_err(problem)?;
        let step = parse(&desk)?;
        let done = step.name().code();
        store::orders::step(&desk, number, Some(version), step)
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/orders/{number}?done={done}"));
        Ok(())
    })
    .await
}

fn parse_version(version: &str) -> Result<u32, FieldFault> {
    version.trim().parse().map_err(|_| FieldFault {
        field: Field::Version,
        fault: Fault::Unknown,
    })
}
