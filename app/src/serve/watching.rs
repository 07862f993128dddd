//! Who watches an order.

use domain::order::Number;
use store::{orders, watching};

use super::visit::problem;
use super::{answer, desk};
use crate::problem::Problem;

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
