//! Who watches a case.

use store::cases::Kind;
use store::watching;

use super::visit::problem;
use super::{answer, context};
use crate::problem::ProblemDetails;
use crate::serve::Problem;

pub async fn watch(kind: &str, number: &str, watch: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        // A page from before there were other kinds names none.
        let kind = if kind.is_empty() { "order" } else { kind };
        let kind = Kind::parse(kind).ok_or(Problem::NotFound)?;
        let number = kind.number(number).ok_or(Problem::NotFound)?;
        watching::watch(&ctx, kind, &number, watch == "yes")
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/{}s/{number}", kind.code()));
        Ok(())
    })
    .await
}
