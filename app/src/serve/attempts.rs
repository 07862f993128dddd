//! Attempts at what is secret: each is counted before it is looked at.

use store::audit::Entry;
use store::guesses::Against;
use store::{audit, guesses};

use crate::serve::visit::problem;
use crate::serve::{Problem, Visit};

/// Takes an attempt, or says how long to wait; `who` is the account, as it was typed.
/// The audit has one line for each wait.
pub async fn take(visit: &Visit, against: &[Against], who: &str) -> Result<(), Problem> {
    let wait = guesses::take(&visit.store, against, visit.wall, &visit.policy)
        .await
        .map_err(problem)?;
    let Some(wait) = wait else { return Ok(()) };
    if let (true, Some(one)) = (wait.begins, against.first()) {
        let entry = Entry::new(one.deed(), visit.wall, &visit.trace)
            .named(one.user(), who)
            .detail("has to wait");
        audit::write(&visit.store, entry).await.map_err(problem)?;
    }
    Err(Problem::TooMany {
        seconds: u32::try_from(wait.time.num_seconds()).unwrap_or(1).max(1),
    })
}
