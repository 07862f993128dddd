use domain::order::{Number, Step};
use domain::{Fault, Field, FieldFault, Instant, Refusal};

use store::attachments::Carried;

use super::visit::problem;
use super::{answer, desk};
use crate::problem::Problem;

/// One step on an order, from a form: finds, parses, takes it.
pub async fn act(
    number: &str,
    version: &str,
    happened_at: &str,
    parse: impl FnOnce(&store::Desk) -> Result<Step, Refusal>,
) -> Result<(), Problem> {
    answer(async {
        let desk = desk()?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        let version = parse_version(version)?;
        // Whether the order may be known of comes before what was typed.
        store::orders::find(&desk, number).await.map_err(problem)?;
        let happened = parse_time(happened_at)?;
        let step = parse(&desk)?;
        let done = step.name().code();
        let carried = Carried::Of {
            page: format!("/orders/{number}"),
            form: format!("/act/{done}"),
        };
        store::orders::step_with(&desk, number, Some(version), happened, step, carried)
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/orders/{number}?done={done}"));
        Ok(())
    })
    .await
}

/// When it happened, where it is entered afterwards.
fn parse_time(happened_at: &str) -> Result<Option<Instant>, FieldFault> {
    if happened_at.trim().is_empty() {
        return Ok(None);
    }
    let at = domain::time::parse(happened_at).ok_or(FieldFault {
        field: Field::HappenedAt,
        fault: Fault::NotATime,
    })?;
    Ok(Some(at))
}

fn parse_version(version: &str) -> Result<u32, FieldFault> {
    version.trim().parse().map_err(|_| FieldFault {
        field: Field::Version,
        fault: Fault::Unknown,
    })
}
