//! The table of pages that the server lays out.

use super::{home, knowledge, meetings, offices, orders, people, projects, tasks};
use crate::page::Page;
use crate::page::laid::Address;
use crate::serve::Problem;

/// `routes.rs` has a line for each.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    match address.segments()[..] {
        [] => home::today::page().await,
        ["notices"] => home::notices::page().await,
        ["ahead"] => offices::ahead::page().await,
        ["late"] => offices::late::page().await,
        ["cards"] => offices::cards::page(address).await,
        ["city"] => offices::city::page(address).await,
        ["commitments"] => offices::commitments::page(address).await,
        ["deputy"] => offices::deputy::page().await,
        ["audit"] => offices::audit::page(address).await,
        ["rights"] => people::rights::page().await,
        ["guidance"] => knowledge::guidance::list::page(address).await,
        ["templates"] => knowledge::templates::list::page(address).await,
        ["common"] => knowledge::common::page(address).await,
        ["express"] => meetings::express::page().await,
        ["meetings"] => meetings::list::page().await,
        ["meetings", number] => meetings::meeting::page(number).await,
        ["tasks", number] => tasks::task::page(number).await,
        ["orders", number] => orders::order::page(number, address).await,
        ["tasks"] => tasks::list::page(address).await,
        ["projects"] => projects::list::page(address).await,
        ["projects", number] => projects::list::project(number, address).await,
        ["orders" | "tasks", number, "receipt"] => orders::receipt::page(number, address).await,
        ["orders", number, "cards", seq] => orders::paper::page(number, seq).await,
        _ => Err(Problem::NotFound),
    }
}
