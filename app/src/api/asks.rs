use leptos::prelude::*;

use crate::problem::Problem;
use crate::sheets;

#[server(prefix = "/ask", endpoint = "home")]
pub async fn home() -> Result<sheets::Home, Problem> {
    crate::serve::home::home().await
}

#[server(prefix = "/ask", endpoint = "orders")]
pub async fn list(query: sheets::Query) -> Result<sheets::List, Problem> {
    crate::serve::list::list(&query).await
}

#[server(prefix = "/ask", endpoint = "order")]
pub async fn sheet(number: String) -> Result<sheets::Sheet, Problem> {
    crate::serve::sheet::sheet(&number).await
}

#[server(prefix = "/ask", endpoint = "placing")]
pub async fn placing() -> Result<sheets::Placing, Problem> {
    crate::serve::placing::placing().await
}

#[server(prefix = "/ask", endpoint = "late")]
pub async fn late() -> Result<sheets::LateSheet, Problem> {
    crate::serve::late::late().await
}
