use leptos::prelude::*;

use crate::problem::Problem;

#[server(prefix = "/act", endpoint = "set_approval")]
pub async fn set_approval(#[server(default)] approves: String) -> Result<(), Problem> {
    crate::serve::body::set_approval(&approves).await
}
