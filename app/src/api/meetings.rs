use leptos::prelude::*;

use crate::problem::Problem;

#[server(prefix = "/act", endpoint = "make_feed")]
pub async fn make_feed() -> Result<(), Problem> {
    crate::serve::meetings::make_feed().await
}
